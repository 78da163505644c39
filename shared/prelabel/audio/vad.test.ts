import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Session, Tensors } from '../tensor.ts'
import { sileroVad } from './sileroVad.ts'
import { speechStretches } from './speech.ts'
import { predictSpeech } from './vad.ts'

const plain = { threshold: 0.5, minSpeechMs: 0, minSilenceMs: 0, speechPadMs: 0 }
const spans = (probabilities: readonly number[], options: Parameters<typeof speechStretches>[3]) =>
  speechStretches(probabilities, 0.1, probabilities.length / 10, options).map(({ start, end }) => [Number(start.toFixed(6)), Number(end.toFixed(6))])

describe('speech from probabilities', () => {
  test('begins at the threshold, ends below the lower one', () => {
    expect(spans([0.1, 0.6, 0.4, 0.36, 0.6, 0.34, 0.1, 0.9], plain)).toEqual([[0.1, 0.5], [0.7, 0.8]])
    expect(spans([0.6, 0.4, 0.6], { ...plain, negativeThreshold: 0.5 })).toEqual([[0, 0.1], [0.2, 0.3]])
  })

  test('short silence does not end it, short speech is left out', () => {
    expect(spans([0.9, 0.1, 0.9, 0.1, 0.1, 0.1, 0.9], { ...plain, minSilenceMs: 150 })).toEqual([[0, 0.3], [0.6, 0.7]])
    expect(spans([0.9, 0.1, 0.9, 0.9, 0.9, 0.1], { ...plain, minSpeechMs: 250 })).toEqual([[0.2, 0.5]])
  })

  test('padding stays in the sound; two that are close share what lies between', () => {
    expect(spans([0.9, 0.1, 0.9, 0.9], { ...plain, speechPadMs: 80 })).toEqual([[0, 0.15], [0.15, 0.4]])
    expect(spans([0.1, 0.9, 0.1, 0.1, 0.1], { ...plain, speechPadMs: 30 })).toEqual([[0.07, 0.23]])
  })

  test('stretches are in order, apart, within the sound, and hold every window above the threshold where nothing is too short', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }), fc.nat(200), (probabilities, pad) => {
      const found = speechStretches(probabilities, 0.1, probabilities.length / 10, { ...plain, speechPadMs: pad })
      found.forEach(({ start, end, score }, index) => {
        expect(start).toBeLessThan(end)
        expect(start).toBeGreaterThanOrEqual(index === 0 ? 0 : found[index - 1]!.end - 1e-9)
        expect(end).toBeLessThanOrEqual(probabilities.length / 10 + 1e-9)
        expect(score).toBeGreaterThanOrEqual(0.35)
      })
      probabilities.forEach((probability, index) => {
        if (probability >= 0.5) expect(found.some(({ start, end }) => start <= index / 10 + 1e-9 && end >= (index + 1) / 10 - 1e-9)).toBe(true)
      })
    }))
  })
})

/** A detector that hears speech where a window is loud; `break` at the windows that give NaN. */
function loudness(breakAt: readonly number[] = []): { session: Session; seen: Tensors[] } {
  const seen: Tensors[] = []
  const run = (feeds: Tensors): Promise<Tensors> => {
    const broken = breakAt.includes(seen.push(feeds) - 1)
    const window = (feeds['input']!.data as Float32Array).subarray(64)
    const probability = broken ? NaN : Math.min(1, 10 * window.reduce((sum, value) => sum + Math.abs(value), 0) / window.length)
    const state = (feeds['state']!.data as Float32Array).map((value) => (broken ? NaN : value + 1))
    return Promise.resolve({ output: { type: 'float32', dims: [1, 1], data: Float32Array.of(probability) }, stateN: { type: 'float32', dims: [2, 1, 128], data: state } })
  }
  return { session: { inputs: [], outputs: [], run }, seen }
}

const bursts = (seconds: number, ...spoken: readonly (readonly [number, number])[]) => Float32Array.from({ length: seconds * 16_000 }, (_, n) =>
  (spoken.some(([from, to]) => n >= from * 16_000 && n < to * 16_000) ? 0.5 * Math.sin(n / 7) : 0))

describe('a detector of speech', () => {
  test('feeds 64 samples of the window before and 512 new ones, the state that came back, and the rate', async () => {
    const { session, seen } = loudness()
    const samples = Float32Array.from({ length: 1200 }, (_, n) => n / 1200)
    await predictSpeech(sileroVad, { model: session }, { kind: 'audio', samples, sampleRate: 16_000 }, sileroVad)
    expect(seen).toHaveLength(3)
    const inputs = seen.map((feeds) => feeds['input']!.data as Float32Array)
    expect(inputs[0]!.subarray(0, 64).every((value) => value === 0)).toBe(true)
    expect(inputs[1]!.subarray(0, 64)).toEqual(samples.subarray(448, 512))
    expect(inputs[2]!.subarray(64, 64 + 176)).toEqual(samples.subarray(1024))
    expect(inputs[2]!.subarray(64 + 176).every((value) => value === 0)).toBe(true)
    expect((seen[2]!['state']!.data as Float32Array)[0]).toBe(2)
    expect(seen[0]!['sr']).toEqual({ type: 'int64', dims: [], data: BigInt64Array.of(16_000n) })
  })

  test('finds bursts within a window and the padding, at any rate', async () => {
    const { session } = loudness()
    const { predictions } = await predictSpeech(sileroVad, { model: session }, { kind: 'audio', samples: bursts(4, [1, 2], [2.5, 3.2]), sampleRate: 16_000 }, sileroVad)
    expect(predictions.map(({ geometry }) => geometry)).toHaveLength(2)
    const [first] = predictions
    const { start, end } = first!.geometry as { start: number; end: number }
    expect(Math.abs(start - 1)).toBeLessThan(0.032 + 0.03)
    expect(Math.abs(end - 2)).toBeLessThan(0.032 + 0.03)
  })

  test('silence, less than a window, nothing at all', async () => {
    const { session } = loudness()
    for (const samples of [new Float32Array(32_000), new Float32Array(100), new Float32Array(0)]) {
      expect((await predictSpeech(sileroVad, { model: session }, { kind: 'audio', samples, sampleRate: 16_000 }, sileroVad)).predictions).toEqual([])
    }
  })

  test('NaN counts as silence, does not spread, and is said', async () => {
    const { session, seen } = loudness([3])
    const { notes, predictions } = await predictSpeech(sileroVad, { model: session }, { kind: 'audio', samples: bursts(1, [0, 1]), sampleRate: 16_000 }, sileroVad)
    expect(notes[0]).toContain('NaN) for 1 of 32 windows')
    expect((seen[4]!['state']!.data as Float32Array)[0]).toBe(0)
    expect(predictions).toHaveLength(1)
  })

  test('a picture, a model that gives something else, a missing file: words', async () => {
    const { session } = loudness()
    const sound = { kind: 'audio', samples: bursts(1), sampleRate: 16_000 } as const
    const image = { kind: 'image', picture: { width: 1, height: 1, data: new Uint8Array(3) }, width: 1, height: 1 } as const
    await expect(predictSpeech(sileroVad, { model: session }, image, sileroVad)).rejects.toThrow('this item is a picture')
    await expect(predictSpeech(sileroVad, {}, sound, sileroVad)).rejects.toThrow('“model” is missing')
    const other: Session = { ...session, run: () => Promise.resolve({ output: { type: 'float32', dims: [1, 80], data: new Float32Array(80) } }) }
    await expect(predictSpeech(sileroVad, { model: other }, sound, sileroVad)).rejects.toThrow('[1, 80] instead of one probability')
  })
})
