import { centreOf } from './bounds.ts'
import type { Bounds, ImagePoint } from './point.ts'

/** A grip on a rectangle's border, by compass: n is up in the rectangle's own frame. */
export type Side = 'n' | 'e' | 's' | 'w' | 'ne' | 'nw' | 'se' | 'sw'
export interface ResizeOptions { readonly keepAspect?: boolean; readonly fromCentre?: boolean }

/** The side or corner that stays put, as the fraction (0, ½ or 1) of width and height. */
export function anchorOf(side: Side, fromCentre = false): ImagePoint {
  if (fromCentre) return { x: 0.5, y: 0.5 }
  return { x: side.includes('e') ? 0 : side.includes('w') ? 1 : 0.5, y: side.includes('s') ? 0 : side.includes('n') ? 1 : 0.5 }
}

/**
 * The rectangle after its grip `side` was dragged to `to`, in the rectangle's own frame. The opposite side or corner
 * stays put, or the centre with `fromCentre`; dragging across it turns the rectangle inside out. With `keepAspect`
 * width : height stays (ignored when either is 0).
 */
export function resizeBounds(from: Bounds, side: Side, to: ImagePoint, { keepAspect = false, fromCentre = false }: ResizeOptions = {}): Bounds {
  const width = from.maxX - from.minX, height = from.maxY - from.minY
  const anchor = anchorOf(side, fromCentre)
  const centre = centreOf(from)
  const fixed = { x: from.minX + anchor.x * width, y: from.minY + anchor.y * height }
  const horizontal = side.includes('e') || side.includes('w'), vertical = side.includes('n') || side.includes('s')
  const reach = fromCentre ? 2 : 1
  let dx = horizontal ? (to.x - fixed.x) * reach : width
  let dy = vertical ? (to.y - fixed.y) * reach : height
  if (keepAspect && width > 0 && height > 0) [dx, dy] = keepRatio(dx, dy, width, height, horizontal, vertical)
  return spread(fixed, dx, dy, { x: horizontal && !fromCentre, y: vertical && !fromCentre }, centre)
}

function keepRatio(dx: number, dy: number, width: number, height: number, horizontal: boolean, vertical: boolean): [number, number] {
  const scaleX = Math.abs(dx) / width, scaleY = Math.abs(dy) / height
  const scale = horizontal && vertical ? Math.max(scaleX, scaleY) : horizontal ? scaleX : scaleY
  return [(dx < 0 ? -1 : 1) * scale * width, (dy < 0 ? -1 : 1) * scale * height]
}

/** The rectangle dx wide and dy high that grows from `fixed` on the axes named by `grows`, and about `centre` on the others. */
function spread(fixed: ImagePoint, dx: number, dy: number, grows: { readonly x: boolean; readonly y: boolean }, centre: ImagePoint): Bounds {
  const [minX, maxX] = grows.x ? [Math.min(fixed.x, fixed.x + dx), Math.max(fixed.x, fixed.x + dx)] : [centre.x - Math.abs(dx) / 2, centre.x + Math.abs(dx) / 2]
  const [minY, maxY] = grows.y ? [Math.min(fixed.y, fixed.y + dy), Math.max(fixed.y, fixed.y + dy)] : [centre.y - Math.abs(dy) / 2, centre.y + Math.abs(dy) / 2]
  return { minX, minY, maxX, maxY }
}

/** `bounds` shrunk towards `anchor` (a point of it) by one factor until it fits in `extent`; unchanged when the anchor is outside. */
export function fitAbout(bounds: Bounds, anchor: ImagePoint, extent: Bounds): Bounds {
  if (anchor.x < extent.minX || anchor.x > extent.maxX || anchor.y < extent.minY || anchor.y > extent.maxY) return bounds
  let factor = 1
  const limit = (edge: number, from: number, wall: number, over: boolean) => {
    if (over) factor = Math.min(factor, (wall - from) / (edge - from))
  }
  limit(bounds.minX, anchor.x, extent.minX, bounds.minX < extent.minX)
  limit(bounds.maxX, anchor.x, extent.maxX, bounds.maxX > extent.maxX)
  limit(bounds.minY, anchor.y, extent.minY, bounds.minY < extent.minY)
  limit(bounds.maxY, anchor.y, extent.maxY, bounds.maxY > extent.maxY)
  if (factor === 1) return bounds
  return {
    minX: anchor.x + (bounds.minX - anchor.x) * factor, minY: anchor.y + (bounds.minY - anchor.y) * factor,
    maxX: anchor.x + (bounds.maxX - anchor.x) * factor, maxY: anchor.y + (bounds.maxY - anchor.y) * factor,
  }
}
