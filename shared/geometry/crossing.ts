import type { ImagePoint } from './point.ts'
import { type Path, pointAt, pointCount } from './ring.ts'
import { edgesByX, edgesMeet, edgeStride } from './ringEdges.ts'

/**
 * Whether a ring is not simple: two edges that are not neighbours meet (touching counts), or two neighbours lie on top of each other.
 * Repeated points are ignored. Edges are swept by x, so that long freehand rings stay fast.
 */
export function crossesItself(ring: Path): boolean {
  const edges = edgesByX(ring)
  return edges.length >= 3 * edgeStride && edgesMeet(edges)
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
