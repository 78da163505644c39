import { createRealFft } from './fft.ts'

export const windowLengths = [256, 512, 1024, 2048, 4096] as const
export type WindowLength = (typeof windowLengths)[number]
export const windowShapes = ['hann', 'hamming', 'blackman', 'rectangular'] as const
export type WindowShape = (typeof windowShapes)[number]

/** Columns that travel together. */
export const tileColumns = 128
/** A byte of a column is (dB + 120) × 2: -120 dB to +7.5 dB of full scale in steps of half a decibel. */
export const floorDb = -120
export const stepsPerDb = 2

/** Which spectra a tile holds: column c is centred on frame c × 2^hop. */
export interface SpectrogramVariant {
  readonly window: WindowLength
  readonly shape: WindowShape
  /** log2 of the frames from one column to the next. */
  readonly hop: number
}

/** As a part of an address: `1024.hann.9`. */
export const variantName = ({ window, shape, hop }: SpectrogramVariant): string => `${window}.${shape}.${hop}`

export function parseVariant(name: string): SpectrogramVariant | null {
  const [length, shape, hop] = name.split('.')
  const window = windowLengths.find((value) => String(value) === length)
  const known = windowShapes.find((value) => value === shape)
  const log = Number(hop)
  return window && known && Number.isInteger(log) && log >= 2 && log <= 40 ? { window, shape: known, hop: log } : null
}

/** Harris, "On the Use of Windows for Harmonic Analysis with the DFT", 1978; the periodic forms. */
export function windowOf(shape: WindowShape, length: number): Float64Array {
  const cosine = (n: number, times: number) => Math.cos((2 * Math.PI * times * n) / length)
  return Float64Array.from({ length }, (_, n) => {
    switch (shape) {
      case 'hann': return 0.5 - 0.5 * cosine(n, 1)
      case 'hamming': return 0.54 - 0.46 * cosine(n, 1)
      case 'blackman': return 0.42 - 0.5 * cosine(n, 1) + 0.08 * cosine(n, 2)
      case 'rectangular': return 1
    }
  })
}

/** Makes columns: a full-scale sine in the middle of a bin stands at 0 dB. */
export function createSpectra(length: number, shape: WindowShape) {
  const fft = createRealFft(length)
  const window = windowOf(shape, length)
  const gain = window.reduce((sum, value) => sum + value, 0) / 2
  const windowed = new Float64Array(length)
  const power = new Float64Array(length / 2 + 1)
  return {
    bins: length / 2,
    /** The powers of `length` frames of `samples` from `at` on, added to `into`. */
    add(samples: Float32Array, at: number, into: Float64Array): void {
      for (let n = 0; n < length; n++) windowed[n] = (samples[at + n] ?? 0) * window[n]!
      fft.power(windowed, power)
      for (let bin = 0; bin < into.length; bin++) into[bin] = into[bin]! + power[bin]! / (gain * gain)
    },
  }
}

/** A power (1 = full scale) as the byte of a tile. */
export const powerToByte = (power: number): number => Math.max(0, Math.min(255, Math.round((10 * Math.log10(power + 1e-13) - floorDb) * stepsPerDb)))

/** Windows that one column is the mean of where columns stand further apart than a window is long. */
const windowsPerWideColumn = 3

/** One tile: `tileColumns` columns of window / 2 bytes, the lowest frequency first. `read` gives frames, silence outside the sound. */
export async function spectrogramTile({ window, shape, hop }: SpectrogramVariant, tile: number, read: (from: number, count: number) => Promise<Float32Array>): Promise<Uint8Array<ArrayBuffer>> {
  const spectra = createSpectra(window, shape)
  const step = 2 ** hop
  const bytes = new Uint8Array(tileColumns * spectra.bins)
  const power = new Float64Array(spectra.bins)
  const dense = step <= window * 2
  const start = tile * tileColumns * step - window / 2
  const all = dense ? await read(start, (tileColumns - 1) * step + window) : null
  for (let column = 0; column < tileColumns; column++) {
    power.fill(0)
    const windows = dense ? 1 : windowsPerWideColumn
    for (let each = 0; each < windows; each++) {
      if (all) spectra.add(all, column * step, power)
      else spectra.add(await read(start + column * step + Math.round((step * (each + 0.5)) / windows - step / 2), window), 0, power)
    }
    for (let bin = 0; bin < spectra.bins; bin++) bytes[column * spectra.bins + bin] = powerToByte(power[bin]! / windows)
  }
  return bytes
}

/** O'Shaughnessy, "Speech Communication", 1987: mel = 2595 log10(1 + f / 700). */
export const melOf = (hertz: number): number => 2595 * Math.log10(1 + hertz / 700)
export const hertzOf = (mel: number): number => 700 * (10 ** (mel / 2595) - 1)
