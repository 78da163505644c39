import type { Job } from '#shared/contract/job.ts'
import { useEffect, useState } from 'react'
import type { ExportRequest } from '#shared/contract/exporting.ts'
import { useSession, useSessionState } from '#renderer/frame/context.tsx'
import { words } from './words.ts'

interface Started { readonly job: string; readonly out: string }

/** An export that this view started: whether it still runs, and what came of it. */
export function useExportJob() {
  const session = useSession()
  const [started, setStarted] = useState<Started | null>(null)
  const [written, setWritten] = useState<string | null>(null)
  const job = useSessionState((state) => state.jobs.find(({ id }) => id === started?.job))
  const state = job?.state
  useEffect(() => {
    if (started === null || state !== 'done') return
    void session.attempt(() => session.client.call('exports.report', { job: started.job })).then((report) => { if (report !== null) setWritten(words.done(report.files, report.annotations, started.out)) })
  }, [session, started, state])
  const start = async (request: ExportRequest, out: string) => {
    setWritten(null)
    const answer = await session.attempt(() => session.client.call('exports.start', { request, out }))
    setStarted(answer === null ? null : { job: answer.job, out })
  }
  return { start, running: started !== null && (state === undefined || state === 'running'), result: resultOf(state, job?.message ?? '', written) }
}

function resultOf(state: Job['state'] | undefined, message: string, written: string | null) {
  if (state === 'failed') return { tone: 'problem' as const, text: words.failed(message) }
  if (state === 'cancelled') return { tone: 'attention' as const, text: words.cancelled }
  return written === null ? null : { tone: 'ok' as const, text: written }
}
