import { cropQuad, wholeQuad } from '../text/crop.ts'
import type { ToItem } from '../text/outline.ts'
import type { ImageSample, Picture } from '../sample.ts'

/** Lightness 0 … 255 a pixel, row by row. */
export interface Grey { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** Luma of ITU-R BT.601. */
export function greyOf({ width, height, data }: Picture): Grey {
  const grey = new Uint8Array(width * height)
  for (let i = 0; i < grey.length; i++) grey[i] = 0.299 * data[i * 3]! + 0.587 * data[i * 3 + 1]! + 0.114 * data[i * 3 + 2]! + 0.5
  return { width, height, data: grey }
}

/** The picture at most `longest` pixels long, and how its pixels become the item's. */
export function shrunk({ picture, width, height }: ImageSample, longest: number): { readonly picture: Picture; readonly toItem: ToItem } {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const across = Math.max(1, Math.round(picture.width * scale)), down = Math.max(1, Math.round(picture.height * scale))
  const small = scale === 1 ? picture : cropQuad(picture, wholeQuad(picture), across, down) ?? picture
  return { picture: small, toItem: { scaleX: width / small.width, scaleY: height / small.height, offsetX: 0, offsetY: 0, width, height } }
}

export function histogramOf({ data }: Grey): Uint32Array {
  const counts = new Uint32Array(256)
  for (const value of data) counts[value]!++
  return counts
}

/**
 * Otsu's threshold ("A threshold selection method from gray-level histograms", 1979): values up to it are the dark class.
 * `separation` is his η, the share of the variance that lies between the classes, 0 … 1; 0 where all pixels are alike.
 */
export function otsu(counts: Uint32Array): { readonly threshold: number; readonly separation: number } {
  let total = 0, sum = 0, squares = 0
  counts.forEach((count, value) => {
    total += count
    sum += count * value
    squares += count * value * value
  })
  const variance = squares / total - (sum / total) ** 2
  let dark = 0, darkSum = 0, best = 0, threshold = 127
  for (let value = 0; value < 255; value++) {
    dark += counts[value]!
    darkSum += counts[value]! * value
    if (dark === 0 || dark === total) continue
    const between = (dark / total) * (1 - dark / total) * (darkSum / dark - (sum - darkSum) / (total - dark)) ** 2
    if (between > best) [best, threshold] = [between, value]
  }
  return { threshold, separation: variance > 0 ? Math.min(1, best / variance) : 0 }
}

/**
 * Ink by Sauvola & Pietikäinen ("Adaptive document image binarization", 2000, eq. 5): darker than m · (1 + k (s / R − 1)) of a window,
 * R = 128. `dark` false: light ink on a dark page.
 */
export function sauvola({ width, height, data }: Grey, dark: boolean, window: number, k = 0.2): Uint8Array {
  const value = (i: number) => (dark ? data[i]! : 255 - data[i]!)
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1)), squares = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0, rowSquares = 0
    for (let x = 0; x < width; x++) {
      const v = value(y * width + x)
      row += v
      rowSquares += v * v
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row
      squares[(y + 1) * stride + x + 1] = squares[y * stride + x + 1]! + rowSquares
    }
  }
  const half = window >> 1
  const bits = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - half) * stride, bottom = Math.min(height, y + half + 1) * stride
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - half), right = Math.min(width, x + half + 1)
      const count = ((bottom - top) / stride) * (right - left)
      const mean = (sums[bottom + right]! - sums[bottom + left]! - sums[top + right]! + sums[top + left]!) / count
      const spread = Math.sqrt(Math.max(0, (squares[bottom + right]! - squares[bottom + left]! - squares[top + right]! + squares[top + left]!) / count - mean * mean))
      if (value(y * width + x) < mean * (1 + k * (spread / 128 - 1))) bits[y * width + x] = 1
    }
  }
  return bits
}
