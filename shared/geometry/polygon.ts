import type { Geometry, Polygon, Ring } from '#shared/model/geometry.ts'
import { cornersOfBox } from './box.ts'
import type { ImagePoint } from './point.ts'
import { pointInRing, ringArea, type Path } from './ring.ts'
import { cornersOfRotated } from './rotatedBox.ts'

/** A polygon of one part without holes. */
export const polygonOfRing = (ring: Path): Polygon => ({ kind: 'polygon', parts: [[[...ring]]] })

/** Area in square pixels: outer rings less their holes. Parts are taken as disjoint, holes as inside their ring. */
export function polygonArea(polygon: Polygon): number {
  let area = 0
  for (const part of polygon.parts) part.forEach((ring, index) => { area += index === 0 ? ringArea(ring) : -ringArea(ring) })
  return Math.max(0, area)
}

/** Whether a point is inside a part and outside that part's holes. */
export const pointInPolygon = (polygon: Polygon, point: ImagePoint): boolean =>
  polygon.parts.some(([outer, ...holes]) => outer !== undefined && pointInRing(outer, point) && !holes.some((hole) => pointInRing(hole, point)))

/** The border of an area as a polygon: a box's four corners, a text line's outline; null for what has no outline (a mask: see contours.ts). */
export function outlineOf(geometry: Geometry): Polygon | null {
  switch (geometry.kind) {
    case 'box': return polygonOfRing(cornersOfBox(geometry))
    case 'rotated-box': return polygonOfRing(cornersOfRotated(geometry))
    case 'polygon': return geometry
    case 'text-line': return outlineOf(geometry.outline)
    default: return null
  }
}

export interface RingPlace { readonly part: number; readonly ring: number }

export const ringAt = (polygon: Polygon, { part, ring }: RingPlace): Ring | undefined => polygon.parts[part]?.[ring]

/** The polygon with one ring replaced; null for the ring removes it (a part goes with its outer ring), and null comes back when nothing is left. */
export function withRing(polygon: Polygon, { part, ring }: RingPlace, replacement: Ring | null): Polygon | null {
  const parts = polygon.parts.flatMap((rings, index) => {
    if (index !== part) return [rings]
    if (replacement !== null) return [rings.map((old, at) => (at === ring ? replacement : old))]
    return ring === 0 ? [] : [rings.filter((_, at) => at !== ring)]
  })
  return parts.length === 0 ? null : { ...polygon, parts }
}
