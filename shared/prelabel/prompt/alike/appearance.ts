import { forEachRun } from '#shared/geometry/mask.ts'
import type { Picture } from '#shared/prelabel/sample.ts'
import type { Cutout } from '../cutout.ts'

/** How something looks: histograms of its colour (a* and b* together) and of its lightness (CIELAB), and how far it stretches. */
export interface Appearance {
  readonly colour: Float32Array
  readonly lightness: Float32Array
  /** Hu's first moment (1962): 1/2π for a disc, more the longer and the more ragged; the same at every size and angle. */
  readonly stretch: number
}

/** Bins of 16 units of a* and b*, −128 … 128, and of 6¼ units of L*. */
const side = 16
const lightnessBins = 16
/** Pixels that are looked at: more say nothing new. */
const mostPixels = 4000

/** How what a cutout covers looks in the picture of the item, whatever the size at which it is given; null of nothing. `width` and `height` are the item's. */
export function appearanceOf({ mask, stepX, stepY }: Pick<Cutout, 'mask' | 'stepX' | 'stepY'>, picture: Picture, width: number, height: number): Appearance | null {
  const colour = new Float32Array(side * side), lightness = new Float32Array(lightnessBins)
  const every = Math.max(1, Math.floor((mask.width * mask.height) / mostPixels))
  let count = 0, area = 0, sumX = 0, sumY = 0, squares = 0
  forEachRun(mask, (start, end) => {
    for (let at = start; at < end; at++) {
      const x = (mask.x + Math.floor(at / mask.height) + 0.5) * stepX, y = (mask.y + (at % mask.height) + 0.5) * stepY
      area += stepX * stepY
      sumX += x
      sumY += y
      squares += x * x + y * y
      if (count++ % every !== 0) continue
      const column = within(Math.floor((x * picture.width) / width), picture.width), row = within(Math.floor((y * picture.height) / height), picture.height)
      add(colour, lightness, picture.data, (row * picture.width + column) * 3)
    }
  })
  if (count === 0) return null
  const moment = (squares - (sumX * sumX + sumY * sumY) / count) * stepX * stepY
  return { colour: shares(colour), lightness: shares(lightness), stretch: moment / (area * area) }
}

const within = (at: number, length: number) => Math.max(0, Math.min(length - 1, at))

function add(colour: Float32Array, lightness: Float32Array, data: ArrayLike<number>, at: number): void {
  const [l, a, b] = labOf(data[at]!, data[at + 1]!, data[at + 2]!)
  const u = a / 16 + side / 2 - 0.5, v = b / 16 + side / 2 - 0.5
  // Shared out among the bins around it, so that a small shift of colour is a small difference.
  for (const [i, wi] of neighbours(u, side)) for (const [j, wj] of neighbours(v, side)) colour[i * side + j]! += wi * wj
  for (const [i, wi] of neighbours((l * lightnessBins) / 100 - 0.5, lightnessBins)) lightness[i]! += wi
}

function neighbours(at: number, bins: number): readonly (readonly [bin: number, weight: number])[] {
  const low = Math.floor(at), share = at - low
  return [[within(low, bins), 1 - share], [within(low + 1, bins), share]]
}

/** Of sum 1. */
function shares(histogram: Float32Array): Float32Array {
  const sum = histogram.reduce((all, value) => all + value, 0)
  return histogram.map((value) => value / sum)
}

/** How alike two histograms are, 0 … 1: Bhattacharyya's coefficient (1943). */
export function overlap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += Math.sqrt(a[at]! * b[at]!)
  return Math.min(1, sum)
}

/** CIELAB (D65) of an sRGB colour, 0 … 255 (IEC 61966-2-1; CIE 15:2004). */
export function labOf(red: number, green: number, blue: number): readonly [l: number, a: number, b: number] {
  const r = linear(red), g = linear(green), b = linear(blue)
  const x = bent((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = bent(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = bent((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const linear = (value: number) => { const share = value / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4 }
const bent = (value: number) => (value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116)
