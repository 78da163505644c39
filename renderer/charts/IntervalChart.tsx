import { useCallback, useMemo, useState } from 'react'
import { Button } from '#renderer/ui/Button.tsx'
import { Chart, type Plot } from './Chart.tsx'
import { spoken, type ChartFace, type FigureAxis, type InSeries, type Measured } from './measured.ts'
import { colorOf } from './series.ts'
import { nameMargin, shortened } from './shortened.ts'
import type { Table } from './table.ts'
import { words } from './words.ts'

export interface IntervalRow extends Measured, InSeries {
  readonly name: string
  /** Null: it has no figure; the name stands there with its n. */
  readonly value: number | null
}

interface Props extends ChartFace, FigureAxis {
  /** Rows of one name lie beside each other. */
  readonly rows: readonly IntervalRow[]
  /** What the names are, and what the figure is, with its unit. */
  readonly name: string
  readonly value: string
  /** Names that are drawn before one asks for all; the table has all. */
  readonly most?: number
}

const symbols = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye'] as const
const rowHeight = 22
const namesRoom = { least: 110, share: 0.42 }

/** Figures with their intervals as whiskers, a line a name; the names stand beside their lines. */
export function IntervalChart({ rows, name, value, domain, percent = false, most = 20, ...face }: Props) {
  const [all, setAll] = useState(false)
  const everyName = useMemo(() => [...new Set(rows.map((row) => row.name))], [rows])
  const names = useMemo(() => (all ? everyName : everyName.slice(0, most)), [everyName, all, most])
  const table = useMemo((): Table => ({ columns: ['series', name, value, words.low, words.high, 'n'], rows: rows.map((row) => [row.series, row.name, row.value, row.low, row.high, row.n]) }), [rows, name, value])
  const series = useMemo(() => [...new Set(rows.map((row) => row.series))], [rows])
  const draw = useCallback((plot: Plot, width: number) => {
    const { margin, signs } = nameMargin(names, width, namesRoom)
    const dy = (index: number) => (series.length < 2 ? 0 : (index - (series.length - 1) / 2) * Math.min(7, 14 / (series.length - 1)))
    const shownNames = new Set(names)
    const drawn = rows.filter((row) => shownNames.has(row.name))
    return {
      marginLeft: margin, marginRight: 56, marginTop: 8,
      x: { label: value, grid: true, ticks: 5, domain: [...(domain ?? around(drawn))], ...(percent ? { tickFormat: '.0%' } : {}) },
      y: { label: null, domain: names, tickSize: 0, tickFormat: (text: string) => shortened(text, signs) },
      marks: [
        ...series.flatMap((one, index) => {
          const mine = drawn.filter((row) => row.series === one && row.value !== null)
          return [
            plot.ruleY(mine.filter(({ low, high }) => low !== null && high !== null), { y: 'name', x1: 'low', x2: 'high', stroke: colorOf(index), strokeWidth: 1.5, dy: dy(index) }),
            plot.dot(mine, { y: 'name', x: 'value', r: 3.5, fill: colorOf(index), symbol: symbols[index % symbols.length]!, dy: dy(index), title: (row: IntervalRow) => `${row.series} · ${row.name}: ${spoken(row.value ?? 0, row)}` }),
          ]
        }),
        ...(series.length === 1 ? [plot.text(drawn, { y: 'name', frameAnchor: 'right', text: (row: IntervalRow) => `n ${row.n.toLocaleString()}`, dx: 52, textAnchor: 'end', fill: 'currentColor' })] : []),
      ],
    }
  }, [rows, names, series, value, domain, percent])
  const below = everyName.length <= most ? null : (
    <p className="chart__below">
      <span className="q-muted">{all ? words.allShown(everyName.length) : words.someShown(most, everyName.length)}</span>
      <Button size="small" tone="quiet" aria-label={all ? words.fewerOf(face.title, most) : words.allOf(face.title, everyName.length)} onClick={() => setAll(!all)}>{all ? words.fewer(most) : words.all(everyName.length)}</Button>
    </p>
  )
  return <Chart {...face} height={60 + names.length * rowHeight} table={table} draw={draw} legend={series} below={below} />
}

/** The ends of what is drawn with some room beside them, so that equal figures do not stand on the frame. */
function around(rows: readonly IntervalRow[]): [number, number] {
  const values = rows.flatMap(({ value, low, high }) => (value === null ? [] : [value, low ?? value, high ?? value]))
  if (values.length === 0) return [0, 1]
  const least = Math.min(...values), most = Math.max(...values)
  const room = (most - least) * 0.05 || Math.max(0.05, Math.abs(most) * 0.1)
  return [least - room, most + room]
}
