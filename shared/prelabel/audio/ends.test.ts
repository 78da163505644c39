import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settledEnds } from './ends.ts'
import type { SpeechStretch } from './speech.ts'

const sampleRate = 8000

/** A tone from each start to each end, and noise of that level (of full scale) everywhere. */
function sound(spoken: readonly (readonly [number, number])[], duration: number, noise = 0) {
  let state = 1
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31 - 0.5
  const samples = Float32Array.from({ length: Math.round(duration * sampleRate) }, (_, n) => {
    const at = n / sampleRate
    return (spoken.some(([start, end]) => at >= start && at < end) ? 0.3 * Math.sin(at * 1400) : 0) + noise * random()
  })
  return { kind: 'audio' as const, samples, sampleRate }
}
const heard = (...ends: readonly (readonly [number, number])[]): SpeechStretch[] => ends.map(([start, end]) => ({ start, end, score: 0.9 }))
const near = (stretches: readonly SpeechStretch[]) => stretches.map(({ start, end }) => [Math.round(start * 100) / 100, Math.round(end * 100) / 100])

describe('the ends of speech', () => {
  test('are where the sound rises and falls, not where a detector of windows noticed', () => {
    expect(near(settledEnds(heard([1.03, 2.1], [2.34, 3.09]), sound([[1, 2], [2.3, 3]], 4), 0.13))).toEqual([[1, 2], [2.3, 3]])
    expect(near(settledEnds(heard([1.03, 2.1], [2.34, 3.09]), sound([[1, 2], [2.3, 3]], 4, 0.02), 0.13))).toEqual([[1, 2], [2.3, 3]])
  })

  test('a click before them is no speech', () => {
    const own = sound([[1, 2]], 3)
    own.samples.fill(0.5, 0.85 * sampleRate, 0.855 * sampleRate)
    expect(near(settledEnds(heard([1.03, 2.1]), own, 0.13))).toEqual([[1, 2]])
  })

  test('under noise as loud as they are, the usual lag is taken off', () => {
    expect(near(settledEnds(heard([1.03, 2.05]), sound([[1, 2]], 3, 3), 0.13))).toEqual([[1, 2]])
  })

  test('a stop within a word is no pause: what then stands closer than asked is one, its score weighed by length', () => {
    const [one, ...more] = settledEnds([{ start: 1, end: 1.5, score: 0.5 }, { start: 1.6, end: 2.1, score: 1 }], sound([[1, 1.48], [1.56, 2]], 3), 0.13)
    expect(more).toEqual([])
    expect(near([one!])).toEqual([[1, 2]])
    expect(one!.score).toBeCloseTo(0.74, 1)
  })

  test('at the ends of the sound, in silence, in NaN and in nothing they stay in order and inside', () => {
    const piece = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 1, noNaN: true }))
    fc.assert(fc.property(fc.array(piece, { maxLength: 5 }), fc.constantFrom(0, 0.01, NaN), (pieces, noise) => {
      let at = 0
      const ends = pieces.map(([gap, length]): [number, number] => [at += gap, at += length])
      const duration = at + 0.01
      const settled = settledEnds(heard(...ends), sound(ends, duration, noise), 0.13)
      let before = 0
      for (const { start, end } of settled) {
        expect(start).toBeGreaterThanOrEqual(before - 1e-9)
        expect(end).toBeGreaterThanOrEqual(start)
        before = end
      }
      expect(before).toBeLessThanOrEqual(duration + 1e-9)
    }))
    expect(settledEnds([], { kind: 'audio', samples: new Float32Array(0), sampleRate }, 0.1)).toEqual([])
  })
})
