import type { Picture } from '../sample.ts'

/** The part of the resized picture to make: columns left … left + width, rows top … top + height of a picture resized to `fullWidth` × `fullHeight`. */
export interface Cut { readonly fullWidth: number; readonly fullHeight: number; readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/**
 * A picture resized: bilinear between pixel centres at half-pixels, edges repeated, rounded to 8 bits; cv2.INTER_LINEAR, which is what most
 * detectors are trained with. There is no low-pass filter: whoever decodes shrinks far pictures (see wantedSize).
 */
export function resample(picture: Picture, cut: Cut): Uint8Array | Uint8ClampedArray {
  const { width, height, data } = picture
  if (cut.fullWidth === width && cut.fullHeight === height) return cutOut(picture, cut)
  const out = new Uint8Array(cut.width * cut.height * 3)
  const columns = taps(width, cut.fullWidth, cut.left, cut.width), rows = taps(height, cut.fullHeight, cut.top, cut.height)
  const size = cut.width * 3
  // The two source rows in hand, already resized across.
  let upper = new Float32Array(size), lower = new Float32Array(size), upperRow = -1, lowerRow = -1
  for (let row = 0; row < cut.height; row++) {
    const first = rows.first[row]!, second = rows.second[row]!, share = rows.share[row]!
    if (upperRow !== first) {
      if (lowerRow === first) { [upper, lower] = [lower, upper]; [upperRow, lowerRow] = [lowerRow, upperRow] }
      else { across(data, first * width * 3, columns, upper); upperRow = first }
    }
    if (share > 0 && lowerRow !== second) { across(data, second * width * 3, columns, lower); lowerRow = second }
    blend(upper, share > 0 ? lower : upper, share, out, row * size)
  }
  return out
}

interface Taps { readonly first: Int32Array; readonly second: Int32Array; readonly share: Float32Array }

/** For each wanted place its two neighbours in the source, and the share of the second. */
function taps(source: number, full: number, from: number, count: number): Taps {
  const first = new Int32Array(count), second = new Int32Array(count), share = new Float32Array(count)
  const step = source / full
  for (let i = 0; i < count; i++) {
    const at = Math.min(Math.max((i + from + 0.5) * step - 0.5, 0), source - 1), floor = Math.floor(at)
    first[i] = floor
    second[i] = Math.min(floor + 1, source - 1)
    share[i] = at - floor
  }
  return { first, second, share }
}

function across(data: Uint8Array | Uint8ClampedArray, row: number, { first, second, share }: Taps, out: Float32Array): void {
  for (let i = 0, to = 0; i < first.length; i++, to += 3) {
    const a = row + first[i]! * 3, b = row + second[i]! * 3, t = share[i]!
    const red = data[a]!, green = data[a + 1]!, blue = data[a + 2]!
    out[to] = red + (data[b]! - red) * t
    out[to + 1] = green + (data[b + 1]! - green) * t
    out[to + 2] = blue + (data[b + 2]! - blue) * t
  }
}

function blend(upper: Float32Array, lower: Float32Array, share: number, out: Uint8Array, at: number): void {
  for (let i = 0; i < upper.length; i++) {
    const above = upper[i]!
    out[at + i] = above + (lower[i]! - above) * share + 0.5
  }
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
