import { hitsShape } from '#shared/geometry/hit.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { nearestOnEdge } from '#shared/geometry/ring.ts'
import { vertexPathsOf } from '#shared/geometry/vertex.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Hit } from '#renderer/tools/tool.ts'
import { handlesOf, tooDense } from './handles.ts'
import type { ShapeIndex } from './shapeIndex.ts'

/** CSS pixels within which a pointer touches a line or a point, and a grip. */
export const tolerance = 6
export const handleTolerance = 8

export interface HitScene {
  readonly index: ShapeIndex
  /** Selected shapes that show their grips. */
  readonly gripped: readonly Annotation[]
  readonly visible: (annotation: Annotation) => boolean
}

/** What lies under a point: grips of the selection, nearest first; its edges; then shapes, the topmost first. */
export function hitsAt(point: ImagePoint, scale: number, scene: HitScene): Hit[] {
  const reach = tolerance / scale
  const around = { minX: point.x - reach, minY: point.y - reach, maxX: point.x + reach, maxY: point.y + reach }
  const shapes = scene.index.topmost(around)
    .filter(({ annotation }) => scene.visible(annotation) && hitsShape(annotation.geometry, point, reach))
    .map(({ annotation }): Hit => ({ kind: 'shape', annotation: annotation.id }))
  return [...handleHits(point, scale, scene.gripped), ...scene.gripped.flatMap((annotation) => edgeHits(annotation, point, reach)), ...shapes]
}

function handleHits(point: ImagePoint, scale: number, gripped: readonly Annotation[]): Hit[] {
  const near: { readonly hit: Hit; readonly distance: number }[] = []
  for (const { id, geometry } of gripped) {
    if (tooDense(geometry, scale)) continue
    for (const handle of handlesOf(geometry, scale)) {
      const distance = Math.hypot(handle.at.x - point.x, handle.at.y - point.y) * scale
      if (distance <= handleTolerance) near.push({ hit: { kind: 'handle', annotation: id, handle: handle.id }, distance })
    }
  }
  return near.sort((a, b) => a.distance - b.distance).map(({ hit }) => hit)
}

function edgeHits({ id, geometry }: Annotation, point: ImagePoint, reach: number): Hit[] {
  return vertexPathsOf(geometry).flatMap(({ part, ring, path, closed, joined }): Hit[] => {
    const nearest = joined ? nearestOnEdge(path, point, closed) : null
    return nearest && nearest.distance <= reach ? [{ kind: 'edge', annotation: id, part, ring, after: nearest.after }] : []
  })
}
