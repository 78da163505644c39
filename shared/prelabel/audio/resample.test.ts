import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resample } from './resample.ts'

const sine = (hertz: number, rate: number, seconds = 0.4) => Float32Array.from({ length: Math.round(rate * seconds) }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate))
/** The largest difference away from the ends. */
const apart = (a: Float32Array, b: Float32Array) => a.reduce((most, value, n) => (n < 400 || n > a.length - 400 ? most : Math.max(most, Math.abs(value - b[n]!))), 0)
const level = (samples: Float32Array) => Math.sqrt(samples.subarray(400, -400).reduce((sum, value) => sum + value * value, 0) / (samples.length - 800))

describe('resampling', () => {
  test.each([[48_000, 16_000], [44_100, 16_000], [8000, 16_000], [22_050, 16_000], [11_025, 16_000]])('a sine of 1 kHz at %i Hz is the sine at %i Hz, to 1e-3', (from, to) => {
    const made = resample(sine(1000, from), from, to)
    expect(made).toHaveLength(Math.round(to * 0.4))
    expect(apart(made, sine(1000, to))).toBeLessThan(1e-3)
  })

  test('what the lower rate cannot hold is gone by 60 dB; what it can stays', () => {
    expect(level(resample(sine(10_000, 44_100), 44_100, 16_000))).toBeLessThan(1e-3)
    expect(level(resample(sine(6500, 44_100), 44_100, 16_000))).toBeCloseTo(Math.SQRT1_2, 2)
  })

  test('a constant stays itself, a sum stays a sum', () => {
    fc.assert(fc.property(fc.constantFrom(8000, 11_025, 32_000, 44_100, 48_000), (from) => {
      const ones = resample(new Float32Array(from / 5).fill(0.5), from, 16_000)
      expect(ones[ones.length >> 1]).toBeCloseTo(0.5, 5)
      const a = sine(440, from, 0.2), b = sine(1234, from, 0.2)
      const both = resample(a.map((value, n) => value + b[n]!), from, 16_000)
      const [one, other] = [resample(a, from, 16_000), resample(b, from, 16_000)]
      both.forEach((value, n) => expect(value).toBeCloseTo(one[n]! + other[n]!, 4))
    }), { numRuns: 5 })
  })

  test('nothing, one sample, NaN, the same rate, no rate', () => {
    expect(resample(new Float32Array(0), 44_100, 16_000)).toHaveLength(0)
    expect(resample(Float32Array.of(0.3), 44_100, 16_000)).toHaveLength(1)
    expect(resample(Float32Array.of(1, NaN, 1), 16_000, 16_000)).toEqual(Float32Array.of(1, 0, 1))
    expect(() => resample(new Float32Array(4), 0, 16_000)).toThrow('from 0 Hz to 16000 Hz')
  })
})
