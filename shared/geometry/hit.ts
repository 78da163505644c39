import type { Geometry, Mask } from '#shared/model/geometry.ts'
import { boundsOf, boundsOfPath, containsPoint, expand } from './bounds.ts'
import { maskHas } from './mask.ts'
import type { ImagePoint } from './point.ts'
import { outlineOf, pointInPolygon } from './polygon.ts'
import { distanceToEdge, pointAt, pointCount, type Path } from './ring.ts'

/** Whether a point touches a geometry: inside its area, or within `tolerance` image pixels of its outline, line or points. */
export function hitsShape(geometry: Geometry, point: ImagePoint, tolerance: number): boolean {
  const bounds = boundsOf(geometry)
  if (bounds === null || !containsPoint(expand(bounds, tolerance), point)) return false
  switch (geometry.kind) {
    case 'mask': return hitsMask(geometry, point, tolerance)
    case 'polyline': return distanceToEdge(geometry.points, point, false) <= tolerance
    case 'points': return nearPoint(geometry.points, point, tolerance)
    case 'keypoints': return nearPoint(geometry.points.filter(({ visibility }) => visibility > 0).flatMap(({ x, y }) => [x, y]), point, tolerance)
    case 'text-line':
      return hitsShape(geometry.outline, point, tolerance) || (geometry.baseline !== null && distanceToEdge(geometry.baseline, point, false) <= tolerance)
    default: return hitsArea(geometry, point, tolerance)
  }
}

function hitsArea(geometry: Geometry, point: ImagePoint, tolerance: number): boolean {
  const outline = outlineOf(geometry)
  if (outline === null) return false
  return pointInPolygon(outline, point) || outline.parts.some((part) => part.some((ring) => ringNear(ring, point, tolerance)))
}

function ringNear(ring: Path, point: ImagePoint, tolerance: number): boolean {
  const bounds = boundsOfPath(ring)
  return bounds !== null && containsPoint(expand(bounds, tolerance), point) && distanceToEdge(ring, point) <= tolerance
}

function nearPoint(points: Path, { x, y }: ImagePoint, tolerance: number): boolean {
  for (let i = 0; i < pointCount(points); i++) {
    const at = pointAt(points, i)
    if (Math.hypot(at.x - x, at.y - y) <= tolerance) return true
  }
  return false
}

/** The pixel under the point, or the nearest ones straight up, down, left and right at the tolerance. */
function hitsMask(mask: Mask, { x, y }: ImagePoint, tolerance: number): boolean {
  return [[0, 0], [tolerance, 0], [-tolerance, 0], [0, tolerance], [0, -tolerance]].some(([dx, dy]) => maskHas(mask, Math.floor(x + dx!), Math.floor(y + dy!)))
}
