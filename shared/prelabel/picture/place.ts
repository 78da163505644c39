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
 * Item pixels a model pixel, across and down. Where the picture's shape is kept, one ratio counts for both sides, as Ultralytics' scale_boxes and
 * YOLOX have it: boxes then are those that a bare model's own code gives, off by the rounding of a side (half a model pixel at most) from
 * where the pixels went. A side of which less than half a pixel was left has its own ratio.
 */
function ratiosOf({ contentWidth, contentHeight, itemWidth, itemHeight, ratio }: Frame): [number, number] {
  const along = (item: number, content: number) => (ratio !== null && Math.abs(item * ratio - content) <= 0.5 ? 1 / ratio : item / content)
  return [along(itemWidth, contentWidth), along(itemHeight, contentHeight)]
}

export function placeOf(frame: Frame): Place {
  const { left, top, itemWidth, itemHeight } = frame
  const [across, down] = ratiosOf(frame)
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
