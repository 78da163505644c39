/** Gaussians of one mixture, as in GrabCut. */
export const components = 5
/** Added to every variance: a patch of one colour is not infinitely narrow. */
const leastVariance = 1

/** A mixture of Gaussians over RGB 0 … 255. `weight` 0: not used. */
export interface Gaussian { readonly weight: number; readonly mean: readonly number[]; readonly inverse: readonly number[]; readonly determinant: number }

/** Colours of some pixels: RGB of `data` at each of `pixels`. */
export interface Colours { readonly data: ArrayLike<number>; readonly pixels: Int32Array }

/** Which Gaussian each pixel starts with: k-means from the colours that lie farthest apart (Gonzalez 1985), ten rounds. */
export function clusters({ data, pixels }: Colours): Uint8Array {
  const own = new Uint8Array(pixels.length)
  if (pixels.length === 0) return own
  let centres = farthestApart({ data, pixels })
  for (let round = 0; round < 10; round++) {
    const sums = centres.map(() => [0, 0, 0, 0])
    pixels.forEach((pixel, index) => {
      own[index] = nearest(centres, data, pixel)
      const sum = sums[own[index]!]!
      for (let channel = 0; channel < 3; channel++) sum[channel]! += data[pixel * 3 + channel]!
      sum[3]!++
    })
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
export function learn({ data, pixels }: Colours, own: Uint8Array): Gaussian[] {
  const sums = Array.from({ length: components }, () => new Float64Array(10))
  pixels.forEach((pixel, index) => {
    const sum = sums[own[index]!]!
    const r = data[pixel * 3]!, g = data[pixel * 3 + 1]!, b = data[pixel * 3 + 2]!
    ;[1, r, g, b, r * r, r * g, r * b, g * g, g * b, b * b].forEach((value, at) => { sum[at]! += value })
  })
  return sums.map((sum) => gaussianOf(sum, pixels.length))
}

function gaussianOf([count, r, g, b, rr, rg, rb, gg, gb, bb]: Float64Array, total: number): Gaussian {
  const n = count!
  if (n === 0) return { weight: 0, mean: [0, 0, 0], inverse: [], determinant: 1 }
  const mean = [r! / n, g! / n, b! / n]
  const [x, y, z] = mean as [number, number, number]
  const a = rr! / n - x * x + leastVariance, d = gg! / n - y * y + leastVariance, f = bb! / n - z * z + leastVariance
  const p = rg! / n - x * y, q = rb! / n - x * z, s = gb! / n - y * z
  const determinant = a * (d * f - s * s) - p * (p * f - s * q) + q * (p * s - d * q)
  // The six numbers of the symmetric inverse: xx, xy, xz, yy, yz, zz.
  const inverse = [d * f - s * s, q * s - p * f, p * s - q * d, a * f - q * q, p * q - a * s, a * d - p * p].map((value) => value / determinant)
  return { weight: n / total, mean, inverse, determinant }
}

/** -log of a Gaussian's share of the probability of a colour, without the constant. */
function cost({ weight, mean, inverse, determinant }: Gaussian, data: ArrayLike<number>, pixel: number): number {
  if (weight === 0) return Infinity
  const x = data[pixel * 3]! - mean[0]!, y = data[pixel * 3 + 1]! - mean[1]!, z = data[pixel * 3 + 2]! - mean[2]!
  const [xx, xy, xz, yy, yz, zz] = inverse as [number, number, number, number, number, number]
  return -Math.log(weight) + 0.5 * Math.log(determinant) + 0.5 * (xx * x * x + yy * y * y + zz * z * z + 2 * (xy * x * y + xz * x * z + yz * y * z))
}

/** The Gaussian that each pixel most likely comes from. */
export function assign({ data, pixels }: Colours, mixture: readonly Gaussian[]): Uint8Array {
  return Uint8Array.from(pixels, (pixel) => {
    let best = 0, least = Infinity
    mixture.forEach((gaussian, index) => {
      const own = cost(gaussian, data, pixel)
      if (own < least) [best, least] = [index, own]
    })
    return best
  })
}

/** -log of the mixture's probability of a colour, without the constant. */
export function mixtureCost(mixture: readonly Gaussian[], data: ArrayLike<number>, pixel: number): number {
  let sum = 0, least = Infinity
  const costs = mixture.map((gaussian) => cost(gaussian, data, pixel))
  for (const each of costs) least = Math.min(least, each)
  for (const each of costs) sum += Math.exp(least - each)
  return least - Math.log(sum)
}
