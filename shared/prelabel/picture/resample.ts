import type { Picture } from '../sample.ts'

/** The part of the resized picture to make: columns left … left + width, rows top … top + height of a picture resized to `fullWidth` × `fullHeight`. */
export interface Cut { readonly fullWidth: number; readonly fullHeight: number; readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Shares of a neighbour are counted in 2,048ths, as cv2 does (INTER_RESIZE_COEF_BITS 11). */
const whole = 2048

/**
 * A picture resized: bilinear between pixel centres at half-pixels, edges repeated, in whole numbers as cv2.INTER_LINEAR reckons with bytes,
 * which is what most detectors are trained with. There is no low-pass filter: whoever decodes shrinks far pictures (see wantedSize).
 */
export function resample(picture: Picture, cut: Cut): Uint8Array | Uint8ClampedArray {
  const { width, height, data } = picture
  if (cut.fullWidth === width && cut.fullHeight === height) return cutOut(picture, cut)
  const out = new Uint8Array(cut.width * cut.height * 3)
  const columns = taps(width, cut.fullWidth, cut.left, cut.width), rows = taps(height, cut.fullHeight, cut.top, cut.height)
  const size = cut.width * 3
  // The two source rows in hand, already resized across.
  let upper = new Int32Array(size), lower = new Int32Array(size), upperRow = -1, lowerRow = -1
  for (let row = 0; row < cut.height; row++) {
    const first = rows.first[row]!, second = rows.second[row]!
    if (upperRow !== first && lowerRow === first) { [upper, lower] = [lower, upper]; [upperRow, lowerRow] = [lowerRow, upperRow] }
    if (upperRow !== first) { across(data, first * width * 3, columns, upper); upperRow = first }
    if (lowerRow !== second) { across(data, second * width * 3, columns, lower); lowerRow = second }
    blend(upper, lower, rows.share[row]!, out, row * size)
  }
  return out
}

interface Taps { readonly first: Int32Array; readonly second: Int32Array; readonly share: Int32Array }

/** For each wanted place its two neighbours in the source, and the share of the second. */
function taps(source: number, full: number, from: number, count: number): Taps {
  const first = new Int32Array(count), second = new Int32Array(count), share = new Int32Array(count)
  const step = source / full
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max((i + from + 0.5) * step - 0.5, 0), source - 1), floor = Math.floor(at)
    first[i] = floor
    second[i] = Math.min(floor + 1, source - 1)
    share[i] = Math.round((at - floor) * whole)
  }
  return { first, second, share }
}

/** A row of the source at the wanted columns, times 2,048. */
function across(data: Uint8Array | Uint8ClampedArray, row: number, { first, second, share }: Taps, out: Int32Array): void {
  for (let i = 0, to = 0; i < first.length; i++, to += 3) {
    const a = row + first[i]! * 3, b = row + second[i]! * 3, t = share[i]!, rest = whole - t
    out[to] = data[a]! * rest + data[b]! * t
    out[to + 1] = data[a + 1]! * rest + data[b + 1]! * t
    out[to + 2] = data[a + 2]! * rest + data[b + 2]! * t
  }
}

/** Two such rows, times 2,048 again, rounded back to bytes with the shifts of cv2, which keep the numbers within 32 bits. */
function blend(upper: Int32Array, lower: Int32Array, share: number, out: Uint8Array, at: number): void {
  const rest = whole - share
  for (let i = 0; i < upper.length; i++) out[at + i] = (((rest * (upper[i]! >> 4)) >> 16) + ((share * (lower[i]! >> 4)) >> 16) + 2) >> 2
}

function cutOut({ width, height, data }: Picture, { left, top, width: cutWidth, height: cutHeight }: Cut): Uint8Array | Uint8ClampedArray {
  if (left === 0 && top === 0 && cutWidth === width && cutHeight === height) return data
  const out = new Uint8Array(cutWidth * cutHeight * 3)
  for (let row = 0; row < cutHeight; row++) {
    const from = ((row + top) * width + left) * 3
    out.set(data.subarray(from, from + cutWidth * 3), row * cutWidth * 3)
  }
  return out
}
