import { useCallback, useMemo } from 'react'
import { Chart, type Plot } from './Chart.tsx'
import type { ChartFace, Measured } from './measured.ts'
import { nameMargin, shortened } from './shortened.ts'
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
const leastCell = 26
const margin = { right: 8, bottom: 8 }
/** Signs of a name that stands on end. */
const mostOnEnd = 15
const namesRoom = { least: 90, share: 0.2 }
/** In a wider drawing names have no more room than in one of this width. */
const mostForNames = 900
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
  const onEnd = names.length > 4
  const top = onEnd ? 26 + 7 * Math.min(mostOnEnd, Math.max(...names.map((name) => name.length))) : 30
  const draw = useCallback((plot: Plot, width: number) => {
    // Never so strong that the text upon it could not be read, on a light page or a dark one.
    const strength = ({ value: at }: MatrixCell) => 0.06 + 0.49 * Math.max(0, Math.min(1, (at - domain[0]) / (domain[1] - domain[0] || 1)))
    const { margin: left, signs } = nameMargin(names, Math.min(width, mostForNames), namesRoom)
    return {
      width: Math.max(width, left + margin.right + names.length * leastCell),
      marginLeft: left, marginTop: top, marginBottom: margin.bottom, marginRight: margin.right,
      x: { domain: [...names], axis: 'top' as const, label: null, tickSize: 0, tickFormat: (text: string) => shortened(text, onEnd ? mostOnEnd : 18), ...(onEnd ? { tickRotate: -90 } : {}) },
      y: { domain: [...names], label: null, tickSize: 0, tickFormat: (text: string) => shortened(text, signs) },
      marks: [
        plot.cell(cells, { x: 'column', y: 'row', fill: 'var(--accent)', fillOpacity: strength, inset: 1, rx: 2, title: (cell: MatrixCell) => `${cell.row} · ${cell.column}: ${cell.text}${cell.low === null || cell.high === null ? '' : ` (${cell.low.toFixed(2)} to ${cell.high.toFixed(2)})`}${value === 'n' ? '' : `, n = ${cell.n.toLocaleString()}`}` }),
        plot.text(cells, { x: 'column', y: 'row', text: 'text', pointerEvents: 'none', fill: 'var(--text)' }),
      ],
    }
  }, [cells, names, domain, value, onEnd, top])
  return <Chart {...face} height={top + margin.bottom + names.length * cellHeight} table={table} draw={draw} wide={names.length >= wideFrom} />
}
