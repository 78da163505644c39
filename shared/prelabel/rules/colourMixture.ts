/** Gaussians of one mixture, as in GrabCut. */
export const components = 5
/** Added to every variance: a patch of one colour is not infinitely narrow. */
const leastVariance = 1

/**
 * A mixture of Gaussians over RGB 0 … 255, ten numbers each: -log weight + ½ log determinant (Infinity: not used), the mean, and the
 * inverse covariance (xx, xy, xz, yy, yz, zz).
 */
export type Mixture = Float64Array
const stride = 10

/** Colours of some pixels: RGB of `data` at each of `pixels`. */
export interface Colours { readonly data: ArrayLike<number>; readonly pixels: Int32Array }

/** Which Gaussian each pixel starts with: k-means from the colours that lie farthest apart (Gonzalez 1985), ten rounds. */
export function clusters({ data, pixels }: Colours): Uint8Array {
  const own = new Uint8Array(pixels.length)
  if (pixels.length === 0) return own
  let centres = farthestApart({ data, pixels })
  for (let round = 0; round < 10; round++) {
    const sums = centres.map(() => [0, 0, 0, 0])
    let moved = false
    for (let index = 0; index < pixels.length; index++) {
      const pixel = pixels[index]!, best = nearest(centres, data, pixel)
      if (best !== own[index]) moved = true
      own[index] = best
      const sum = sums[best]!
      for (let channel = 0; channel < 3; channel++) sum[channel]! += data[pixel * 3 + channel]!
      sum[3]!++
    }
    if (round > 0 && !moved) break
    centres = sums.map((sum, index) => (sum[3] === 0 ? centres[index]! : sum.slice(0, 3).map((value) => value / sum[3]!)))
  }
  return own
}

function farthestApart({ data, pixels }: Colours): number[][] {
  const every = Math.max(1, Math.floor(pixels.length / 2000))
  const colour = (pixel: number) => [data[pixel * 3]!, data[pixel * 3 + 1]!, data[pixel * 3 + 2]!]
  const centres = [colour(pixels[0]!)]
  while (centres.length < components) {
    let best = pixels[0]!, most = -1
    for (let index = 0; index < pixels.length; index += every) {
      const apart = Math.min(...centres.map((centre) => squared(centre, data, pixels[index]!)))
      if (apart > most) [best, most] = [pixels[index]!, apart]
    }
    centres.push(colour(best))
  }
  return centres
}

const nearest = (centres: readonly (readonly number[])[], data: ArrayLike<number>, pixel: number): number => {
  let best = 0, least = Infinity
  for (let index = 0; index < centres.length; index++) {
    const apart = squared(centres[index]!, data, pixel)
    if (apart < least) [best, least] = [index, apart]
  }
  return best
}

const squared = (centre: readonly number[], data: ArrayLike<number>, pixel: number): number =>
  (centre[0]! - data[pixel * 3]!) ** 2 + (centre[1]! - data[pixel * 3 + 1]!) ** 2 + (centre[2]! - data[pixel * 3 + 2]!) ** 2

/** The mixture of pixels of which each has its Gaussian: mean, covariance and share. */
export function learn({ data, pixels }: Colours, own: Uint8Array): Mixture {
  const sums = new Float64Array(components * stride)
  for (let index = 0; index < pixels.length; index++) {
    const at = own[index]! * stride, pixel = pixels[index]! * 3
    const r = data[pixel]!, g = data[pixel + 1]!, b = data[pixel + 2]!
    sums[at]!++
    sums[at + 1]! += r
    sums[at + 2]! += g
    sums[at + 3]! += b
    sums[at + 4]! += r * r
    sums[at + 5]! += r * g
    sums[at + 6]! += r * b
    sums[at + 7]! += g * g
    sums[at + 8]! += g * b
    sums[at + 9]! += b * b
  }
  const mixture = new Float64Array(components * stride)
  for (let at = 0; at < sums.length; at += stride) mixture.set(gaussianOf(sums.subarray(at, at + stride), pixels.length), at)
  return mixture
}

function gaussianOf(sums: Float64Array, total: number): number[] {
  const [n, r, g, b, rr, rg, rb, gg, gb, bb] = sums as unknown as [number, number, number, number, number, number, number, number, number, number]
  if (n === 0) return [Infinity]
  const x = r / n, y = g / n, z = b / n
  const a = rr / n - x * x + leastVariance, d = gg / n - y * y + leastVariance, f = bb / n - z * z + leastVariance
  const p = rg / n - x * y, q = rb / n - x * z, s = gb / n - y * z
  const determinant = a * (d * f - s * s) - p * (p * f - s * q) + q * (p * s - d * q)
  const inverse = [d * f - s * s, q * s - p * f, p * s - q * d, a * f - q * q, p * q - a * s, a * d - p * p].map((value) => value / determinant)
  return [-Math.log(n / total) + 0.5 * Math.log(determinant), x, y, z, ...inverse]
}

/** -log of the share that the Gaussian at `at` has of a colour's probability, without the constant. */
function cost(m: Mixture, at: number, data: ArrayLike<number>, pixel: number): number {
  const x = data[pixel * 3]! - m[at + 1]!, y = data[pixel * 3 + 1]! - m[at + 2]!, z = data[pixel * 3 + 2]! - m[at + 3]!
  return m[at]! + 0.5 * (m[at + 4]! * x * x + m[at + 7]! * y * y + m[at + 9]! * z * z) + m[at + 5]! * x * y + m[at + 6]! * x * z + m[at + 8]! * y * z
}

/** The Gaussian that each pixel most likely comes from. */
export function assign({ data, pixels }: Colours, mixture: Mixture): Uint8Array {
  const own = new Uint8Array(pixels.length)
  for (let index = 0; index < pixels.length; index++) {
    let least = Infinity
    for (let each = 0; each < components; each++) {
      const value = cost(mixture, each * stride, data, pixels[index]!)
      if (value < least) {
        least = value
        own[index] = each
      }
    }
  }
  return own
}

/** -log of the mixture's probability of a colour, without the constant. */
export function mixtureCost(mixture: Mixture, data: ArrayLike<number>, pixel: number): number {
  let least = Infinity
  for (let at = 0; at < mixture.length; at += stride) least = Math.min(least, cost(mixture, at, data, pixel))
  let sum = 0
  for (let at = 0; at < mixture.length; at += stride) sum += Math.exp(least - cost(mixture, at, data, pixel))
  return least - Math.log(sum)
}
