import { workerData } from 'node:worker_threads'

/** Which process must live, and how many bytes this one may hold. */
export interface Watched { readonly parent: number; readonly mostBytes: number }

const everyMs = 500
const { parent, mostBytes } = workerData as Watched

// A graph that computes leaves its thread no time to hear that the host is gone, or to count its memory; this thread has it.
setInterval(() => {
  if (process.ppid !== parent || !isAlive(parent) || process.memoryUsage.rss() > mostBytes) process.kill(process.pid, 'SIGKILL')
}, everyMs)

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
