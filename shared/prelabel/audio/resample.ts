/** Zero crossings of the sinc on each side, at the lower of the two rates: the filter falls from its pass band within ¹⁄₁₂ of it. */
const crossings = 24
/** Kaiser's β for a stop band at about -80 dB (Kaiser 1974). */
const beta = 8
/** The pass band ends here, as a share of the lower Nyquist frequency. */
const rollOff = 0.94

/**
 * Samples at another rate (Hz): band-limited interpolation by a windowed sinc (Smith & Gossett, "A flexible sampling-rate conversion
 * method", ICASSP 1984), one filter a phase. A constant stays itself; beyond the ends the sound is silent. Samples that are not a number count as 0.
 * Throws when a rate is not a whole number of at least 1.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 1 || to < 1) throw new Error(`A sound cannot go from ${from} Hz to ${to} Hz: rates must be whole numbers of at least 1.`)
  const source = samples.some(Number.isNaN) ? samples.map((value) => (Number.isNaN(value) ? 0 : value)) : samples
  if (from === to || samples.length === 0) return source
  const shared = greatestCommonDivisor(from, to)
  const phases = to / shared, step = from / shared
  const filters = filterBank(from, to, phases)
  const taps = filters[0]!.length, reach = taps / 2
  const out = new Float32Array(Math.max(1, Math.round((samples.length * to) / from)))
  for (let n = 0; n < out.length; n++) {
    const whole = Math.floor((n * step) / phases)
    const filter = filters[(n * step) % phases]!
    const first = whole - reach + 1
    let sum = 0
    for (let k = Math.max(0, -first), end = Math.min(taps, source.length - first); k < end; k++) sum += filter[k]! * source[first + k]!
    out[n] = sum
  }
  return out
}

/** For each phase p the weights of the samples around: whole − reach + 1 … whole + reach, for the place whole + p / phases. */
function filterBank(from: number, to: number, phases: number): Float32Array[] {
  const cutoff = rollOff * Math.min(1, to / from)
  const reach = Math.ceil(crossings / Math.min(1, to / from))
  return Array.from({ length: phases }, (_, phase) => {
    const filter = new Float32Array(2 * reach)
    let sum = 0
    for (let k = 0; k < filter.length; k++) {
      const t = k - reach + 1 - phase / phases
      filter[k] = sinc(cutoff * t) * kaiser(t / reach)
      sum += filter[k]!
    }
    return filter.map((value) => value / sum)
  })
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const kaiser = (x: number): number => (Math.abs(x) > 1 ? 0 : bessel0(beta * Math.sqrt(1 - x * x)) / bessel0(beta))

/** The modified Bessel function of order 0, by its series. */
function bessel0(x: number): number {
  let sum = 1, term = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
