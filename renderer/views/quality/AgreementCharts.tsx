import { useMemo } from 'react'
import type { AgreementFigures, AgreementReport, Figure } from '#shared/contract/agreement.ts'
import type { LabelId } from '#shared/model/id.ts'
import { IntervalChart, type IntervalRow } from '#renderer/charts/IntervalChart.tsx'
import { MatrixChart, type MatrixCell } from '#renderer/charts/MatrixChart.tsx'
import { TrendChart, type TrendPoint } from '#renderer/charts/TrendChart.tsx'
import { words } from './words.ts'

interface Props { readonly report: AgreementReport; readonly names: ReadonlyMap<LabelId | null, string> }

/** The figures from every side: people, labels, slices, threshold, time. */
export function AgreementCharts({ report, names }: Props) {
  const people = useMemo(() => [...new Set(report.pairs?.flatMap(({ first, second }) => [first as string, second as string]) ?? [])].sort(), [report])
  const pairs = useMemo(() => pairCells(report), [report])
  const confusion = useMemo(() => confusionCells(report, names), [report, names])
  const labelNames = useMemo(() => inOrder([...new Set(confusion.flatMap(({ row, column }) => [row, column]))], (name) => name, names), [confusion, names])
  const sweep = useMemo(() => sweepPoints(report), [report])
  const trend = useMemo(() => trendPoints(report), [report])
  const byLabel = useMemo(() => rowsOf(inOrder(report.labels?.map(({ label, figures }) => [names.get(label) ?? label, figures] as const) ?? [], ([name]) => name, names)), [report, names])
  const byPerson = useMemo(() => rowsOf(report.annotators?.map(({ person, figures }) => [person, figures] as const) ?? []), [report])
  const bySlice = useMemo(() => rowsOf((report.slices ?? []).toSorted((a, b) => a.slice.localeCompare(b.slice, undefined, { numeric: true })).map(({ slice, figures }) => [slice, figures] as const)), [report])
  return (
    <div className="quality__charts">
      <MatrixChart title={words.matrix} note={words.matrixNote} cells={pairs} names={people} value={words.f1Axis} domain={unit} empty={words.nothing} />
      <TrendChart title={words.sweep} note={words.sweepNote} points={sweep} x={words.sweepX} xFormat=".2f" y={words.share} domain={unit} band empty={words.nothing} />
      <IntervalChart title={words.byLabel} note={words.intervalNote(oneItem(byLabel))} rows={byLabel} name={words.label} value={words.alphaAxis} empty={words.nothing} />
      <IntervalChart title={words.byPerson} note={words.intervalNote(oneItem(byPerson))} rows={byPerson} name={words.people} value={words.alphaAxis} empty={words.nothing} />
      <MatrixChart title={words.confusion} note={words.confusionNote} cells={confusion} names={labelNames} value="n" domain={[0, Math.max(1, ...confusion.map(({ value }) => value))]} empty={words.noConfusion} />
      <TrendChart title={words.trend} note={words.trendNote} points={trend} x={words.trendX} y={words.share} empty={words.noTrend} />
      {bySlice.length === 0 ? null : <IntervalChart title={words.bySlice} note={words.intervalNote(oneItem(bySlice))} rows={bySlice} name={words.bySlice} value={words.alphaAxis} empty={words.noSlices} />}
    </div>
  )
}

const unit = [0, 1] as const

/** What is named by labels, in the order of the project's labels; labels that it no longer has come last. */
function inOrder<Named>(all: readonly Named[], nameOf: (one: Named) => string, names: Props['names']): Named[] {
  const places = new Map([...names.values()].map((name, at) => [name, at]))
  return all.toSorted((a, b) => (places.get(nameOf(a)) ?? names.size) - (places.get(nameOf(b)) ?? names.size))
}

function pairCells({ pairs }: AgreementReport): MatrixCell[] {
  return (pairs ?? []).flatMap(({ first, second, figures: { f1 } }) => {
    if (f1.value === null) return []
    const cell = { value: f1.value, text: f1.value.toFixed(2), ...beside(f1) }
    return [{ row: first, column: second, ...cell }, { row: second, column: first, ...cell }]
  })
}

/** Disagreements alone: a label that is always agreed on would drown them. */
function confusionCells({ confusion }: AgreementReport, names: Props['names']): MatrixCell[] {
  return (confusion ?? []).filter(({ first, second, count }) => first !== second && count > 0).flatMap(({ first, second, count }) => {
    const [row, column] = [names.get(first) ?? String(first), names.get(second) ?? String(second)]
    const cell = { value: count, text: String(count), low: null, high: null, n: count }
    return [{ row, column, ...cell }, { row: column, column: row, ...cell }]
  })
}

function sweepPoints({ sweep }: AgreementReport): TrendPoint[] {
  return (['alpha', 'f1', 'iou'] as const).flatMap((series) => (sweep ?? []).flatMap((point) => {
    const y = point[series], interval = point.intervals[series]
    return y === null ? [] : [{ x: point.threshold, y, low: interval?.low ?? null, high: interval?.high ?? null, series: words.series[series], n: point.things }]
  }))
}

function trendPoints({ trend }: AgreementReport): TrendPoint[] {
  return (['alpha', 'f1', 'iou'] as const).flatMap((series) => (trend ?? []).flatMap((point) => {
    const figure = point[series]
    return figure.value === null ? [] : [{ x: new Date(point.from), y: figure.value, ...beside(figure), series: words.series[series] }]
  }))
}

const beside = ({ interval, n }: Figure) => ({ low: interval?.low ?? null, high: interval?.high ?? null, n })

/** Alpha by name; of how many things, and whether one item had them all. */
function rowsOf(all: readonly (readonly [string, AgreementFigures])[]): (IntervalRow & { readonly items: number })[] {
  return all.map(([name, { alpha, things }]) => ({ name, value: alpha.value, ...beside(alpha), series: words.series.alpha, n: things, items: alpha.items }))
}

const oneItem = (rows: readonly { readonly value: number | null; readonly items: number }[]) => rows.filter(({ value, items }) => value !== null && items < 2).length
