import type { ImageInput } from '../manifest.ts'

/**
 * Where a picture lies in a model's input. The picture of `item` pixels is resized to `content` and put at (left, top) of the canvas of
 * width × height model pixels; left and top are negative where it is cropped.
 */
export interface Frame {
  readonly width: number; readonly height: number
  readonly contentWidth: number; readonly contentHeight: number
  readonly left: number; readonly top: number
  readonly itemWidth: number; readonly itemHeight: number
  /** Model pixels an item's pixel before sides were rounded, where the picture keeps its shape; null where it is stretched. */
  readonly ratio: number | null
}

/**
 * How an item of width × height pixels lies in the input. A side is never less than 1 pixel, so that lines and dots are defined too.
 *
 * Conventions: content is rounded half to even and the padding left and above is `round(space / 2 − 0.1)`, so that the odd pixel goes
 * right and below, as in Ultralytics' LetterBox (ultralytics/data/augment.py); pictures smaller than the input are enlarged where its
 * size is fixed. `free` never enlarges. `line` gives the height and lets the width follow, rounded up (PaddleOCR, rec_postprocess: `ceil`).
 * `crop` fits the shorter side and keeps the middle (torchvision CenterCrop: `round(space / 2)`).
 */
export function frameOf(input: ImageInput, itemWidth: number, itemHeight: number): Frame {
  const item = { itemWidth, itemHeight }
  switch (input.size.kind) {
    case 'fixed': return { ...placed(input.fit, input.size.width, input.size.height, itemWidth, itemHeight), ...item }
    case 'free': return { ...free(input.fit, input.size, itemWidth, itemHeight), ...item }
    case 'line': return { ...line(input.fit, input.size, itemWidth, itemHeight), ...item }
  }
}

type Lying = Omit<Frame, 'itemWidth' | 'itemHeight'>

function placed(fit: ImageInput['fit'], width: number, height: number, itemWidth: number, itemHeight: number): Lying {
  if (fit === 'stretch') return { width, height, contentWidth: width, contentHeight: height, left: 0, top: 0, ratio: null }
  const across = width / itemWidth, down = height / itemHeight
  const ratio = fit === 'crop' ? Math.max(across, down) : Math.min(across, down)
  const contentWidth = atLeastOne(halfToEven(itemWidth * ratio)), contentHeight = atLeastOne(halfToEven(itemHeight * ratio))
  if (fit === 'top-left') return { width, height, contentWidth, contentHeight, left: 0, top: 0, ratio }
  const before = fit === 'crop' ? (space: number) => -halfToEven(-space / 2) : (space: number) => Math.round(space / 2 - 0.1)
  return { width, height, contentWidth, contentHeight, left: before(width - contentWidth) + 0, top: before(height - contentHeight) + 0, ratio }
}

function free(fit: ImageInput['fit'], { longest, multipleOf }: { longest: number, multipleOf: number }, itemWidth: number, itemHeight: number): Lying {
  const ratio = Math.min(1, longest / Math.max(itemWidth, itemHeight))
  const contentWidth = atLeastOne(halfToEven(itemWidth * ratio)), contentHeight = atLeastOne(halfToEven(itemHeight * ratio))
  const most = Math.max(1, Math.floor(longest / multipleOf))
  const side = (content: number) => {
    const times = content / multipleOf
    const whole = fit === 'stretch' ? halfToEven(times) : fit === 'crop' ? Math.floor(times) : Math.ceil(times)
    return Math.min(Math.max(whole, 1), most) * multipleOf
  }
  const width = side(contentWidth), height = side(contentHeight)
  // What is longer than the greatest multiple, or shorter than one, is fitted once more.
  const fits = fit === 'crop' ? contentWidth >= width && contentHeight >= height : contentWidth <= width && contentHeight <= height
  if (fit === 'stretch' || !fits) return placed(fit, width, height, itemWidth, itemHeight)
  const space = { x: width - contentWidth, y: height - contentHeight }
  if (fit === 'top-left') return { width, height, contentWidth, contentHeight, left: 0, top: 0, ratio }
  const before = (gap: number) => (gap < 0 ? -halfToEven(-gap / 2) : Math.round(gap / 2 - 0.1)) + 0
  return { width, height, contentWidth, contentHeight, left: before(space.x), top: before(space.y), ratio }
}

function line(fit: ImageInput['fit'], { height, leastWidth, mostWidth }: { height: number, leastWidth: number, mostWidth: number }, itemWidth: number, itemHeight: number): Lying {
  const natural = Math.ceil(height * itemWidth / itemHeight)
  const width = Math.max(Math.min(Math.max(natural, leastWidth), mostWidth), 1)
  if (fit === 'stretch') return placed(fit, width, height, itemWidth, itemHeight)
  const contentWidth = Math.max(1, Math.min(natural, width))
  return { width, height, contentWidth, contentHeight: height, left: fit === 'letterbox' ? Math.round((width - contentWidth) / 2 - 0.1) + 0 : 0, top: 0, ratio: null }
}

const atLeastOne = (value: number): number => Math.max(1, value)

/** Python's and C's rounding: a half goes to the even neighbour. */
function halfToEven(value: number): number {
  const floor = Math.floor(value), rest = value - floor
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1
}

/**
 * The size in pixels that a decoder should give at least (the item's own where that is smaller), so that it can shrink while it decodes
 * and nothing is shrunk twice.
 */
export function wantedSize(input: ImageInput, width: number, height: number): { width: number, height: number } {
  const { contentWidth, contentHeight } = frameOf(input, width, height)
  return { width: Math.min(contentWidth, width), height: Math.min(contentHeight, height) }
}
