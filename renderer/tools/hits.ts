import { hitsShape } from '#shared/geometry/hit.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { nearestOnEdge } from '#shared/geometry/ring.ts'
import { vertexPathsOf } from '#shared/geometry/vertex.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { cssDistance, snapReach } from './gesture.ts'
import { handlesOf } from './handles.ts'
import type { Hit, ToolView } from './tool.ts'

/** How near, in CSS pixels, the pointer must be to an outline, and to an edge that is to be split. */
const outlineReach = 4

/**
 * What lies under a point, as the tools expect it: grips of the selected shape (nearest first), then its edges, then
 * shapes, topmost first. With several shapes selected there are no grips: they move as one.
 */
export function hitsAt(point: ImagePoint, view: ToolView): Hit[] {
  const reach = outlineReach / view.scale
  const around = { minX: point.x - reach, minY: point.y - reach, maxX: point.x + reach, maxY: point.y + reach }
  const shapes = view.within(around).filter(({ geometry }) => hitsShape(geometry, point, reach))
  const selected = view.selection.length === 1 ? view.annotation(view.selection[0]!) : undefined
  const grips = selected && view.editable(selected) ? [...gripHits(selected, point, view), ...edgeHits(selected, point, reach)] : []
  return [...grips, ...shapes.map(({ id }): Hit => ({ kind: 'shape', annotation: id }))]
}

function gripHits({ id, geometry }: Annotation, point: ImagePoint, view: ToolView): Hit[] {
  return handlesOf(geometry, view.scale)
    .map(({ handle, point: at }) => ({ handle, distance: cssDistance(at, point, view) }))
    .filter(({ distance }) => distance <= snapReach)
    .sort((a, b) => a.distance - b.distance)
    .map(({ handle }) => ({ kind: 'handle', annotation: id, handle }))
}

function edgeHits({ id, geometry }: Annotation, point: ImagePoint, reach: number): Hit[] {
  return vertexPathsOf(geometry)
    .filter(({ joined }) => joined)
    .map(({ part, ring, path, closed }) => ({ part, ring, nearest: nearestOnEdge(path, point, closed) }))
    .filter(({ nearest }) => nearest !== null && nearest.distance <= reach)
    .sort((a, b) => a.nearest!.distance - b.nearest!.distance)
    .map(({ part, ring, nearest }) => ({ kind: 'edge', annotation: id, part, ring, after: nearest!.after }))
}
