import { ChartSpline, ChevronLeft, Download } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import type { AcceptanceReport, AcceptanceRequest } from '#shared/contract/acceptance.ts'
import type { LabelId } from '#shared/model/id.ts'
import { bestByLabel } from '#shared/prelabel/best.ts'
import { IntervalChart, type IntervalRow } from '#renderer/charts/IntervalChart.tsx'
import { save } from '#renderer/charts/save.ts'
import { csvOf } from '#renderer/charts/table.ts'
import { TrendChart, type TrendPoint } from '#renderer/charts/TrendChart.tsx'
import { useProject, useSession } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox, Segmented } from '#renderer/ui/Choice.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import './acceptance.css'
import { signed, tableOf } from './figures.ts'
import { FigureTable } from './FigureTable.tsx'
import { words } from './words.ts'

/** What people do with the drafts of models, and what drafts do to people. */
export function AcceptanceView() {
  const open = useProject()
  if (open === null) return <EmptyState icon={<ChartSpline />} title={words.noProject} actions={<Button tone="primary" onClick={() => goTo('projects')}>{words.projects}</Button>}>{words.noProjectHint}</EmptyState>
  return <Acceptance open={open} />
}

type Choices = Pick<AcceptanceRequest, 'slice' | 'common' | 'over'>

function Acceptance({ open }: { readonly open: ProjectState }) {
  const session = useSession()
  const [choices, setChoices] = useState<Choices>({ slice: null, common: false, over: 'day' })
  const report = useReport(choices, open.revision)
  const put = (part: Partial<Choices>) => setChoices({ ...choices, ...part })
  const nameOf = useMemo(() => {
    const names = new Map<LabelId, string>(open.labels.map(({ id, name }) => [id, name]))
    return (label: LabelId | null) => (label === null ? words.noLabel : (names.get(label) ?? words.noLabel))
  }, [open.labels])
  return (
    <div className="acceptance">
      <div className="acceptance__bar">
        <Button tone="quiet" onClick={() => goTo('models')}><ChevronLeft />{words.models}</Button>
        <h2>{words.title}</h2>
        {report === null || report.models.length === 0 ? null : (
          <>
            <span className="q-muted q-small">{words.counted(report.items)}</span>
            {report.models.length > 1 ? <Checkbox label={words.common} checked={choices.common} onChange={(common) => put({ common })} /> : null}
            <Select size="small" hideLabel label={words.slice} value={choices.slice ?? ''} onChange={(slice) => put({ slice: slice === '' ? null : slice })} options={[{ value: '', label: `${words.slice}: ${words.noSlice}` }, ...report.columns.map((column) => ({ value: column, label: `${words.slice}: ${column}` }))]} />
            <Segmented hideLabel label={words.over} value={choices.over} onChange={(over) => put({ over })} options={[{ value: 'day', label: words.day }, { value: 'verdicts', label: words.verdicts }]} />
            <Button size="small" onClick={() => save('drafts.csv', 'text/csv;charset=utf-8', csvOf(tableOf(report.rows, nameOf)))}><Download />{words.csv}</Button>
          </>
        )}
      </div>
      <div className="acceptance__body">
        {report === null ? <SkeletonRows label={words.loading} rows={8} /> : null}
        {report !== null && report.models.length === 0 ? <EmptyState icon={<ChartSpline />} title={words.none} actions={<Button tone="primary" onClick={() => session.show({ kind: 'prelabel', model: null, asset: null, filter: null })}>{words.prelabel}</Button>}>{words.noneHint}</EmptyState> : null}
        {report !== null && report.models.length > 0 ? <Report report={report} choices={choices} nameOf={nameOf} /> : null}
      </div>
    </div>
  )
}

interface ReportProps { readonly report: AcceptanceReport; readonly choices: Choices; readonly nameOf: (label: LabelId | null) => string }

function Report({ report: { rows, trend }, choices, nameOf }: ReportProps) {
  const best = useMemo(() => (new Set(rows.map(({ model }) => model)).size > 1 ? bestByLabel(rows) : new Map<LabelId | null, string>()), [rows])
  const points = useMemo(() => trend.flatMap(({ model, at, index, decided, accepted }): TrendPoint[] => (accepted.value === null ? [] : [{ x: choices.over === 'day' ? new Date(at) : index + 1, y: accepted.value, low: accepted.low, high: accepted.high, series: model, n: decided }])), [trend, choices.over])
  const labels = useMemo(() => rows.flatMap(({ of, model, label, accepted, decided }): IntervalRow[] => (of !== 'label' || accepted.value === null ? [] : [{ name: nameOf(label), value: accepted.value, low: accepted.low, high: accepted.high, series: model, n: decided }])), [rows, nameOf])
  return (
    <>
      <section className="acceptance__anchoring" aria-label={words.anchoring}>
        {rows.filter(({ of }) => of === 'model').map(({ model, anchoring: { difference, low, high, aided, unaided } }) => (
          <Notice key={model} tone={low !== null && low > 0 ? 'attention' : 'neutral'}>
            {difference === null ? `${words.anchoringNone(model)} ${words.shareHow}` : `${words.anchoringText(model, signed(difference), low === null || high === null ? '' : words.interval(signed(low), signed(high)))}${words.sizes(aided.n, unaided.n)}`}
          </Notice>
        ))}
      </section>
      <div className="acceptance__charts">
        <TrendChart title={words.trend} note={words.trendNote} points={points} x={words.trendX[choices.over]} y={words.trendY} domain={unit} percent empty={words.noVerdicts} />
        <IntervalChart title={words.byLabel} note={words.byLabelNote} rows={labels} name={words.label} value={words.accepted} domain={unit} percent empty={words.noVerdicts} />
      </div>
      <FigureTable rows={rows} sliced={choices.slice !== null} nameOf={nameOf} best={best} />
    </>
  )
}

const unit = [0, 1] as const

/** Asked anew when the choices or the project change; what was shown stays until the answer is there. */
function useReport(choices: Choices, revision: number): AcceptanceReport | null {
  const session = useSession()
  const [report, setReport] = useState<AcceptanceReport | null>(null)
  const { slice, common, over } = choices
  useEffect(() => {
    let current = true
    void session.attempt(() => session.client.call('prelabel.acceptance', { models: null, slice, common, over })).then((answer) => { if (current && answer !== null) setReport(answer) })
    return () => { current = false }
  }, [session, slice, common, over, revision])
  return report
}
