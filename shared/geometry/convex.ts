import type { RotatedBox } from '#shared/model/geometry.ts'
import { turn } from './lineSegment.ts'
import type { ImagePoint } from './point.ts'
import { type Path, pointAt, pointCount, ringArea, signedArea } from './ring.ts'
import { cornersOfRotated } from './rotatedBox.ts'

/** The part of a ring that is inside a convex ring (Sutherland & Hodgman, 1974). Empty when they don't overlap. */
export function clipToConvex(subject: Path, convex: Path): number[] {
  const n = pointCount(convex)
  const way = Math.sign(signedArea(convex))
  if (way === 0) return []
  let points = Array.from({ length: pointCount(subject) }, (_, index) => pointAt(subject, index))
  for (let i = 0; i < n && points.length > 0; i++) points = clipToHalfPlane(points, pointAt(convex, i), pointAt(convex, (i + 1) % n), way)
  return points.flatMap(({ x, y }) => [x, y])
}

function clipToHalfPlane(points: readonly ImagePoint[], a: ImagePoint, b: ImagePoint, way: number): ImagePoint[] {
  const kept: ImagePoint[] = []
  points.forEach((to, index) => {
    const from = points.at(index - 1)!
    const sideFrom = turn(a, b, from) * way, sideTo = turn(a, b, to) * way
    if (sideFrom < 0 !== sideTo < 0) {
      const t = sideFrom / (sideFrom - sideTo)
      kept.push({ x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) })
    }
    if (sideTo >= 0) kept.push(to)
  })
  return kept
}

/** Intersection over union of two convex rings, 0 to 1; 0 when neither has an area. */
export function convexIou(a: Path, b: Path): number {
  const common = ringArea(clipToConvex(a, b))
  const all = ringArea(a) + ringArea(b) - common
  return all > 0 ? Math.min(1, common / all) : 0
}

export const rotatedBoxIou = (a: RotatedBox, b: RotatedBox): number => convexIou(cornersOfRotated(a), cornersOfRotated(b))
