import { useEffect, useState } from 'react'
import { messageOf } from '#shared/contract/errors.ts'
import type { ExportReport, ExportRequest } from '#shared/contract/exporting.ts'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { useSession } from '#renderer/frame/context.tsx'
import { lossNames, withheldNames, words } from './words.ts'

interface State { readonly report: ExportReport | null; readonly failure: string | null; readonly stale: boolean }

/** What the host would write for these choices, asked anew when they or the project change. */
export function usePlan(request: ExportRequest | null, revision: number): State {
  const { client } = useSession()
  const key = request === null ? null : `${revision} ${JSON.stringify(request)}`
  const [answer, setAnswer] = useState<{ readonly key: string; readonly report: ExportReport | null; readonly failure: string | null } | null>(null)
  useEffect(() => {
    if (key === null) return undefined
    let current = true
    const asked: ExportRequest = JSON.parse(key.slice(key.indexOf(' ') + 1))
    const timer = setTimeout(() => {
      client.call('exports.plan', asked).then(
        (report) => { if (current) setAnswer({ key, report, failure: null }) },
        (error: unknown) => { if (current) setAnswer({ key, report: null, failure: messageOf(error) }) },
      )
    }, 200)
    return () => { current = false; clearTimeout(timer) }
  }, [client, key])
  return { report: answer?.report ?? null, failure: answer?.failure ?? null, stale: answer?.key !== key }
}

/** The loss report: what is written, what the format cannot hold, what stays behind. */
export function Plan({ report, failure, stale }: State) {
  if (failure !== null) return <div className="export__sheet"><Notice tone="problem">{failure}</Notice></div>
  if (report === null) return <div className="export__sheet"><SkeletonRows label={words.planning} /></div>
  return (
    <div className="export__sheet" data-stale={stale ? '' : undefined} aria-busy={stale}>
      <div>
        <h2>{words.plan}</h2>
        <dl className="export__numbers"><div><dt>{words.files}</dt><dd>{report.files.toLocaleString()}</dd></div><div><dt>{words.annotations}</dt><dd>{report.annotations.toLocaleString()}</dd></div></dl>
      </div>
      {report.files === 0 ? <EmptyState title={words.nothing}>{words.nothingHint}</EmptyState> : null}
      <Losses report={report} />
      <div>
        <h2>{words.withheld}</h2>
        {report.withheld.length === 0 ? <p className="q-muted">{words.noWithheld}</p> : <ul>{report.withheld.map(({ reason, count }) => <li key={reason}><strong>{count.toLocaleString()}</strong> {withheldNames[reason] ?? reason}</li>)}</ul>}
      </div>
      <p className="q-muted q-small q-selectable">{words.snapshot(report.snapshot)}</p>
    </div>
  )
}

function Losses({ report }: { readonly report: ExportReport }) {
  if (report.losses.length === 0) return report.files === 0 ? null : <Notice tone="ok">{words.noLosses}</Notice>
  return (
    <div>
      <h2>{words.losses}</h2>
      <table>
        <thead><tr><th>{words.what}</th><th>{words.kind}</th><th className="number">{words.count}</th><th>{words.examples}</th></tr></thead>
        <tbody>
          {report.losses.map((loss) => (
            <tr key={`${loss.code} ${loss.kind}`}><td>{lossNames[loss.code] ?? loss.code}</td><td>{loss.kind}</td><td className="number">{loss.count.toLocaleString()}</td><td className="q-muted q-small q-selectable" dir="auto">{loss.examples.join('\n')}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
