import type { Geometry } from '#shared/model/geometry.ts'
import { boundsOf } from './bounds.ts'
import type { Bounds } from './point.ts'
import type { Path } from './ring.ts'

/** A geometry moved by dx, dy pixels. A mask moves by whole pixels; a segment and a whole item do not move. */
export function translate<Kind extends Geometry>(geometry: Kind, dx: number, dy: number): Kind
export function translate(geometry: Geometry, dx: number, dy: number): Geometry {
  switch (geometry.kind) {
    case 'box': return { ...geometry, x: geometry.x + dx, y: geometry.y + dy }
    case 'mask': return { ...geometry, x: geometry.x + Math.round(dx), y: geometry.y + Math.round(dy) }
    case 'rotated-box': return { ...geometry, cx: geometry.cx + dx, cy: geometry.cy + dy }
    case 'text-line': {
      const baseline = geometry.baseline?.map((value, index) => value + (index % 2 === 0 ? dx : dy)) ?? null
      return { ...geometry, outline: translate(geometry.outline, dx, dy), baseline }
    }
    case 'segment': case 'item': return geometry
    default: return mapPoints(geometry, (x) => x + dx, (y) => y + dy)
  }
}

/** A geometry whose coordinates have at most two decimals: a hundredth of a pixel is finer than any hand. Shapes never vanish by it. */
export function rounded<Kind extends Geometry>(geometry: Kind): Kind
export function rounded(geometry: Geometry): Geometry {
  switch (geometry.kind) {
    case 'box': return roundedBox(geometry, 100)
    case 'rotated-box':
      return {
        ...geometry, cx: hundredth(geometry.cx), cy: hundredth(geometry.cy), width: hundredth(geometry.width), height: hundredth(geometry.height),
        angle: hundredth(geometry.angle),
      }
    case 'text-line': return { ...geometry, outline: rounded(geometry.outline), baseline: geometry.baseline?.map(hundredth) ?? null }
    case 'mask': case 'segment': case 'item': return geometry
    default: return mapPoints(geometry, hundredth, hundredth)
  }
}

/** A box with its borders on multiples of 1 / `parts` of a pixel: the borders, not the size, so that boxes that share a border still do. */
export function roundedBox(box: Extract<Geometry, { kind: 'box' }>, parts: number): Extract<Geometry, { kind: 'box' }> {
  const round = (value: number) => Math.round(value * parts) / parts + 0
  const x = round(box.x), y = round(box.y)
  return { ...box, x, y, width: round(round(box.x + box.width) - x), height: round(round(box.y + box.height) - y) }
}

export const hundredth = (value: number): number => Math.round(value * 100) / 100 + 0

type PointShape = Extract<Geometry, { kind: 'polygon' | 'polyline' | 'points' | 'keypoints' }>

function mapPoints(geometry: PointShape, x: (x: number) => number, y: (y: number) => number): Geometry {
  const path = (points: Path) => points.map((value, index) => (index % 2 === 0 ? x(value) : y(value)))
  switch (geometry.kind) {
    case 'polygon': return { ...geometry, parts: geometry.parts.map((part) => part.map(path)) }
    case 'polyline': case 'points': return { ...geometry, points: path(geometry.points) }
    case 'keypoints': return { ...geometry, points: geometry.points.map((point) => ({ ...point, x: x(point.x), y: y(point.y) })) }
  }
}

/** `delta` kept between the two moves that bring one border to its wall, or between 0 and the nearer one when outside. */
const held = (delta: number, toLow: number, toHigh: number) => Math.min(Math.max(delta, Math.min(0, toLow, toHigh)), Math.max(0, toLow, toHigh))

/** How far a rectangle may move of dx, dy without leaving `extent`; one that is already outside may come back but not go farther, one larger than it keeps covering it. */
export function clampMove(bounds: Bounds | null, dx: number, dy: number, extent: Bounds | null): { readonly dx: number; readonly dy: number } {
  if (bounds === null || extent === null) return { dx, dy }
  return {
    dx: held(dx, extent.minX - bounds.minX, extent.maxX - bounds.maxX), dy: held(dy, extent.minY - bounds.minY, extent.maxY - bounds.maxY),
  }
}

/** A geometry moved as far as it stays inside `extent`. */
export function translateWithin(geometry: Geometry, dx: number, dy: number, extent: Bounds | null): Geometry {
  const move = clampMove(boundsOf(geometry), dx, dy, extent)
  return translate(geometry, move.dx, move.dy)
}
