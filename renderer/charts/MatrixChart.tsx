import { useCallback, useMemo } from 'react'
import { Chart, type Plot } from './Chart.tsx'
import type { Table } from './table.ts'

export interface MatrixCell { readonly row: string; readonly column: string; readonly value: number; /** What stands in the cell. */ readonly text: string; readonly n: number }

interface Props {
  readonly title: string
  readonly note?: string
  readonly cells: readonly MatrixCell[]
  /** The rows and columns in their order. */
  readonly names: readonly string[]
  readonly value: string
  /** Values that are pale and strong. */
  readonly domain: readonly [number, number]
  readonly empty: string
}

const cellHeight = 26
const short = (text: string) => (text.length > 16 ? `${text.slice(0, 15)}…` : text)

/** A square of figures, the strength of a cell its value; each cell says its value in words too. */
export function MatrixChart({ title, note, cells, names, value, domain, empty }: Props) {
  const table = useMemo((): Table => ({ columns: ['row', 'column', value, 'n'], rows: cells.map((cell) => [cell.row, cell.column, cell.value, cell.n]) }), [cells, value])
  const draw = useCallback((plot: Plot) => {
    const strength = ({ value: at }: MatrixCell) => 0.08 + 0.8 * Math.max(0, Math.min(1, (at - domain[0]) / (domain[1] - domain[0] || 1)))
    return {
      marginLeft: 120, marginTop: 30, marginBottom: 8, marginRight: 8,
      x: { domain: [...names], axis: 'top' as const, label: null, tickSize: 0, tickFormat: short }, y: { domain: [...names], label: null, tickSize: 0, tickFormat: short },
      marks: [
        plot.cell(cells, { x: 'column', y: 'row', fill: 'var(--accent)', fillOpacity: strength, inset: 1, rx: 2, title: (cell: MatrixCell) => `${cell.row} · ${cell.column}: ${cell.text} (n = ${cell.n})` }),
        plot.text(cells, { x: 'column', y: 'row', text: 'text', fill: (cell: MatrixCell) => (strength(cell) > 0.55 ? 'var(--on-accent)' : 'var(--text)') }),
      ],
    }
  }, [cells, names, domain])
  return <Chart title={title} {...(note === undefined ? {} : { note })} height={48 + names.length * cellHeight} table={table} draw={draw} empty={empty} />
}
