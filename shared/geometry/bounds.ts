import type { Geometry, RotatedBox } from '#shared/model/geometry.ts'
import { cosSin } from './angle.ts'
import type { Bounds, ImagePoint } from './point.ts'

/** The least rectangle around what a geometry draws, in image pixels; null for a segment and a whole item, which draw nothing. */
export function boundsOf(geometry: Geometry): Bounds | null {
  switch (geometry.kind) {
    case 'box': case 'mask':
      return { minX: geometry.x, minY: geometry.y, maxX: geometry.x + geometry.width, maxY: geometry.y + geometry.height }
    case 'rotated-box': return boundsOfRotated(geometry)
    case 'polygon': return unionAll(geometry.parts.flat().map(boundsOfPath))
    case 'polyline': case 'points': return boundsOfPath(geometry.points)
    case 'keypoints': return boundsOfPath(geometry.points.flatMap(({ x, y }) => [x, y]))
    case 'text-line': return unionAll([boundsOf(geometry.outline), geometry.baseline && boundsOfPath(geometry.baseline)])
    case 'segment': case 'item': return null
  }
}

function boundsOfRotated({ cx, cy, width, height, angle }: RotatedBox): Bounds {
  const [cos, sin] = cosSin(angle).map(Math.abs) as [number, number]
  const reachX = (width * cos + height * sin) / 2, reachY = (width * sin + height * cos) / 2
  return { minX: cx - reachX, minY: cy - reachY, maxX: cx + reachX, maxY: cy + reachY }
}

/** Bounds of a flat list x0, y0, x1, y1, …; null when it is empty. */
export function boundsOfPath(path: readonly number[]): Bounds | null {
  if (path.length < 2) return null
  let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity
  for (let i = 0; i + 1 < path.length; i += 2) {
    const x = path[i]!, y = path[i + 1]!
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return { minX, minY, maxX, maxY }
}

/** Bounds from any two opposite corners. */
export const boundsBetween = (a: ImagePoint, b: ImagePoint): Bounds => ({
  minX: Math.min(a.x, b.x), minY: Math.min(a.y, b.y), maxX: Math.max(a.x, b.x), maxY: Math.max(a.y, b.y),
})

export const union = (a: Bounds, b: Bounds): Bounds => ({
  minX: Math.min(a.minX, b.minX), minY: Math.min(a.minY, b.minY), maxX: Math.max(a.maxX, b.maxX), maxY: Math.max(a.maxY, b.maxY),
})

/** The union of those that are not null; null when none is left. */
export function unionAll(all: readonly (Bounds | null)[]): Bounds | null {
  let result: Bounds | null = null
  for (const bounds of all) if (bounds) result = result ? union(result, bounds) : bounds
  return result
}

/** Whether two rectangles meet; a shared border counts. */
export const intersects = (a: Bounds, b: Bounds): boolean => a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY

/** Whether `inner` lies within `outer`; borders count. */
export const contains = (outer: Bounds, inner: Bounds): boolean =>
  outer.minX <= inner.minX && outer.minY <= inner.minY && outer.maxX >= inner.maxX && outer.maxY >= inner.maxY

/** Whether a point lies within; borders count. */
export const containsPoint = (bounds: Bounds, { x, y }: ImagePoint): boolean =>
  x >= bounds.minX && x <= bounds.maxX && y >= bounds.minY && y <= bounds.maxY

/** The rectangle grown by `margin` pixels on each side. */
export const expand = (bounds: Bounds, margin: number): Bounds => ({
  minX: bounds.minX - margin, minY: bounds.minY - margin, maxX: bounds.maxX + margin, maxY: bounds.maxY + margin,
})

export const centreOf = (bounds: Bounds): ImagePoint => ({ x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 })

/** The point of the rectangle that is nearest to `point`. */
export const clampPoint = (point: ImagePoint, extent: Bounds | null): ImagePoint =>
  extent === null ? point : {
    x: Math.min(Math.max(point.x, extent.minX), extent.maxX), y: Math.min(Math.max(point.y, extent.minY), extent.maxY),
  }
