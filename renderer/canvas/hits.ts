import type { ImagePoint } from '#shared/geometry/point.ts'
import { hitsAt } from '#renderer/tools/hits.ts'
import type { Hit, ToolView } from '#renderer/tools/tool.ts'
import { shownAt } from './handles.ts'

/** What lies under a point, but for grips that are not shown at this scale. */
export function shownHits(point: ImagePoint, view: ToolView): Hit[] {
  return hitsAt(point, view).filter((hit) => {
    if (hit.kind !== 'handle') return true
    const annotation = view.annotation(hit.annotation)
    return annotation !== undefined && shownAt(annotation.geometry, view.scale)(hit.handle)
  })
}
