import type { Polygon, Ring } from '#shared/model/geometry.ts'
import { crossesItself } from '#shared/geometry/crossing.ts'
import { segmentsMeet } from '#shared/geometry/lineSegment.ts'
import { pointAt, pointCount, pointInRing, signedArea } from '#shared/geometry/ring.ts'
import { simplifyRing } from '#shared/geometry/simplify.ts'
import type { Grid } from './votes.ts'

/**
 * The outline of where a field over a grid is above `level`, as parts with holes in image pixels; null where it is nowhere. Marching squares with
 * straight interpolation between centres (Lorensen & Cline 1987 in the plane), what is outside the grid counting as below; squares
 * with two opposite corners above are cut by the mean of the four. Rings don't cross themselves or each other.
 */
export function outlineAbove(field: ArrayLike<number>, level: number, grid: Grid): Polygon | null {
  const rings = ringsAbove(field, level, grid).filter((ring) => Math.abs(signedArea(ring)) > 1e-9 * grid.cell ** 2)
  const outers = rings.filter((ring) => signedArea(ring) > 0), holes = rings.filter((ring) => signedArea(ring) < 0)
  const parts = outers.map((outer) => [outer])
  for (const hole of holes) {
    const around = parts.filter(([outer]) => pointInRing(outer!, pointAt(hole, 0)))
    around.sort((a, b) => signedArea(a[0]!) - signedArea(b[0]!))[0]?.push(hole)
  }
  return parts.length > 0 ? { kind: 'polygon', parts } : null
}

/** From each corner pattern (1 top left, 2 top right, 4 bottom right, 8 bottom left above) the sides that are entered and left, with the inside on the right: 0 top, 1 right, 2 bottom, 3 left. */
const steps: readonly (readonly (readonly [number, number])[])[] = [
  [], [[0, 3]], [[1, 0]], [[1, 3]], [[2, 1]], [[0, 3], [2, 1]], [[2, 0]], [[2, 3]],
  [[3, 2]], [[0, 2]], [[1, 0], [3, 2]], [[1, 2]], [[3, 1]], [[0, 1]], [[3, 0]], [],
]
/** The two saddles when the middle is above. */
const joined: Readonly<Record<number, readonly (readonly [number, number])[]>> = { 5: [[0, 1], [2, 3]], 10: [[3, 0], [1, 2]] }

function ringsAbove(field: ArrayLike<number>, level: number, grid: Grid): Ring[] {
  const wide = grid.columns + 2
  const values = framed(field, level, grid)
  const next = new Map<number, number>(), places = new Map<number, readonly [number, number]>()
  // An edge between two centres by the one to its left or above: even numbers run to the right, odd ones down.
  const edge = (from: number, side: number): number => {
    const at = from + (side === 1 ? 1 : side === 2 ? wide : 0), down = side % 2
    const key = at * 2 + down
    if (!places.has(key)) places.set(key, crossingAt(values, at, down, wide, grid))
    return key
  }
  for (let row = 0; row <= grid.rows; row++) {
    for (let from = row * wide, end = from + wide - 1; from < end; from++) {
      const a = values[from]!, b = values[from + 1]!, c = values[from + wide + 1]!, d = values[from + wide]!
      const above = (a > 0 ? 1 : 0) + (b > 0 ? 2 : 0) + (c > 0 ? 4 : 0) + (d > 0 ? 8 : 0)
      if (above === 0 || above === 15) continue
      for (const [enter, leave] of (a + b + c + d > 0 && joined[above]) || steps[above]!) next.set(edge(from, enter), edge(from, leave))
    }
  }
  return follow(next, places)
}

/** How far above the level each centre is, with a frame of one cell that is below; a centre on the level itself is just above it. */
function framed(field: ArrayLike<number>, level: number, { columns, rows }: Grid): Float64Array {
  const values = new Float64Array((columns + 2) * (rows + 2)).fill(-1)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) values[(row + 1) * (columns + 2) + column + 1] = field[row * columns + column]! - level || 1e-9
  }
  return values
}

function crossingAt(values: Float64Array, at: number, down: number, wide: number, { x, y, cell }: Grid): readonly [number, number] {
  const a = values[at]!, b = values[at + (down ? wide : 1)]!
  // Not quite at a centre, so that no two edges share a point.
  const t = Math.min(0.999, Math.max(0.001, a / (a - b)))
  const column = (at % wide) - 1, row = Math.floor(at / wide) - 1
  return [x + (column + 0.5 + (down ? 0 : t)) * cell, y + (row + 0.5 + (down ? t : 0)) * cell]
}

function follow(next: Map<number, number>, places: ReadonlyMap<number, readonly [number, number]>): Ring[] {
  const rings: Ring[] = []
  for (const start of next.keys()) {
    const ring: Ring = []
    for (let at: number | undefined = start; at !== undefined;) {
      const to = next.get(at)
      if (to === undefined) break
      next.delete(at)
      ring.push(...places.get(at)!)
      at = to
    }
    if (ring.length >= 6) rings.push(ring)
  }
  return rings
}

/**
 * Fewer points, none dropped farther than `tolerance` pixels, and the same parts and holes: a ring that would cross itself, meet
 * another ring, turn over or lose half of its area is simplified by half the tolerance, and so on; at last it stays as it is.
 */
export function simplifySafely(polygon: Polygon, tolerance: number): Polygon {
  const rings = polygon.parts.flat()
  const done = [...rings]
  rings.forEach((ring, at) => {
    for (let by = tolerance; by > tolerance / 20; by /= 2) {
      const simple = simplifyRing(ring, by)
      const kept = signedArea(simple) / signedArea(ring)
      if (kept < 0.5 || crossesItself(simple) || done.some((other, index) => index !== at && meet(simple, other))) continue
      done[at] = simple
      return
    }
  })
  let at = 0
  return { kind: 'polygon', parts: polygon.parts.map((part) => part.map(() => done[at++]!)) }
}

function meet(a: Ring, b: Ring): boolean {
  const boxA = extent(a), boxB = extent(b)
  if (boxA[0] > boxB[2] || boxB[0] > boxA[2] || boxA[1] > boxB[3] || boxB[1] > boxA[3]) return false
  for (let i = 0, n = pointCount(a); i < n; i++) {
    const p = pointAt(a, i), q = pointAt(a, (i + 1) % n)
    for (let j = 0, m = pointCount(b); j < m; j++) if (segmentsMeet(p, q, pointAt(b, j), pointAt(b, (j + 1) % m))) return true
  }
  return false
}

function extent(ring: Ring): [number, number, number, number] {
  const result: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  ring.forEach((value, at) => {
    result[at % 2] = Math.min(result[at % 2]!, value)
    result[2 + (at % 2)] = Math.max(result[2 + (at % 2)]!, value)
  })
  return result
}
