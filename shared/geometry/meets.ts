import type { Geometry } from '#shared/model/geometry.ts'
import { boundsOf, contains, containsPoint, intersects } from './bounds.ts'
import { segmentsMeet } from './lineSegment.ts'
import { maskArea, reframeMask } from './mask.ts'
import type { Bounds, ImagePoint } from './point.ts'
import { outlineOf, pointInPolygon } from './polygon.ts'
import { pointAt, pointCount } from './ring.ts'
import { vertexPathsOf, type VertexPath } from './vertex.ts'

/** Whether a rectangle touches what a geometry draws: its area, its line or one of its points (what a marquee selects). */
export function meetsRectangle(geometry: Geometry, rectangle: Bounds): boolean {
  const bounds = boundsOf(geometry)
  if (bounds === null || !intersects(bounds, rectangle)) return false
  if (contains(rectangle, bounds)) return true
  if (geometry.kind === 'mask') {
    const x = Math.floor(rectangle.minX), y = Math.floor(rectangle.minY)
    return maskArea(reframeMask(geometry, { x, y, width: Math.ceil(rectangle.maxX) - x, height: Math.ceil(rectangle.maxY) - y })) > 0
  }
  const outline = outlineOf(geometry)
  if (vertexPathsOf(outline ?? geometry).some((path) => pathMeets(path, rectangle))) return true
  return outline !== null && pointInPolygon(outline, { x: rectangle.minX, y: rectangle.minY })
}

function pathMeets({ path, closed, joined }: VertexPath, rectangle: Bounds): boolean {
  const n = pointCount(path)
  for (let i = 0; i < n; i++) if (containsPoint(rectangle, pointAt(path, i))) return true
  if (!joined) return false
  const { minX, minY, maxX, maxY } = rectangle
  const corners: ImagePoint[] = [{ x: minX, y: minY }, { x: maxX, y: minY }, { x: maxX, y: maxY }, { x: minX, y: maxY }]
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const a = pointAt(path, i), b = pointAt(path, (i + 1) % n)
    if (corners.some((corner, at) => segmentsMeet(a, b, corner, corners[(at + 1) % 4]!))) return true
  }
  return false
}
