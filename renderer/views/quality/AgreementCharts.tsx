import { useMemo } from 'react'
import type { AgreementFigures, AgreementReport } from '#shared/contract/agreement.ts'
import type { LabelId } from '#shared/model/id.ts'
import { IntervalChart, type IntervalRow } from '#renderer/charts/IntervalChart.tsx'
import { MatrixChart, type MatrixCell } from '#renderer/charts/MatrixChart.tsx'
import { TrendChart, type TrendPoint } from '#renderer/charts/TrendChart.tsx'
import { words } from './words.ts'

interface Props { readonly report: AgreementReport; readonly names: ReadonlyMap<LabelId | null, string> }

const mostSlices = 20

/** The figures from every side: people, labels, slices, threshold, time. */
export function AgreementCharts({ report, names }: Props) {
  const people = useMemo(() => [...new Set(report.pairs?.flatMap(({ first, second }) => [first as string, second as string]) ?? [])].sort(), [report])
  const pairs = useMemo(() => pairCells(report), [report])
  const confusion = useMemo(() => confusionCells(report, names), [report, names])
  const labelNames = useMemo(() => [...new Set(confusion.flatMap(({ row, column }) => [row, column]))].sort(), [confusion])
  const sweep = useMemo(() => sweepPoints(report), [report])
  const trend = useMemo(() => trendPoints(report), [report])
  const byLabel = useMemo(() => rowsOf(report.labels?.map(({ label, figures }) => [names.get(label) ?? label, figures] as const) ?? []), [report, names])
  const byPerson = useMemo(() => rowsOf(report.annotators?.map(({ person, figures }) => [person, figures] as const) ?? []), [report])
  const bySlice = useMemo(() => rowsOf(report.slices?.slice(0, mostSlices).map(({ slice, figures }) => [slice, figures] as const) ?? []), [report])
  return (
    <div className="quality__charts">
      <MatrixChart title={words.matrix} note={words.matrixNote} cells={pairs} names={people} value={words.f1Axis} domain={unit} empty={words.nothing} />
      <TrendChart title={words.sweep} note={words.sweepNote} points={sweep} x={words.sweepX} xFormat=".2f" y={words.share} domain={unit} empty={words.nothing} />
      <IntervalChart title={words.byLabel} note={words.intervalNote} rows={byLabel} name={words.label} value={words.alphaAxis} empty={words.nothing} />
      <IntervalChart title={words.byPerson} note={words.intervalNote} rows={byPerson} name={words.people} value={words.alphaAxis} empty={words.nothing} />
      <MatrixChart title={words.confusion} note={words.confusionNote} cells={confusion} names={labelNames} value="n" domain={[0, Math.max(1, ...confusion.map(({ value }) => value))]} empty={words.noConfusion} />
      <TrendChart title={words.trend} note={words.trendNote} points={trend} x={words.trendX} y={words.share} empty={words.noTrend} />
      {bySlice.length === 0 ? null : <IntervalChart title={words.bySlice} note={words.intervalNote} rows={bySlice} name={words.bySlice} value={words.alphaAxis} empty={words.noSlices} />}
    </div>
  )
}

const unit = [0, 1] as const

function pairCells({ pairs }: AgreementReport): MatrixCell[] {
  return (pairs ?? []).flatMap(({ first, second, figures: { f1 } }) => {
    if (f1.value === null) return []
    const cell = { value: f1.value, text: f1.value.toFixed(2), n: f1.n }
    return [{ row: first, column: second, ...cell }, { row: second, column: first, ...cell }]
  })
}

/** Disagreements alone: a label that is always agreed on would drown them. */
function confusionCells({ confusion }: AgreementReport, names: Props['names']): MatrixCell[] {
  return (confusion ?? []).filter(({ first, second, count }) => first !== second && count > 0).flatMap(({ first, second, count }) => {
    const [row, column] = [names.get(first) ?? String(first), names.get(second) ?? String(second)]
    return [{ row, column, value: count, text: String(count), n: count }, { row: column, column: row, value: count, text: String(count), n: count }]
  })
}

function sweepPoints({ sweep }: AgreementReport): TrendPoint[] {
  return (['alpha', 'f1', 'iou'] as const).flatMap((series) => (sweep ?? []).flatMap((point) => {
    const y = point[series]
    return y === null ? [] : [{ x: point.threshold, y, low: null, high: null, series: words.series[series], n: point.things }]
  }))
}

function trendPoints({ trend }: AgreementReport): TrendPoint[] {
  return (['alpha', 'f1', 'iou'] as const).flatMap((series) => (trend ?? []).flatMap((point) => {
    const { value, interval, n } = point[series]
    return value === null ? [] : [{ x: new Date(point.from), y: value, low: interval?.low ?? null, high: interval?.high ?? null, series: words.series[series], n }]
  }))
}

function rowsOf(all: readonly (readonly [string, AgreementFigures])[]): IntervalRow[] {
  return all.flatMap(([name, { alpha }]) => (alpha.value === null ? [] : [{ name, value: alpha.value, low: alpha.interval?.low ?? null, high: alpha.interval?.high ?? null, series: words.series.alpha, n: alpha.n }]))
}
