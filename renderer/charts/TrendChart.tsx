import { useCallback, useMemo } from 'react'
import { Chart, type Plot } from './Chart.tsx'
import { colorOf, dashOf } from './series.ts'
import type { Table } from './table.ts'
import { words } from './words.ts'

export interface TrendPoint {
  /** A day (Date), or the number of a block. */
  readonly x: Date | number
  readonly y: number
  /** The interval of `y`, where there is one. */
  readonly low: number | null
  readonly high: number | null
  readonly series: string
  /** Of how many. */
  readonly n: number
}

interface Props {
  readonly title: string
  readonly note?: string
  readonly points: readonly TrendPoint[]
  /** Names of the axes with their units. */
  readonly x: string
  readonly y: string
  /** Ends of the vertical axis. */
  readonly domain?: readonly [number, number]
  /** The ticks of the vertical axis are shares, 0 … 1. */
  readonly percent?: boolean
  readonly empty: string
  readonly height?: number
}

const day = (x: Date | number) => (x instanceof Date ? x.toISOString().slice(0, 10) : x)

/** How a figure goes over time, a line a series with whiskers, its name at its end. */
export function TrendChart({ title, note, points, x, y, domain, percent = false, empty, height = 200 }: Props) {
  const table = useMemo((): Table => ({ columns: ['series', x, y, words.low, words.high, 'n'], rows: points.map((point) => [point.series, day(point.x), point.y, point.low, point.high, point.n]) }), [points, x, y])
  const draw = useCallback((plot: Plot) => {
    const names = [...new Set(points.map(({ series }) => series))]
    const last = names.map((name) => points.findLast(({ series }) => series === name)!)
    const of = (point: TrendPoint) => names.indexOf(point.series)
    return {
      marginRight: names.length > 1 ? 110 : 20, marginLeft: 44, x: { label: x, ...(points.some((point) => point.x instanceof Date) ? { type: 'utc' as const, ticks: 5 } : { ticks: 6, tickFormat: 'd' }) },
      y: { label: y, grid: true, ticks: 5, ...(domain ? { domain: [...domain] } : {}), ...(percent ? { tickFormat: '.0%' } : {}) },
      marks: [
        ...names.map((name, index) => plot.lineY(points.filter(({ series }) => series === name), { x: 'x', y: 'y', stroke: colorOf(index), strokeWidth: 1.75, strokeDasharray: dashOf(index) })),
        plot.ruleX(points.filter(({ low, high }) => low !== null && high !== null), { x: 'x', y1: 'low', y2: 'high', stroke: (point: TrendPoint) => colorOf(of(point)), strokeWidth: 1.25 }),
        plot.dot(points, { x: 'x', y: 'y', r: 3, fill: (point: TrendPoint) => colorOf(of(point)), title: (point: TrendPoint) => `${point.series}\n${day(point.x)}: ${point.y.toFixed(3)} (n = ${point.n})` }),
        ...(names.length > 1 ? [plot.text(last, { x: 'x', y: 'y', text: 'series', dx: 8, textAnchor: 'start', fill: (point: TrendPoint) => colorOf(of(point)), fontWeight: 500, lineWidth: 9, textOverflow: 'ellipsis' })] : []),
      ],
    }
  }, [points, x, y, domain, percent])
  return <Chart title={title} {...(note === undefined ? {} : { note })} height={height} table={table} draw={draw} empty={empty} />
}
