import type { Box } from '#shared/model/geometry.ts'
import { boundsBetween } from './bounds.ts'
import type { Bounds, ImagePoint } from './point.ts'
import { anchorOf, fitAbout, resizeBounds, type ResizeOptions, type Side } from './resize.ts'

export const boxOfBounds = ({ minX, minY, maxX, maxY }: Bounds): Box => ({ kind: 'box', x: minX, y: minY, width: maxX - minX, height: maxY - minY })
export const boundsOfBox = ({ x, y, width, height }: Box): Bounds => ({ minX: x, minY: y, maxX: x + width, maxY: y + height })

/** The box between any two opposite corners. */
export const boxBetween = (a: ImagePoint, b: ImagePoint): Box => boxOfBounds(boundsBetween(a, b))

/** The box of a drag from `start` to `end`: a square with `square`, about `start` with `fromCentre`; within `extent` when there is one. */
export function boxOfDrag(start: ImagePoint, end: ImagePoint, { square = false, fromCentre = false } = {}, extent: Bounds | null = null): Box {
  let dx = end.x - start.x, dy = end.y - start.y
  if (square) {
    const side = Math.max(Math.abs(dx), Math.abs(dy))
    dx = dx < 0 ? -side : side
    dy = dy < 0 ? -side : side
  }
  const corner = { x: start.x + dx, y: start.y + dy }
  const opposite = fromCentre ? { x: start.x - dx, y: start.y - dy } : start
  const bounds = boundsBetween(opposite, corner)
  if (extent === null) return boxOfBounds(bounds)
  return boxOfBounds(clampBounds(square || fromCentre ? fitAbout(bounds, start, extent) : bounds, extent))
}

/** The box after its grip `side` was dragged to `to`; see resizeBounds. Within `extent`, as far as the side that stays put is. */
export function resizeBox(box: Box, side: Side, to: ImagePoint, options: ResizeOptions = {}, extent: Bounds | null = null): Box {
  const from = boundsOfBox(box)
  const resized = resizeBounds(from, side, to, options)
  if (extent === null) return boxOfBounds(resized)
  const anchor = anchorOf(side, options.fromCentre)
  return boxOfBounds(fitAbout(resized, { x: box.x + anchor.x * box.width, y: box.y + anchor.y * box.height }, extent))
}

/** The part of a box that is inside `extent`; of a box outside, the nearest border, with width or height 0. */
export const clampBox = (box: Box, extent: Bounds): Box => boxOfBounds(clampBounds(boundsOfBox(box), extent))

function clampBounds(bounds: Bounds, extent: Bounds): Bounds {
  const x = (value: number) => Math.min(Math.max(value, extent.minX), extent.maxX)
  const y = (value: number) => Math.min(Math.max(value, extent.minY), extent.maxY)
  return { minX: x(bounds.minX), minY: y(bounds.minY), maxX: x(bounds.maxX), maxY: y(bounds.maxY) }
}

/** The four corners as a ring, clockwise from the top left. */
export const cornersOfBox = ({ x, y, width, height }: Box): number[] => [x, y, x + width, y, x + width, y + height, x, y + height]
