import { X } from 'lucide-react'
import type { Job } from '#shared/contract/job.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { ProgressBar } from '#renderer/ui/Feedback.tsx'
import { useSession, useSessionState } from './context.tsx'
import { words } from './words.ts'

/** What runs and what ran, floating and never in the way of the keyboard. */
export function JobsPanel({ onHide }: { readonly onHide: () => void }) {
  const jobs = useSessionState((state) => state.jobs)
  return (
    <section className="jobs" aria-label={words.jobs.title}>
      <div className="jobs__head"><h2>{words.jobs.title}</h2><IconButton label={words.jobs.hide} size="small" onClick={onHide}><X /></IconButton></div>
      <ul className="jobs__list">
        {jobs.length === 0 ? <li className="q-muted">{words.jobs.none}</li> : jobs.toReversed().map((job) => <JobRow key={job.id} job={job} />)}
      </ul>
    </section>
  )
}

function JobRow({ job }: { readonly job: Job }) {
  return (
    <li className="jobs__job">
      <span className="q-clip" dir="auto" title={job.name}>{job.name}</span>
      <JobAction job={job} />
      <ProgressBar label={job.name} done={job.state === 'done' ? 1 : job.done} total={job.state === 'done' ? 1 : job.total} tone={job.state === 'failed' ? 'problem' : 'neutral'} />
      <span className={`q-small q-muted ${job.state === 'running' ? 'q-clip' : ''}`} dir="auto" title={job.message}>
        {words.jobs.count(job.done, job.state === 'done' ? null : job.total)} · {job.state === 'running' || job.state === 'failed' ? job.message : words.jobs.state[job.state]}
      </span>
    </li>
  )
}

function JobAction({ job }: { readonly job: Job }) {
  const session = useSession()
  const { client } = session
  const cancel = <Button size="small" onClick={() => void session.attempt(() => client.call('jobs.cancel', { job: job.id }))}>{words.jobs.cancel}</Button>
  if (job.state === 'running' && job.kind === 'prelabel') return <span className="q-row"><Button size="small" onClick={() => void session.attempt(() => client.call('jobs.pause', { job: job.id }))}>{words.jobs.pause}</Button>{cancel}</span>
  if (job.state === 'running') return cancel
  if (job.resumable && job.state !== 'done') return <Button size="small" onClick={() => void session.attempt(() => client.call('jobs.resume', { job: job.id }))}>{words.jobs.resume}</Button>
  if (job.kind === 'import') return <Button size="small" onClick={() => session.show({ kind: 'import-report', job: job.id })}>{words.jobs.report}</Button>
  if (job.kind === 'prelabel') return <Button size="small" onClick={() => session.show({ kind: 'prelabel-report', job: job.id })}>{words.jobs.report}</Button>
  return <span />
}
