import { useCallback, useMemo } from 'react'
import { Chart, type Plot } from './Chart.tsx'
import { spoken, type ChartFace, type FigureAxis, type InSeries, type Measured } from './measured.ts'
import { colorOf, dashOf } from './series.ts'
import { apart } from './shortened.ts'
import type { Table } from './table.ts'
import { words } from './words.ts'

export interface TrendPoint extends Measured, InSeries {
  /** A day (Date), or a number. */
  readonly x: Date | number
  readonly y: number
}

interface Props extends ChartFace, FigureAxis {
  readonly points: readonly TrendPoint[]
  /** Names of the axes with their units. */
  readonly x: string
  readonly y: string
  /** How the ticks of a horizontal axis of numbers are written (d3-format). */
  readonly xFormat?: string
  readonly height?: number
  /** Intervals as a band along the line, for points that lie close; else a whisker each. */
  readonly band?: boolean
}

const day = (x: Date | number) => (x instanceof Date ? x.toISOString().slice(0, 10) : x)
const margin = { top: 20, bottom: 34 }
const lineHeight = 13
const mostDays = 5

/** How a figure goes over time or another number: a line a series with its intervals, its name at its end. */
export function TrendChart({ points, x, y, domain, percent = false, xFormat = 'd', height = 200, band = false, ...face }: Props) {
  const table = useMemo((): Table => ({ columns: ['series', x, y, words.low, words.high, 'n'], rows: points.map((point) => [point.series, day(point.x), point.y, point.low, point.high, point.n]) }), [points, x, y])
  const draw = useCallback((plot: Plot) => {
    const names = [...new Set(points.map(({ series }) => series))]
    const of = (point: TrendPoint) => names.indexOf(point.series)
    const [low, high] = extentOf(points, domain)
    const whole = points.filter((point) => point.low !== null && point.high !== null)
    const beside = endsOf(names, points, (value) => margin.top + ((high - value) / (high - low || 1)) * (height - margin.top - margin.bottom))
    return {
      marginRight: names.length > 1 ? 110 : 20, marginLeft: 44, marginTop: margin.top, marginBottom: margin.bottom,
      x: { label: x, ...ticksOf(points, xFormat) },
      y: { label: y, grid: true, ticks: 5, domain: [low, high], ...(percent ? { tickFormat: '.0%' } : {}) },
      marks: [
        ...(band ? names.map((name, index) => plot.areaY(whole.filter(({ series }) => series === name), { x: 'x', y1: 'low', y2: 'high', fill: colorOf(index), fillOpacity: 0.16 })) : [plot.ruleX(whole, { x: 'x', y1: 'low', y2: 'high', stroke: (point: TrendPoint) => colorOf(of(point)), strokeWidth: 1.25 })]),
        ...names.map((name, index) => plot.lineY(points.filter(({ series }) => series === name), { x: 'x', y: 'y', stroke: colorOf(index), strokeWidth: 1.75, strokeDasharray: dashOf(index) })),
        plot.dot(points, { x: 'x', y: 'y', r: 3, fill: (point: TrendPoint) => colorOf(of(point)), title: (point: TrendPoint) => `${point.series}\n${day(point.x)}: ${spoken(point.y, point)}` }),
        ...(names.length > 1 ? beside.map(({ last, dy }) => plot.text([last], { x: 'x', y: 'y', text: 'series', dx: 8, dy, textAnchor: 'start', fill: colorOf(of(last)), fontWeight: 500, lineWidth: 9, textOverflow: 'ellipsis' })) : []),
      ],
    }
  }, [points, x, y, domain, percent, xFormat, height, band])
  return <Chart {...face} height={height} table={table} draw={draw} />
}

/** Few days are named each; of many the axis chooses. */
function ticksOf(points: readonly TrendPoint[], xFormat: string) {
  const days = [...new Set(points.flatMap(({ x }) => (x instanceof Date ? [x.getTime()] : [])))]
  if (days.length === 0) return { ticks: 6, tickFormat: xFormat }
  return { type: 'utc' as const, ...(days.length <= mostDays ? { ticks: days.map((time) => new Date(time)), tickFormat: '%-d %b' } : { ticks: mostDays }) }
}

/** The given ends, moved out where a point or an interval lies beyond them: nothing is drawn outside of the frame. */
function extentOf(points: readonly TrendPoint[], domain: readonly [number, number] | undefined): [number, number] {
  const values = points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y])
  return [Math.min(...values, ...(domain ? [domain[0]] : [])), Math.max(...values, ...(domain ? [domain[1]] : []))]
}

/** Where each series' name stands: at its last point, moved off the others'. */
function endsOf(names: readonly string[], points: readonly TrendPoint[], pixelOf: (value: number) => number): { last: TrendPoint; dy: number }[] {
  const last = names.map((name) => points.findLast(({ series }) => series === name)!)
  const at = last.map(({ y }) => pixelOf(y))
  const places = apart(at, lineHeight)
  return last.map((point, index) => ({ last: point, dy: places[index]! - at[index]! }))
}
