import type { ImagePoint } from '#shared/geometry/point.ts'
import { outlineOf } from '#shared/geometry/polygon.ts'
import { nearestOnEdge, pointAt, pointCount } from '#shared/geometry/ring.ts'
import { hundredth } from '#shared/geometry/transform.ts'
import { vertexPathsOf, type VertexPath } from '#shared/geometry/vertex.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { snapReach } from './gesture.ts'
import type { Modifiers, ToolView } from './tool.ts'

/** Whether the held keys ask for snapping. */
export const wantsSnap = (modifiers: Modifiers): boolean => modifiers.alt || modifiers.mod

/**
 * The nearest vertex of other shapes within 6 CSS pixels, exactly as it stands there, so that a border is truly shared;
 * else the nearest place on their edges; null when neither is near.
 */
export function snapPoint(point: ImagePoint, view: ToolView, except: AnnotationId | null = null): ImagePoint | null {
  const reach = snapReach / view.scale
  const near = view.within({ minX: point.x - reach, minY: point.y - reach, maxX: point.x + reach, maxY: point.y + reach })
  const paths = near.filter(({ id }) => id !== except).flatMap(({ geometry }) => snapPaths(geometry))
  return nearestVertex(paths, point, reach) ?? nearestEdge(paths, point, reach)
}

function snapPaths(geometry: Geometry): VertexPath[] {
  const outline = outlineOf(geometry)
  return vertexPathsOf(outline ?? geometry)
}

function nearestVertex(paths: readonly VertexPath[], point: ImagePoint, reach: number): ImagePoint | null {
  let best: ImagePoint | null = null, least = reach
  for (const { path } of paths) {
    for (let i = 0; i < pointCount(path); i++) {
      const vertex = pointAt(path, i), distance = Math.hypot(vertex.x - point.x, vertex.y - point.y)
      if (distance <= least) [best, least] = [vertex, distance]
    }
  }
  return best
}

function nearestEdge(paths: readonly VertexPath[], point: ImagePoint, reach: number): ImagePoint | null {
  let best: ImagePoint | null = null, least = reach
  for (const { path, closed, joined } of paths) {
    const nearest = joined ? nearestOnEdge(path, point, closed) : null
    if (nearest && nearest.distance <= least) [best, least] = [{ x: hundredth(nearest.point.x), y: hundredth(nearest.point.y) }, nearest.distance]
  }
  return best
}
