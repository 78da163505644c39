import { CircleCheck } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import type { ImportReport } from '#shared/contract/importing.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { useSession } from '#renderer/frame/context.tsx'
import { byCode, issuesAsCsv } from './csv.ts'
import './import.css'
import { advice, words } from './words.ts'

const nameOf = (code: string) => advice[code]?.name ?? code.replaceAll('-', ' ')

/** What an import brought in, what it left out and why. */
export function ImportReportDialog({ job }: { readonly job: string }) {
  const session = useSession()
  const [report, setReport] = useState<ImportReport | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    session.client.call('imports.report', { job }).then(setReport, (error: unknown) => setFailure(messageOf(error)))
  }, [session, job])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(issuesAsCsv(report?.issues ?? []))
      session.toast({ tone: 'ok', text: words.copied2 })
    } catch {
      session.toast({ tone: 'problem', text: words.copyFailed })
    }
  }
  const footer = report === null || report.issues.length === 0 ? undefined : <><span className="q-muted q-small">{words.doNext}</span><Button onClick={() => void copy()}>{words.copy}</Button></>
  return (
    <Dialog title={words.report} closeLabel={words.close} onClose={() => session.show(null)} width={860} footer={footer}>
      {failure === null ? null : <Notice tone="problem">{failure}</Notice>}
      {report === null && failure === null ? <SkeletonRows label={words.loading} /> : null}
      {report === null ? null : <><Numbers report={report} />{report.issues.length === 0 ? <EmptyState icon={<CircleCheck />} title={words.clean}>{words.cleanHint}</EmptyState> : <Issues report={report} />}</>}
    </Dialog>
  )
}

function Numbers({ report }: { readonly report: ImportReport }) {
  const numbers = [[report.assets, words.items], [report.annotations, words.annotations], [report.skipped, words.skipped], [report.issues.length, words.issues]] as const
  return <dl className="report__numbers">{numbers.map(([value, name]) => <div key={name}><dt>{name}</dt><dd>{value.toLocaleString()}</dd></div>)}</dl>
}

function Issues({ report }: { readonly report: ImportReport }) {
  const groups = useMemo(() => byCode(report.issues), [report])
  const [code, setCode] = useState<string | null>(null)
  const shown = useMemo(() => (code === null ? report.issues : report.issues.filter((issue) => issue.code === code)), [report, code])
  return (
    <div className="report__body">
      <ul className="report__codes" aria-label={words.codes}>
        <li><button type="button" aria-pressed={code === null} onClick={() => setCode(null)}><span>{words.all}</span><span>{report.issues.length.toLocaleString()}</span></button></li>
        {groups.map((group) => <li key={group.code}><button type="button" aria-pressed={code === group.code} onClick={() => setCode(group.code)}><span className="q-clip">{nameOf(group.code)}</span><span>{group.count.toLocaleString()}</span></button></li>)}
      </ul>
      <div className="report__issues">
        {code === null || advice[code] === undefined ? null : <Notice>{advice[code].what}</Notice>}
        <VirtualList label={words.list} count={shown.length} rowHeight={28} renderRow={(index) => {
          const issue = shown[index]!
          return <div className="report__issue" title={`${issue.path}\n${issue.message}`}><span className="q-clip q-selectable"><bdi>{issue.path}</bdi></span><span className="q-clip q-muted q-selectable">{issue.message}</span></div>
        }} />
      </div>
    </div>
  )
}
