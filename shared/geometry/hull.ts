import type { RotatedBox } from '#shared/model/geometry.ts'
import { directionOf, rotatePoint } from './angle.ts'
import { boundsOfPath, centreOf } from './bounds.ts'
import { turn } from './lineSegment.ts'
import type { ImagePoint } from './point.ts'
import { type Path, pointAt, pointCount } from './ring.ts'

/** The convex hull, clockwise as seen, without points on its edges (Andrew's monotone chain, 1979). */
export function convexHull(path: Path): number[] {
  const points = Array.from({ length: pointCount(path) }, (_, index) => pointAt(path, index)).sort((a, b) => a.x - b.x || a.y - b.y)
  if (points.length < 3) return points.flatMap(({ x, y }) => [x, y])
  const lower = chain(points), upper = chain(points.toReversed())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)].flatMap(({ x, y }) => [x, y])
}

function chain(points: readonly ImagePoint[]): ImagePoint[] {
  const kept: ImagePoint[] = []
  for (const point of points) {
    while (kept.length >= 2 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop()
    kept.push(point)
  }
  return kept
}

/**
 * The rectangle of least area around some points; null when there is none. One of its sides lies on an edge of the
 * convex hull (Freeman & Shapira, 1975), so each edge of the hull is tried. Its angle is within (-45, 45].
 */
export function minimumAreaRectangle(path: Path): RotatedBox | null {
  const hull = convexHull(path)
  const n = pointCount(hull)
  if (n === 0) return null
  const first = pointAt(hull, 0)
  let best: RotatedBox = { kind: 'rotated-box', cx: first.x, cy: first.y, width: 0, height: 0, angle: 0 }
  let bestArea = Infinity
  for (let i = 0; i < n; i++) {
    const box = n === 1 ? best : rectangleAlong(hull, quarterAngle(directionOf(pointAt(hull, i), pointAt(hull, (i + 1) % n))))
    if (box.width * box.height < bestArea) {
      best = box
      bestArea = box.width * box.height
    }
  }
  return best
}

function rectangleAlong(hull: Path, angle: number): RotatedBox {
  const origin = pointAt(hull, 0)
  const turned: number[] = []
  for (let i = 0; i < pointCount(hull); i++) {
    const { x, y } = rotatePoint(pointAt(hull, i), origin, -angle)
    turned.push(x, y)
  }
  const bounds = boundsOfPath(turned)!
  const centre = rotatePoint(centreOf(bounds), origin, angle)
  return { kind: 'rotated-box', cx: centre.x, cy: centre.y, width: bounds.maxX - bounds.minX, height: bounds.maxY - bounds.minY, angle }
}

/** The same line or its perpendicular within (-45, 45]. */
function quarterAngle(degrees: number): number {
  const turned = ((degrees % 90) + 90) % 90
  return turned > 45 ? turned - 90 : turned
}
