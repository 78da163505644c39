import { boxOfBounds, cornersOfBox } from '#shared/geometry/box.ts'
import { boundsOfPath } from '#shared/geometry/bounds.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { Geometry, TextLine } from '#shared/model/geometry.ts'
import { oneRing } from '../yolo/ring.ts'

export type Outline = TextLine['outline']

/** The relation from a word, which is a text line of its own, to the line that it stands in. */
export const wordOf = 'word of'

/** A ring as a text line's outline: an upright rectangle, its corners clockwise from the top left, as a box. */
export function outlineOfRing(ring: readonly number[]): Outline {
  const bounds = boundsOfPath(ring)
  if (bounds !== null && ring.length === 8) {
    const box = boxOfBounds(bounds)
    const corners = [bounds.minX, bounds.minY, bounds.maxX, bounds.minY, bounds.maxX, bounds.maxY, bounds.minX, bounds.maxY]
    if (corners.every((value, index) => value === ring[index]) && cornersOfBox(box).every((value, index) => value === ring[index])) return box
  }
  return polygonOfRing(ring)
}

/** The one ring that stands for a text line, and what is lost by it; null for what has no outline. */
export function ringOf(geometry: Geometry): { ring: number[]; losses: string[] } | null {
  switch (geometry.kind) {
    case 'text-line':
      return ringOf(geometry.outline)
    case 'box':
      return { ring: cornersOfBox(geometry), losses: [] }
    case 'rotated-box':
      return { ring: cornersOfRotated(geometry), losses: ['rotation-lost'] }
    case 'polygon': {
      const rings = geometry.parts.flat()
      const losses = [...(geometry.parts.length > 1 ? ['parts-joined'] : []), ...(geometry.parts.some((part) => part.length > 1) ? ['holes-joined'] : [])]
      return { ring: rings.length === 1 ? [...rings[0]!] : oneRing(rings), losses }
    }
    default:
      return null
  }
}
