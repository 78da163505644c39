import type { Polygon } from '#shared/model/geometry.ts'
import { boundsOf, intersects } from './bounds.ts'
import type { Bounds } from './point.ts'
import { recently } from './recent.ts'
import { scanned, scannedCommon } from './scanOverlay.ts'
import { sharedArea, simpleRing, type SimpleRing } from './simpleRing.ts'

export interface OverlayAreas { readonly a: number; readonly b: number; readonly common: number }

// What one polygon brings along, whatever it is laid over: people's shapes are compared each with each.
const nowhere: Bounds = { minX: 0, minY: 0, maxX: 0, maxY: 0 }
const extentOf = recently((polygon: Polygon): Bounds => boundsOf(polygon) ?? nowhere)
const simpleOf = recently(({ parts }: Polygon): SimpleRing | null => (parts.length === 1 && parts[0]!.length === 1 ? simpleRing(parts[0]![0]!) : null))
const scannedOf = recently(scanned)

/**
 * The areas of two polygons and of what they share, in square pixels, exact but for rounding. Even-odd within a part
 * (holes included), union over parts; rings may cross themselves.
 */
export function overlayAreas(a: Polygon, b: Polygon): OverlayAreas {
  const left = simpleOf(a), right = simpleOf(b)
  const meet = intersects(extentOf(a), extentOf(b))
  if (left && right) return { a: left.area, b: right.area, common: meet ? sharedArea(left, right) : 0 }
  const slow = [scannedOf(a), scannedOf(b)] as const
  return { a: slow[0].area, b: slow[1].area, common: meet ? scannedCommon(...slow) : 0 }
}

/** Intersection over union of two polygons, 0 to 1; 0 when neither has an area. */
export function polygonIou(a: Polygon, b: Polygon): number {
  if (!intersects(extentOf(a), extentOf(b))) return 0
  const areas = overlayAreas(a, b)
  const all = areas.a + areas.b - areas.common
  return all > 0 ? Math.min(1, areas.common / all) : 0
}
