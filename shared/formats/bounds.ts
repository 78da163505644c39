import type { Bounds } from '#shared/geometry/point.ts'
import type { Geometry, RotatedBox } from '#shared/model/geometry.ts'

/** The least upright rectangle around flat coordinates x0, y0, x1, y1, … */
export function boundsOfPath(path: readonly number[]): Bounds {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let index = 0; index + 1 < path.length; index += 2) {
    const x = path[index]!
    const y = path[index + 1]!
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return { minX, minY, maxX, maxY }
}

/** The corners of a rotated box, clockwise on the screen from its own top left, as x0, y0, … */
export function cornersOf(box: RotatedBox): number[] {
  const radians = (box.angle * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const corners: number[] = []
  for (const [dx, dy] of [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const) {
    const [x, y] = [(dx * box.width) / 2, (dy * box.height) / 2]
    corners.push(box.cx + x * cos - y * sin, box.cy + x * sin + y * cos)
  }
  return corners
}

/** The least upright rectangle around a geometry, in pixels; null for what has no place in a picture. */
export function boundsOf(geometry: Geometry): Bounds | null {
  switch (geometry.kind) {
    case 'box':
      return { minX: geometry.x, minY: geometry.y, maxX: geometry.x + geometry.width, maxY: geometry.y + geometry.height }
    case 'rotated-box':
      return boundsOfPath(cornersOf(geometry))
    case 'polygon':
      return boundsOfPath(geometry.parts.flatMap((rings) => rings[0]!))
    case 'mask':
      return { minX: geometry.x, minY: geometry.y, maxX: geometry.x + geometry.width, maxY: geometry.y + geometry.height }
    case 'polyline':
    case 'points':
      return boundsOfPath(geometry.points)
    case 'keypoints':
      return boundsOfPath(labelled(geometry.points).flatMap((point) => [point.x, point.y]))
    case 'text-line':
      return boundsOf(geometry.outline)
    default:
      return null
  }
}

/** The keypoints that were labelled; all of them where none was. */
export function labelled<Point extends { visibility: number }>(points: readonly Point[]): readonly Point[] {
  const some = points.filter((point) => point.visibility > 0)
  return some.length > 0 ? some : points
}

export const upright = (bounds: Bounds): number[] => [bounds.minX, bounds.minY, bounds.maxX - bounds.minX, bounds.maxY - bounds.minY]

/** Twice the signed area divided by two: the shoelace formula, without its sign. */
export function ringArea(ring: readonly number[]): number {
  let twice = 0
  const last = ring.length - 2
  let [fromX, fromY] = [ring[last]!, ring[last + 1]!]
  for (let index = 0; index <= last; index += 2) {
    const x = ring[index]!
    const y = ring[index + 1]!
    twice += fromX * y - x * fromY
    fromX = x
    fromY = y
  }
  return Math.abs(twice) / 2
}
