import { QuorumError } from '#shared/contract/errors.ts'
import type { Job } from '#shared/contract/job.ts'
import type { Host } from '#electron/host/host.ts'
import type { Invocation } from './command.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

/** Starts a job, shows its progress, and resolves when it is done. Ctrl+C, or a polite end, cancels it; a job that failed is an error. */
export async function runJob(host: Host, invocation: Invocation, start: () => Promise<{ job: string }>): Promise<string> {
  let settle: (job: Job) => void
  const ended = new Promise<Job>((resolve) => { settle = resolve })
  const early: Job[] = []
  let id: string | null = null
  const stop = host.on((event) => {
    if (event.kind !== 'job') return
    if (id === null) early.push(event.job)
    else if (event.job.id === id) follow(event.job)
  })
  const follow = (job: Job) => {
    invocation.progress(job.done, job.total, job.message)
    if (job.state !== 'running' && job.state !== 'paused') settle(job)
  }
  id = (await start()).job
  const cancel = () => void host.ask('jobs.cancel', { job: id! })
  for (const signal of signals) process.once(signal, cancel)
  for (const job of early) if (job.id === id) follow(job)
  const job = await ended
  for (const signal of signals) process.removeListener(signal, cancel)
  stop()
  if (job.state === 'cancelled') throw new QuorumError('cancelled', `${job.name}: ${job.message}`)
  if (job.state === 'failed') throw new QuorumError('unexpected', job.message)
  return id
}
