/** The magnitudes of a spectrum: `count` = N / 2 + 1 bins of N real samples. */
export interface RealFft {
  readonly size: number
  /** Squared magnitudes |X[k]|², k = 0 … N / 2, of N samples, written to `power`. */
  power(samples: Float64Array, power: Float64Array): void
}

/**
 * A real transform of a power of two, by one complex transform of half the length (Press et al., "Numerical Recipes",
 * 3rd edition, section 12.3: FFT of real functions) and Cooley and Tukey's radix 2 (section 12.2).
 */
export function createRealFft(size: number): RealFft {
  if (size < 4 || (size & (size - 1)) !== 0) throw new Error(`the length of a transform must be a power of two from 4, not ${size}`)
  const half = size / 2
  const re = new Float64Array(half)
  const im = new Float64Array(half)
  const order = bitReversed(half)
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size))
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size))
  return {
    size,
    power(samples, power) {
      for (let n = 0; n < half; n++) {
        const to = order[n]!
        re[to] = samples[2 * n]!
        im[to] = samples[2 * n + 1]!
      }
      butterflies(re, im, cos, sin)
      power[0] = (re[0]! + im[0]!) ** 2
      power[half] = (re[0]! - im[0]!) ** 2
      for (let k = 1; k < half; k++) {
        const back = half - k
        const evenRe = (re[k]! + re[back]!) / 2
        const evenIm = (im[k]! - im[back]!) / 2
        const oddRe = (im[k]! + im[back]!) / 2
        const oddIm = (re[back]! - re[k]!) / 2
        const real = evenRe + oddRe * cos[k]! + oddIm * sin[k]!
        const imaginary = evenIm + oddIm * cos[k]! - oddRe * sin[k]!
        power[k] = real * real + imaginary * imaginary
      }
    },
  }
}

/** In place, over values in bit-reversed order; the tables are those of a transform twice as long. */
function butterflies(re: Float64Array, im: Float64Array, cos: Float64Array, sin: Float64Array): void {
  const length = re.length
  for (let span = 1; span < length; span *= 2) {
    const stride = length / span
    for (let start = 0; start < length; start += 2 * span) {
      for (let k = 0; k < span; k++) {
        const wr = cos[k * stride]!
        const wi = -sin[k * stride]!
        const a = start + k
        const b = a + span
        const real = re[b]! * wr - im[b]! * wi
        const imaginary = re[b]! * wi + im[b]! * wr
        re[b] = re[a]! - real
        im[b] = im[a]! - imaginary
        re[a] = re[a]! + real
        im[a] = im[a]! + imaginary
      }
    }
  }
}

function bitReversed(length: number): Uint32Array {
  const order = new Uint32Array(length)
  for (let n = 1; n < length; n++) order[n] = (order[n >> 1]! >> 1) | (n & 1 ? length >> 1 : 0)
  return order
}
