import type { Frame } from './frame.ts'

/** Maps pixels of the model's input to pixels of the item and back. Both count from the corner of the first pixel, so a pixel's centre is at ½. */
export interface Place {
  readonly frame: Frame
  /** Not clamped. */
  toItemX(x: number): number
  toItemY(y: number): number
  toModelX(x: number): number
  toModelY(y: number): number
  /** The corners of a box in model pixels as the item's, within the item: [x1, y1, x2, y2]. */
  boxToItem(x1: number, y1: number, x2: number, y2: number): [number, number, number, number]
}

/**
 * The map that resizing with half-pixel centres makes: a side of `content` pixels covers the item's side exactly. (Ultralytics' scale_boxes
 * takes one ratio for both sides instead, which is off by the rounding of the shorter one: less than half a model pixel.)
 */
export function placeOf(frame: Frame): Place {
  const { contentWidth, contentHeight, left, top, itemWidth, itemHeight } = frame
  const across = itemWidth / contentWidth, down = itemHeight / contentHeight
  const toItemX = (x: number) => (x - left) * across, toItemY = (y: number) => (y - top) * down
  return {
    frame, toItemX, toItemY,
    toModelX: (x) => x / across + left, toModelY: (y) => y / down + top,
    boxToItem: (x1, y1, x2, y2) => [
      between(toItemX(x1), itemWidth), between(toItemY(y1), itemHeight), between(toItemX(x2), itemWidth), between(toItemY(y2), itemHeight),
    ],
  }
}

const between = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
