import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRealFft } from './fft.ts'
import { createSpectra, floorDb, hertzOf, melOf, parseVariant, spectrogramTile, stepsPerDb, tileColumns, variantName, windowOf } from './spectrogram.ts'

/** The definition: X[k] = Σ x[n] exp(-2πi kn / N). */
function directPower(samples: Float64Array): number[] {
  const { length } = samples
  return Array.from({ length: length / 2 + 1 }, (_, k) => {
    let re = 0
    let im = 0
    samples.forEach((x, n) => {
      re += x * Math.cos((2 * Math.PI * k * n) / length)
      im -= x * Math.sin((2 * Math.PI * k * n) / length)
    })
    return re * re + im * im
  })
}

test('the transform gives what the definition gives', () => {
  const samples = fc.integer({ min: 2, max: 8 }).chain((log) => fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2 ** log, maxLength: 2 ** log }))
  fc.assert(fc.property(samples, (values) => {
    const input = Float64Array.from(values)
    const power = new Float64Array(values.length / 2 + 1)
    createRealFft(values.length).power(input, power)
    directPower(input).forEach((expected, k) => expect(power[k]).toBeCloseTo(expected, 7))
  }), { numRuns: 40 })
})

test('a full-scale sine in the middle of a bin stands at 0 dB in that bin, whatever the window', () => {
  for (const shape of ['hann', 'hamming', 'blackman', 'rectangular'] as const) {
    const spectra = createSpectra(1024, shape)
    const power = new Float64Array(spectra.bins)
    spectra.add(Float32Array.from({ length: 1024 }, (_, n) => Math.sin((2 * Math.PI * 100 * n) / 1024)), 0, power)
    expect(10 * Math.log10(power[100]!)).toBeCloseTo(0, 3)
    expect(power.indexOf(Math.max(...power))).toBe(100)
  }
})

test('a Hann window begins at nothing and is one in its middle', () => {
  const window = windowOf('hann', 8)
  expect(window[0]).toBe(0)
  expect(window[4]).toBe(1)
})

test('a tile shows when a tone begins, dense and wide alike', async () => {
  const rate = 16_000
  const begins = 64
  for (const hop of [7, 14]) {
    const read = (from: number, count: number) => Promise.resolve(Float32Array.from({ length: count }, (_, n) => (from + n >= begins * 2 ** hop ? Math.sin((2 * Math.PI * 1000 * (from + n)) / rate) : 0)))
    const bytes = await spectrogramTile({ window: 256, shape: 'hann', hop }, 0, read)
    const at = (column: number) => bytes[column * 128 + 16]! / stepsPerDb + floorDb
    expect(bytes).toHaveLength(tileColumns * 128)
    expect(at(begins - 3)).toBeLessThan(-100)
    expect(at(begins + 3)).toBeGreaterThan(-2)
  }
})

test('an address names a variant and nothing else does', () => {
  expect(parseVariant(variantName({ window: 2048, shape: 'blackman', hop: 9 }))).toEqual({ window: 2048, shape: 'blackman', hop: 9 })
  for (const wrong of ['', '1000.hann.9', '1024.kaiser.9', '1024.hann.99', '1024.hann.x']) expect(parseVariant(wrong)).toBeNull()
})

test('1,000 Hz are 1,000 mel, within a mel', () => {
  expect(melOf(1000)).toBeCloseTo(1000, 0)
  expect(hertzOf(melOf(440))).toBeCloseTo(440, 6)
})
