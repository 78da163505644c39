import type { Box, Geometry, Mask, Polygon } from '#shared/model/geometry.ts'
import { contoursOf } from './contours.ts'
import { rotatedBoxIou } from './convex.ts'
import { forEachRun, maskArea, reframeMask } from './mask.ts'
import { polygonIou } from './overlay.ts'
import { outlineOf, polygonArea } from './polygon.ts'
import { recently } from './recent.ts'

/** Intersection over union of two axis-parallel boxes, 0 to 1; 0 when neither has an area. */
export function boxIou(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  const common = width > 0 && height > 0 ? width * height : 0
  const all = a.width * a.height + b.width * b.height - common
  return all > 0 ? common / all : 0
}

/** Intersection over union of two masks in whole pixels, 0 to 1; 0 when both are empty. */
export function maskIou(a: Mask, b: Mask): number {
  const common = maskOverlap(a, b)
  const all = maskArea(a) + maskArea(b) - common
  return all > 0 ? common / all : 0
}

/** Number of pixels in both masks. */
export function maskOverlap(a: Mask, b: Mask): number {
  const runs: [number, number][] = []
  forEachRun(reframeMask(b, a), (start, end) => runs.push([start, end]))
  let common = 0, at = 0
  forEachRun(a, (start, end) => {
    while (at < runs.length && runs[at]![1] <= start) at++
    for (let i = at; i < runs.length && runs[i]![0] < end; i++) common += Math.min(end, runs[i]![1]) - Math.max(start, runs[i]![0])
  })
  return common
}

/**
 * Intersection over union of any two areas, 0 to 1; null when one has no area by its kind (lines, points, segments,
 * whole items). A mask against another kind counts as the polygon along its pixel borders.
 */
export function iou(a: Geometry, b: Geometry): number | null {
  if (a.kind === 'box' && b.kind === 'box') return boxIou(a, b)
  if (a.kind === 'mask' && b.kind === 'mask') return maskIou(a, b)
  if (a.kind === 'rotated-box' && b.kind === 'rotated-box') return rotatedBoxIou(a, b)
  if (!hasArea(a) || !hasArea(b)) return null
  const left = areaOutline(a), right = areaOutline(b)
  return left && right ? polygonIou(left, right) : 0
}

/** Whether a geometry of this kind covers pixels. */
export const hasArea = (geometry: Geometry): boolean => geometry.kind === 'mask' || outlineOf(geometry) !== null

/** The border of an area of any kind as a polygon, the same object while it is in use; null for an empty mask and for what has no area. */
export const areaOutline = recently((geometry: Geometry): Polygon | null => (geometry.kind === 'mask' ? contoursOf(geometry) : outlineOf(geometry)))

/** Area in square pixels: holes are left out, a text line has its outline's. 0 for lines, points and times. */
export function areaOf(geometry: Geometry): number {
  switch (geometry.kind) {
    case 'box': case 'rotated-box': return geometry.width * geometry.height
    case 'mask': return maskArea(geometry)
    case 'polygon': return polygonArea(geometry)
    case 'text-line': return areaOf(geometry.outline)
    default: return 0
  }
}
