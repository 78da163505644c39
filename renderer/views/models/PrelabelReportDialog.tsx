import { CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import './models.css'
import { words } from './words.ts'

const said = words.report

/** What a model drafted, what failed and why, and what had no label to go to. */
export function PrelabelReportDialog({ job }: { readonly job: string }) {
  const session = useSession()
  const [report, setReport] = useState<PrelabelReport | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    session.client.call('prelabel.report', { job }).then(setReport, (error: unknown) => setFailure(messageOf(error)))
  }, [session, job])
  return (
    <Dialog title={said.title} closeLabel={words.close} onClose={() => session.show(null)} width={760} readable>
      {failure === null ? null : <Notice tone="problem">{failure}</Notice>}
      {report === null && failure === null ? <SkeletonRows label={said.loading} /> : null}
      {report === null ? null : <Body report={report} />}
    </Dialog>
  )
}

function Body({ report }: { readonly report: PrelabelReport }) {
  const session = useSession()
  const numbers = [[report.items, said.items], [report.drafts, said.drafts], [report.failed.length, said.failed], [report.skipped, said.skipped]] as const
  const unmapped = Object.entries(report.unmapped).sort(([, a], [, b]) => b - a)
  return (
    <div className="prelabel-report">
      <dl className="prelabel-report__numbers">{numbers.map(([value, name]) => <div key={name}><dt>{name}</dt><dd>{value.toLocaleString()}</dd></div>)}</dl>
      <p className="q-muted">{report.model}{report.perItemMs === null ? '' : ` · ${said.perItem(words.ms(report.perItemMs), report.backend)}`}</p>
      {report.leftOut.submitted + report.leftOut.missing > 0 ? <p>{said.leftOut(report.leftOut.submitted, report.leftOut.missing)}</p> : null}
      {report.waiting > 0 ? <Notice tone="attention">{said.waiting(report.waiting)}</Notice> : null}
      {report.notes.map((note) => <Notice key={note}>{note}</Notice>)}
      {unmapped.length > 0 ? <section aria-label={said.unmapped}><h3>{said.unmapped}</h3><ul className="prelabel-report__classes">{unmapped.map(([name, count]) => <li key={name}><span className="q-clip" dir="auto">{name}</span><span>{count.toLocaleString()}</span></li>)}</ul></section> : null}
      {report.failed.length === 0 ? (unmapped.length === 0 ? <EmptyState icon={<CircleCheck />} title={said.clean} /> : null) : (
        <section aria-label={said.failures} className="prelabel-report__failed"><h3>{said.failures}</h3>
          <VirtualList label={said.failures} count={report.failed.length} rowHeight={28} onOpen={(at) => { session.show(null); goTo('label', report.failed[at]!.asset) }} renderRow={(at) => {
            const { name, reason } = report.failed[at]!
            return <div className="prelabel-report__row" title={`${name}\n${reason}`}><span className="q-clip q-selectable"><bdi>{name}</bdi></span><span className="q-clip q-muted q-selectable">{reason}</span></div>
          }} />
        </section>
      )}
    </div>
  )
}
