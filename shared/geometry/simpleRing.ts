import type { Path } from './ring.ts'
import { edgesByX, edgesMeet, edgeStride } from './ringEdges.ts'

/** A ring that does not cross or touch itself, made ready to be laid over others. */
export interface SimpleRing {
  /** As of `edgesByX`. */
  readonly edges: Float64Array
  /** Square pixels. */
  readonly area: number
}

/** The ring as one to lay over others; null for a ring that crosses or touches itself, or has no three points. */
export function simpleRing(ring: Path): SimpleRing | null {
  const edges = edgesByX(ring)
  if (edges.length < 3 * edgeStride || edgesMeet(edges)) return null
  // The area is what it shares with itself, by the same arithmetic: a ring and its copy are then alike to the last digit.
  return { edges, area: Math.abs(sharedIntegral(edges, edges)) }
}

/** The area that two simple rings share, in square pixels, exact but for rounding. */
export const sharedArea = (a: SimpleRing, b: SimpleRing): number => Math.min(Math.abs(sharedIntegral(a.edges, b.edges)), a.area, b.area)

/**
 * A simple ring's inside is the sum over its edges of ± the region on one side of the edge (Green's theorem), so what two share is the sum
 * over pairs of edges. On one vertical line through both, a pair shares min(y, y′) from any level on; as the signs of a ring's edges
 * on that line add up to 0, the level and y cancel, and of min(y, y′) = y − max(0, y − y′) only the second part is left. Nothing is
 * decided about which point is inside which ring, so touching and common borders need no care.
 */
function sharedIntegral(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0, first = 0; i < a.length; i += edgeStride) {
    const ax = a[i]!, ay = a[i + 1]!, end = a[i + 2]!, slope = a[i + 4]!, way = a[i + 5]!
    while (first < b.length && b[first + 2]! <= ax) first += edgeStride
    for (let j = first; j < b.length; j += edgeStride) {
      const bx = b[j]!
      if (bx >= end) break
      const left = bx > ax ? bx : ax, right = b[j + 2]! < end ? b[j + 2]! : end
      if (right <= left) continue
      const before = ay + slope * (left - ax) - b[j + 1]! - b[j + 4]! * (left - bx)
      const after = before + (slope - b[j + 4]!) * (right - left)
      if (before <= 0 && after <= 0) continue
      sum += way * b[j + 5]! * (right - left) * meanAbove(before, after)
    }
  }
  return sum
}

/** The mean of max(0, d) where d goes evenly from `before` to `after`, one of which at least is above 0. */
function meanAbove(before: number, after: number): number {
  if (before >= 0 && after >= 0) return (before + after) / 2
  const above = before > 0 ? before : after
  return (above * above) / (2 * Math.abs(before - after))
}
