import { QuorumError } from '#shared/contract/errors.ts'
import { workOf, type HostContext, type Noun } from './context.ts'
import { resumedImport } from './imports.ts'
import { resumePrelabel } from './prelabel.ts'

export function jobHandlers(context: HostContext): Noun<'jobs'> {
  return {
    'jobs.list': () => ({ jobs: context.work?.jobs.list() ?? [] }),
    'jobs.cancel'({ job }) {
      workOf(context).jobs.cancel(job)
      return {}
    },
    'jobs.pause'({ job }) {
      workOf(context).jobs.pause(job)
      return {}
    },
    async 'jobs.resume'({ job: id }) {
      const { jobs } = workOf(context)
      if (jobs.goOn(id)) return { job: id }
      const job = jobs.list().find((entry) => entry.id === id)
      if (!job?.resumable || job.state === 'running' || job.state === 'paused') throw new QuorumError('invalid-input', 'That task cannot go on. Start it again.')
      if (job.kind === 'prelabel') return { job: await resumePrelabel(context, id) }
      const plan = resumedImport(context, jobs.request(id))
      jobs.forget(id)
      return { job: jobs.start(plan).id }
    },
  }
}
