import type { Host } from '#electron/host/host.ts'

/** Waits for a job of the host to be done; rejects with what it says when it ends otherwise. */
export async function ended(host: Host, job: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const stop = host.on((event) => {
      if (event.kind !== 'job' || event.job.id !== job || event.job.state === 'running' || event.job.state === 'paused') return
      stop()
      if (event.job.state === 'done') resolve()
      else reject(new Error(event.job.message))
    })
  })
}
