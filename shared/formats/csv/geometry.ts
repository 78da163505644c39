import type { Geometry } from '#shared/model/geometry.ts'
import { number, RowError } from '../coco/fields.ts'
import type { ParsedGeometry } from '../format.ts'
import { secondsText, ticksOf } from '../timed/decimal.ts'

/** The columns of a geometry; see docs/text-formats.md. */
export const geometryColumns = ['kind', 'x', 'y', 'width', 'height', 'angle', 'points', 'baseline', 'tier', 'start', 'end', 'rate'] as const
export type GeometryColumn = (typeof geometryColumns)[number]
export type GeometryCells = Partial<Record<GeometryColumn, string>>

const path = (values: readonly number[]) => Array.from({ length: values.length / 2 }, (_, index) => `${values[index * 2]},${values[index * 2 + 1]}`).join(' ')
const polygon = (parts: readonly (readonly (readonly number[])[])[]) => parts.map((rings) => rings.map(path).join(' ; ')).join(' | ')

/** Boxes by their upper left corner, tilted boxes by their centre, pixels; segments in seconds. */
export function cellsOf(geometry: Geometry, tierName: (id: string) => string): GeometryCells {
  const { kind } = geometry
  switch (kind) {
    case 'box':
      return { kind, x: `${geometry.x}`, y: `${geometry.y}`, width: `${geometry.width}`, height: `${geometry.height}` }
    case 'rotated-box':
      return { kind, x: `${geometry.cx}`, y: `${geometry.cy}`, width: `${geometry.width}`, height: `${geometry.height}`, angle: `${geometry.angle}` }
    case 'polygon':
      return { kind, points: polygon(geometry.parts) }
    case 'mask':
      return { kind, x: `${geometry.x}`, y: `${geometry.y}`, width: `${geometry.width}`, height: `${geometry.height}`, points: geometry.counts.join(' ') }
    case 'polyline': case 'points':
      return { kind, points: path(geometry.points) }
    case 'keypoints':
      return { kind, points: geometry.points.map(({ x, y, visibility }) => `${x},${y},${visibility}`).join(' ') }
    case 'text-line':
      return { ...cellsOf(geometry.outline, tierName), kind, ...(geometry.baseline === null ? {} : { baseline: path(geometry.baseline) }) }
    case 'segment': {
      const { start, end, rate } = geometry
      return { kind, tier: tierName(geometry.tier), start: secondsText(start, rate, 3).text, end: secondsText(end, rate, 3).text, rate: `${rate}` }
    }
    case 'item':
      return { kind }
  }
}

function value(cells: GeometryCells, column: GeometryColumn): number {
  const text = (cells[column] ?? '').trim()
  if (text === '') throw new RowError(column, 'missing-field', `${column} is empty.`)
  return number(decimal(text), column)
}

/** 1.5 and, as spreadsheets of half of Europe write it, 1,5. */
const decimal = (text: string): unknown => {
  const dotted = /^[+-]?\d+,\d+$/u.test(text) ? text.replace(',', '.') : text
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u.test(dotted) ? Number(dotted) : text
}

function values(text: string, column: string, each: number): number[] {
  const points = text.trim().split(/\s+/u).filter((point) => point !== '')
  return points.flatMap((point) => {
    const numbers = point.split(',')
    if (numbers.length !== each) throw new RowError(column, 'wrong-value', `${column}: ${JSON.stringify(point.slice(0, 40))} is not ${each} numbers with commas between them.`)
    return numbers.map((text_) => number(/^[+-]?\d/u.test(text_) || text_.startsWith('.') ? Number(text_) : text_, column))
  })
}

function ring(text: string, column: string, least: number): number[] {
  const result = values(text, column, 2)
  if (result.length < least * 2) throw new RowError(column, 'wrong-value', `${column} needs at least ${least} points.`)
  return result
}

/** Throws RowError. */
export function geometryOf(cells: GeometryCells): ParsedGeometry {
  const kind = (cells.kind ?? '').trim()
  switch (kind) {
    case 'box':
      return { kind, x: value(cells, 'x'), y: value(cells, 'y'), width: value(cells, 'width'), height: value(cells, 'height') }
    case 'rotated-box':
      return { kind, cx: value(cells, 'x'), cy: value(cells, 'y'), width: value(cells, 'width'), height: value(cells, 'height'), angle: value(cells, 'angle') }
    case 'polygon':
      return { kind, parts: (cells.points ?? '').split('|').map((part) => part.split(';').map((each) => ring(each, 'points', 3))) }
    case 'mask':
      return { kind, x: value(cells, 'x'), y: value(cells, 'y'), width: value(cells, 'width'), height: value(cells, 'height'), counts: values(cells.points ?? '', 'points', 1) }
    case 'polyline':
      return { kind, points: ring(cells.points ?? '', 'points', 2) }
    case 'points':
      return { kind, points: ring(cells.points ?? '', 'points', 1) }
    case 'keypoints': {
      const flat = values(cells.points ?? '', 'points', 3)
      return { kind, points: Array.from({ length: flat.length / 3 }, (_, index) => ({ x: flat[index * 3]!, y: flat[index * 3 + 1]!, visibility: visibility(flat[index * 3 + 2]!) })) }
    }
    case 'text-line': {
      const inner = (cells.points ?? '').trim() !== '' ? 'polygon' : (cells.angle ?? '').trim() !== '' ? 'rotated-box' : 'box'
      const outline = geometryOf({ ...cells, kind: inner })
      const baseline = (cells.baseline ?? '').trim() === '' ? null : ring(cells.baseline!, 'baseline', 2)
      if (outline.kind === 'box' || outline.kind === 'rotated-box' || outline.kind === 'polygon') return { kind, outline, baseline }
      throw new RowError('kind', 'wrong-value', 'a text line needs an outline.')
    }
    case 'segment':
      return segment(cells)
    case 'item':
      return { kind }
    default:
      throw new RowError('kind', 'wrong-value', `${JSON.stringify(kind.slice(0, 40))} is no kind of geometry.`)
  }
}

function visibility(seen: number): 0 | 1 | 2 {
  if (seen === 0 || seen === 1 || seen === 2) return seen
  throw new RowError('points', 'wrong-value', 'the third number of a keypoint is 0, 1 or 2.')
}

function segment(cells: GeometryCells): ParsedGeometry {
  const rate = (cells.rate ?? '').trim() === '' ? 1000 : value(cells, 'rate')
  if (!Number.isInteger(rate) || rate < 1) throw new RowError('rate', 'wrong-value', 'rate must be a whole number of ticks a second.')
  const ticks = (column: 'start' | 'end') => {
    const nano = ticksOf((cells[column] ?? '').trim().replace(/^(\d+),(\d+)$/u, '$1.$2'), 1e9)
    if (!nano.ok) throw new RowError(column, nano.code, `${column} is no time in seconds.`)
    return Math.round((nano.ticks / 1e9) * rate)
  }
  const [start, end] = [ticks('start'), ticks('end')]
  if (end < start) throw new RowError('end', 'ends-before-start', 'the segment ends before it starts.')
  return { kind: 'segment', tier: (cells.tier ?? '').trim() || 'speech', start, end, rate }
}
