import type { AcceptanceRow, MeanOf, ShareOf } from '#shared/contract/acceptance.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Table } from '#renderer/charts/table.ts'
import { words } from './words.ts'

/** A figure as it is read: what it is, and below it how sure that is. */
export interface Figure { readonly value: string; readonly beside: string }

const percent = (share: number) => `${Math.round(share * 100)} %`
const nothing: Figure = { value: '–', beside: '' }

export const shareFigure = ({ value, low, high, n }: ShareOf): Figure => (value === null ? nothing : { value: percent(value), beside: `${Math.round(low! * 100)}–${Math.round(high! * 100)} · n ${n.toLocaleString()}` })
export const meanFigure = ({ value, n }: MeanOf, digits: number): Figure => (value === null ? nothing : { value: value.toFixed(digits), beside: `n ${n.toLocaleString()}` })
export const timeFigure = ({ median, low, high, n }: AcceptanceRow['time']): Figure => (median === null ? nothing : { value: (median / 1000).toFixed(1), beside: `${(low! / 1000).toFixed(1)}–${(high! / 1000).toFixed(1)} · n ${n.toLocaleString()}` })
export const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
export function anchoringFigure({ difference, low, high, aided, unaided }: AcceptanceRow['anchoring']): Figure {
  if (difference === null) return nothing
  return { value: signed(difference), beside: `${low === null || high === null ? '' : `${signed(low)} to ${signed(high)} · `}n ${aided.n}, ${unaided.n}` }
}

/** Everything as numbers, for a spreadsheet. */
export function tableOf(rows: readonly AcceptanceRow[], nameOf: (label: LabelId | null) => string): Table {
  const share = (name: string) => [name, `${name} low`, `${name} high`, `${name} n`]
  const cells = ({ value, low, high, n }: ShareOf) => [value, low, high, n]
  return {
    columns: [
      'of', 'model', 'label', 'slice', 'drafts', 'verdicts', ...share('accepted'), ...share('edited'), ...share('rejected'), ...share('relabelled'), '1 - IoU', '1 - IoU n', 'vertices', 'vertices n', 'characters', 'characters n', 'boundary, s', 'boundary n',
      'median time, ms', 'lower quartile, ms', 'upper quartile, ms', 'time n', 'aided pairs', ...share('missed aided'), 'unaided pairs', ...share('missed unaided'), ...share('false alarms unaided'), 'anchoring', 'anchoring low', 'anchoring high', 'anchoring aided n', 'anchoring unaided n',
    ],
    rows: rows.map(({ of, model, label, slice, drafts, decided, accepted, edited, rejected, edit, time, aided, unaided, anchoring }) => [
      of, model, of === 'model' || of === 'slice' ? words.all : nameOf(label), of === 'model' || of === 'label' ? words.all : (slice ?? words.noValue), drafts, decided, ...cells(accepted), ...cells(edited), ...cells(rejected), ...cells(edit.relabelled),
      edit.shape.value, edit.shape.n, edit.vertices.value, edit.vertices.n, edit.characters.value, edit.characters.n, edit.seconds.value, edit.seconds.n, time.median, time.low, time.high, time.n,
      aided.pairs, ...cells(aided.misses), unaided.pairs, ...cells(unaided.misses), ...cells(unaided.falseAlarms), anchoring.difference, anchoring.low, anchoring.high, anchoring.aided.n, anchoring.unaided.n,
    ]),
  }
}
