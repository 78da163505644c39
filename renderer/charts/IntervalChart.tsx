import { useCallback, useMemo } from 'react'
import { Chart, type Plot } from './Chart.tsx'
import { colorOf } from './series.ts'
import type { Table } from './table.ts'
import { words } from './words.ts'

export interface IntervalRow {
  readonly name: string
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  /** Rows of one name lie beside each other, a colour and a sign a series. */
  readonly series: string
  readonly n: number
}

interface Props {
  readonly title: string
  readonly note?: string
  readonly rows: readonly IntervalRow[]
  /** What the names are, and what the figure is, with its unit. */
  readonly name: string
  readonly value: string
  readonly domain?: readonly [number, number]
  readonly percent?: boolean
  readonly empty: string
}

const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const
const rowHeight = 22

/** Figures with their intervals as whiskers, a line a name; the names stand beside their lines. */
export function IntervalChart({ title, note, rows, name, value, domain, percent = false, empty }: Props) {
  const names = useMemo(() => [...new Set(rows.map((row) => row.name))], [rows])
  const table = useMemo((): Table => ({ columns: ['series', name, value, words.low, words.high, 'n'], rows: rows.map((row) => [row.series, row.name, row.value, row.low, row.high, row.n]) }), [rows, name, value])
  const series = useMemo(() => [...new Set(rows.map((row) => row.series))], [rows])
  const draw = useCallback((plot: Plot) => {
    const dy = (index: number) => (series.length < 2 ? 0 : (index - (series.length - 1) / 2) * Math.min(7, 14 / (series.length - 1)))
    return {
      marginLeft: 130, marginRight: 44, marginTop: 8,
      x: { label: value, grid: true, ticks: 5, ...(domain ? { domain: [...domain] } : {}), ...(percent ? { tickFormat: '.0%' } : {}) },
      y: { label: null, domain: names, tickSize: 0, tickFormat: (text: string) => (text.length > 20 ? `${text.slice(0, 19)}…` : text) },
      marks: [
        ...series.flatMap((one, index) => {
          const mine = rows.filter((row) => row.series === one)
          return [
            plot.ruleY(mine.filter(({ low, high }) => low !== null && high !== null), { y: 'name', x1: 'low', x2: 'high', stroke: colorOf(index), strokeWidth: 1.5, dy: dy(index) }),
            plot.dot(mine, { y: 'name', x: 'value', r: 3.5, fill: colorOf(index), symbol: symbols[index % symbols.length]!, dy: dy(index), title: (row: IntervalRow) => `${row.series} · ${row.name}: ${row.value.toFixed(3)} (n = ${row.n})` }),
          ]
        }),
        ...(series.length === 1 ? [plot.text(rows, { y: 'name', frameAnchor: 'right', text: (row: IntervalRow) => `n ${row.n}`, dx: 40, textAnchor: 'end', fill: 'currentColor' })] : []),
      ],
    }
  }, [rows, names, series, value, domain, percent])
  return <Chart title={title} {...(note === undefined ? {} : { note })} height={60 + names.length * rowHeight} table={table} draw={draw} legend={series} empty={empty} />
}
