/** Samples a window and from one to the next, at 16 kHz: 25 and 10 ms (Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022, section 2.2). */
const size = 400
export const hop = 160
const bins = size / 2 + 1

/** Hertz → mel and back as in Slaney's Auditory Toolbox (1998): linear up to 1 kHz, then logarithmic, 27 steps to a factor of 6.4. */
const linear = 200 / 3
const logStep = Math.log(6.4) / 27
const slaneyMel = (hertz: number): number => (hertz < 1000 ? hertz / linear : 15 + Math.log(hertz / 1000) / logStep)
const slaneyHertz = (mel: number): number => (mel < 15 ? mel * linear : 1000 * Math.exp(logStep * (mel - 15)))

/**
 * Triangles over the bins of the power spectrum, one a mel band, from 0 Hz to half the rate, each of area 1 in hertz
 * (librosa.filters.mel with its defaults): `mels` rows of size / 2 + 1 weights.
 */
export function melFilters(mels: number, sampleRate: number): Float32Array[] {
  const top = slaneyMel(sampleRate / 2)
  const edges = Array.from({ length: mels + 2 }, (_, index) => slaneyHertz((top * index) / (mels + 1)))
  return Array.from({ length: mels }, (_, mel) => {
    const [low, middle, high] = [edges[mel]!, edges[mel + 1]!, edges[mel + 2]!]
    return Float32Array.from({ length: bins }, (_, bin) => {
      const hertz = (bin * sampleRate) / size
      return (Math.max(0, Math.min((hertz - low) / (middle - low), (high - hertz) / (high - middle))) * 2) / (high - low)
    })
  })
}

/**
 * Whisper's features [mels, frames], band by band, of sound at 16 kHz: the power spectrum of Hann windows (the sound mirrored at its ends),
 * mel bands, log10 of at least 1e-10, no lower than 8 under the highest, (x + 4) / 4. The sound is cut or filled with silence to `frames` × 160 samples.
 */
export function logMel(samples: Float32Array, mels: number, frames: number, sampleRate = 16_000): Float32Array {
  const filters = melFilters(mels, sampleRate).map(bandOf)
  const sound = new Float32Array(frames * hop)
  sound.set(samples.subarray(0, sound.length))
  const out = new Float32Array(mels * frames)
  const power = new Float64Array(bins)
  const spectrum = createSpectrum()
  let highest = -Infinity
  for (let frame = 0; frame < frames; frame++) {
    spectrum(sound, frame * hop - size / 2, power)
    filters.forEach(({ first, weights }, mel) => {
      let sum = 0
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * power[first + k]!
      const value = Math.log10(Math.max(1e-10, sum))
      out[mel * frames + frame] = value
      if (value > highest) highest = value
    })
  }
  return out.map((value) => (Math.max(value, highest - 8) + 4) / 4)
}

function bandOf(row: Float32Array): { readonly first: number; readonly weights: Float32Array } {
  const first = Math.max(0, row.findIndex((weight) => weight > 0))
  return { first, weights: row.slice(first, row.findLastIndex((weight) => weight > 0) + 1) }
}

/**
 * |X[k]|² of a window, k = 0 … 200. The length is no power of two, so each bin is summed directly, over half the window
 * (a real signal folded into its even and odd part): a third of a second for thirty seconds of sound, little beside the model.
 */
function createSpectrum(): (sound: Float32Array, at: number, power: Float64Array) => void {
  const half = size / 2
  const window = Float64Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size))
  const cos = Float64Array.from({ length: size }, (_, n) => Math.cos((2 * Math.PI * n) / size))
  const sin = Float64Array.from({ length: size }, (_, n) => Math.sin((2 * Math.PI * n) / size))
  const cosines = Array.from({ length: bins }, (_, k) => Float64Array.from({ length: half + 1 }, (_, n) => cos[(k * n) % size]!))
  const sines = Array.from({ length: bins }, (_, k) => Float64Array.from({ length: half + 1 }, (_, n) => sin[(k * n) % size]!))
  const even = new Float64Array(half + 1), odd = new Float64Array(half + 1)
  return (sound, at, power) => {
    const value = (n: number) => sound[mirrored(at + n, sound.length)]! * window[n]!
    let silent = true
    for (let n = 0; n <= half; n++) {
      const a = value(n), b = n === 0 || n === half ? 0 : value(size - n)
      even[n] = a + b
      odd[n] = a - b
      if (a !== 0 || b !== 0) silent = false
    }
    if (silent) {
      power.fill(0)
      return
    }
    for (let k = 0; k < bins; k++) {
      const c = cosines[k]!, s = sines[k]!
      let re = 0, im = 0
      for (let n = 0; n <= half; n++) {
        re += even[n]! * c[n]!
        im += odd[n]! * s[n]!
      }
      power[k] = re * re + im * im
    }
  }
}

/** A place outside as its mirror image; the first and last sample are not repeated. */
function mirrored(place: number, length: number): number {
  if (place < 0) return Math.min(length - 1, -place)
  return place < length ? place : Math.max(0, 2 * (length - 1) - place)
}
