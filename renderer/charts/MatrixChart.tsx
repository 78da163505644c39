import { useCallback, useMemo } from 'react'
import { Chart, type Plot } from './Chart.tsx'
import type { ChartFace, Measured } from './measured.ts'
import { shortened } from './shortened.ts'
import type { Table } from './table.ts'
import { words } from './words.ts'

/** A cell is a figure with its interval, or a count without one. */
export interface MatrixCell extends Measured { readonly row: string; readonly column: string; readonly value: number; /** What stands in the cell. */ readonly text: string }

interface Props extends ChartFace {
  readonly cells: readonly MatrixCell[]
  /** The rows and columns in their order. */
  readonly names: readonly string[]
  readonly value: string
  /** Values that are pale and strong. */
  readonly domain: readonly [number, number]
}

const cellHeight = 26
/** The least width in which a figure can be read; more columns than fit are reached by scrolling. */
const leastCell = 30
const margin = { left: 130, right: 8, bottom: 8 }
/** From this many names on a matrix takes the whole width of its place. */
const wideFrom = 11

/** A square of figures, the strength of a cell its value; each cell says its value in words too. */
export function MatrixChart({ cells, names, value, domain, ...face }: Props) {
  const table = useMemo((): Table => {
    const figures = cells.some(({ low }) => low !== null)
    return {
      columns: ['row', 'column', value, ...(figures ? [words.low, words.high] : []), ...(value === 'n' ? [] : ['n'])],
      rows: cells.map((cell) => [cell.row, cell.column, cell.value, ...(figures ? [cell.low, cell.high] : []), ...(value === 'n' ? [] : [cell.n])]),
    }
  }, [cells, value])
  // Names that do not fit above their columns stand on end.
  const slanted = names.length > 4
  const top = slanted ? 96 : 30
  const draw = useCallback((plot: Plot, width: number) => {
    const strength = ({ value: at }: MatrixCell) => 0.08 + 0.8 * Math.max(0, Math.min(1, (at - domain[0]) / (domain[1] - domain[0] || 1)))
    return {
      width: Math.max(width, margin.left + margin.right + names.length * leastCell),
      marginLeft: margin.left, marginTop: top, marginBottom: margin.bottom, marginRight: margin.right,
      x: { domain: [...names], axis: 'top' as const, label: null, tickSize: 0, tickFormat: (text: string) => shortened(text, slanted ? 15 : 18), ...(slanted ? { tickRotate: -90 } : {}) },
      y: { domain: [...names], label: null, tickSize: 0, tickFormat: (text: string) => shortened(text, 19) },
      marks: [
        plot.cell(cells, { x: 'column', y: 'row', fill: 'var(--accent)', fillOpacity: strength, inset: 1, rx: 2, title: (cell: MatrixCell) => `${cell.row} · ${cell.column}: ${cell.text}${cell.low === null || cell.high === null ? '' : ` (${cell.low.toFixed(2)} to ${cell.high.toFixed(2)})`}${value === 'n' ? '' : `, n = ${cell.n.toLocaleString()}`}` }),
        plot.text(cells, { x: 'column', y: 'row', text: 'text', pointerEvents: 'none', fill: (cell: MatrixCell) => (strength(cell) > 0.55 ? 'var(--on-accent)' : 'var(--text)') }),
      ],
    }
  }, [cells, names, domain, value, slanted, top])
  return <Chart {...face} height={top + margin.bottom + names.length * cellHeight} table={table} draw={draw} wide={names.length >= wideFrom} />
}
