import { contoursOf } from '#shared/geometry/contours.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { signedArea } from '#shared/geometry/ring.ts'
import { simplifyRing } from '#shared/geometry/simplify.ts'
import type { Polygon, Ring } from '#shared/model/geometry.ts'
import type { Place } from '../picture/place.ts'

/** Values over the whole input of a model, row by row; a cell stands for the pixels that it covers. */
export interface Field { readonly width: number; readonly height: number; readonly data: Float32Array }

/** More places along a side than this are not looked at; larger outlines are drawn with coarser steps. */
const mostPlaces = 1024

/** Where a field is looked at: places of `step` item pixels from (x, y), each at its middle. */
export interface Grid { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly step: number }

/** The places whose middles lie in a box of the item. */
export function gridOver([x1, y1, x2, y2]: readonly [number, number, number, number]): Grid {
  const step = Math.max(1, Math.ceil(Math.max(x2 - x1, y2 - y1) / mostPlaces))
  const x = Math.round(x1), y = Math.round(y1)
  return { x, y, width: Math.max(1, Math.round((x2 - x) / step)), height: Math.max(1, Math.round((y2 - y) / step)), step }
}

/** How far an outline over a grid may be smoothed, in item pixels: ¾ of a place for small things, up to 1½ for those of 150 places and more. */
export function smoothing({ width, height, step }: Grid): number {
  return step * Math.min(Math.max(Math.max(width, height) / 100, 0.75), 1.5)
}

/** A field's values at the places of a grid: bilinear between the middles of cells, edges repeated (torch's interpolate with align_corners false). */
export function sampleField(field: Field, grid: Grid, place: Place): Float32Array {
  const { frame } = place
  const columns = neighbours(grid.width, field.width, (i) => place.toModelX(grid.x + (i + 0.5) * grid.step) * field.width / frame.width - 0.5)
  const rows = neighbours(grid.height, field.height, (i) => place.toModelY(grid.y + (i + 0.5) * grid.step) * field.height / frame.height - 0.5)
  const out = new Float32Array(grid.width * grid.height)
  for (let row = 0, to = 0; row < grid.height; row++) {
    const upper = rows.first[row]! * field.width, lower = rows.second[row]! * field.width, down = rows.share[row]!
    for (let column = 0; column < grid.width; column++, to++) {
      const left = columns.first[column]!, right = columns.second[column]!, across = columns.share[column]!
      const above = field.data[upper + left]! * (1 - across) + field.data[upper + right]! * across
      const below = field.data[lower + left]! * (1 - across) + field.data[lower + right]! * across
      out[to] = above * (1 - down) + below * down
    }
  }
  return out
}

function neighbours(count: number, size: number, at: (index: number) => number) {
  const first = new Int32Array(count), second = new Int32Array(count), share = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const value = Math.min(Math.max(at(i), 0), size - 1), floor = Math.floor(value)
    first[i] = floor
    second[i] = Math.min(floor + 1, size - 1)
    share[i] = value - floor
  }
  return { first, second, share }
}

/** How an outline is cleaned: item pixels (and square item pixels). */
export interface Cleaning {
  /** No point farther than this from the exact outline is lost. */
  readonly tolerance: number
  /** Parts and holes smaller than this are left out, but the largest part stays. */
  readonly leastArea: number
}

/**
 * The places that are inside as a polygon in item pixels, with its holes; null when nothing is inside. The stairs of the places are smoothed
 * with Douglas & Peucker; `cell` gives the size of a place where it is not the same both ways.
 */
export function outlineOf(inside: Uint8Array, grid: Grid, place: Place, cleaning: Cleaning, cell: { width: number, height: number } = { width: grid.step, height: grid.step }): Polygon | null {
  const exact = contoursOf(encodeMask({ x: 0, y: 0, width: grid.width, height: grid.height, data: inside }))
  if (!exact) return null
  const { itemWidth, itemHeight } = place.frame
  const toItem = (ring: Ring): Ring => ring.map((value, at) => (at % 2 === 0
    ? Math.min(Math.max(grid.x + value * cell.width, 0), itemWidth)
    : Math.min(Math.max(grid.y + value * cell.height, 0), itemHeight)))
  const area = (ring: Ring) => Math.abs(signedArea(ring))
  const parts = exact.parts.map((part) => part.map(toItem)).sort((a, b) => area(b[0]!) - area(a[0]!))
  const kept = parts.filter((part, at) => at === 0 || area(part[0]!) >= cleaning.leastArea)
  const cleaned = kept.map(([outer, ...holes]) => [outer!, ...holes.filter((hole) => area(hole) >= cleaning.leastArea)].map((ring) => simplifyRing(ring, cleaning.tolerance)))
  return area(cleaned[0]![0]!) > 0 ? { kind: 'polygon', parts: cleaned } : null
}
