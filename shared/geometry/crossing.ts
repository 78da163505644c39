import { segmentsMeet, turn } from './lineSegment.ts'
import type { ImagePoint } from './point.ts'
import { type Path, pointAt, pointCount } from './ring.ts'

interface Edge { readonly a: ImagePoint; readonly b: ImagePoint; readonly index: number; readonly minX: number; readonly maxX: number }

/**
 * Whether a ring is not simple: two edges that are not neighbours meet (touching counts), or two neighbours lie on top of each other.
 * Repeated points are ignored. Edges are swept by x, so that long freehand rings stay fast.
 */
export function crossesItself(ring: Path): boolean {
  const edges = edgesOf(distinct(ring))
  const n = edges.length
  if (n < 3) return false
  const sorted = edges.toSorted((p, q) => p.minX - q.minX)
  for (let i = 0; i < n; i++) {
    const one = sorted[i]!
    for (let j = i + 1; j < n && sorted[j]!.minX <= one.maxX; j++) if (conflict(one, sorted[j]!, n)) return true
  }
  return false
}

function conflict(p: Edge, q: Edge, n: number): boolean {
  const [first, second] = (p.index + 1) % n === q.index ? [p, q] : (q.index + 1) % n === p.index ? [q, p] : [null, null]
  if (first === null) return segmentsMeet(p.a, p.b, q.a, q.b)
  // Neighbours share one point; they conflict only when the second turns straight back over the first.
  const back = (first.a.x - first.b.x) * (second.b.x - second.a.x) + (first.a.y - first.b.y) * (second.b.y - second.a.y) > 0
  return back && turn(first.a, first.b, second.b) === 0
}

function edgesOf(points: readonly ImagePoint[]): Edge[] {
  return points.map((a, index) => {
    const b = points[(index + 1) % points.length]!
    return { a, b, index, minX: Math.min(a.x, b.x), maxX: Math.max(a.x, b.x) }
  })
}

/** The ring's points without those that repeat the one before. */
export function distinct(ring: Path): ImagePoint[] {
  const points: ImagePoint[] = []
  for (let i = 0; i < pointCount(ring); i++) {
    const point = pointAt(ring, i), last = points.at(-1)
    if (!last || last.x !== point.x || last.y !== point.y) points.push(point)
  }
  const first = points[0], last = points.at(-1)
  if (points.length > 1 && first && last && first.x === last.x && first.y === last.y) points.pop()
  return points
}
