import { beforeAll, expect, test } from 'vitest'
import { predictSpeech } from '#shared/prelabel/audio/vad.ts'
import { sileroVad } from '#shared/prelabel/audio/sileroVad.ts'
import { resample } from '#shared/prelabel/audio/resample.ts'
import type { AudioSample } from '#shared/prelabel/sample.ts'
import type { Sessions } from '#shared/prelabel/tensor.ts'
import { openModel, practiceSound } from './readingFixture.ts'

let sessions: Sessions
beforeAll(async () => { ({ sessions } = await openModel(sileroVad)) }, 60_000)

const stretches = async (sample: AudioSample) => (await predictSpeech(sileroVad, sessions, sample, sileroVad)).predictions.map(({ geometry, score }) => ({ ...(geometry as { start: number; end: number }), score }))

/** Two sentences between silences (a faint hiss), at 16 kHz, and where they stand: by the first and last 10 ms above -40 dB of full scale. */
async function withPauses(hiss: number) {
  const parts = [1.5, await spoken('voice-amiable-woman.wav'), 1.2, await spoken('voice-cold-hearted.wav'), 1]
  const all: number[] = [], truth: { start: number; end: number }[] = []
  for (const part of parts) {
    if (typeof part === 'number') for (let n = 0; n < part * 16_000; n++) all.push(hiss * Math.sin(n * n))
    else {
      const { first, last } = loud(part)
      truth.push({ start: (all.length + first) / 16_000, end: (all.length + last) / 16_000 })
      for (const value of part) all.push(value)
    }
  }
  return { sample: { kind: 'audio', samples: Float32Array.from(all), sampleRate: 16_000 } as const, truth }
}

async function spoken(name: string): Promise<Float32Array> {
  const { samples, sampleRate } = await practiceSound(name, 'wav')
  return resample(samples, sampleRate, 16_000)
}

function loud(samples: Float32Array): { first: number; last: number } {
  const frames = Array.from({ length: Math.floor(samples.length / 160) }, (_, frame) => Math.sqrt(samples.subarray(frame * 160, frame * 160 + 160).reduce((sum, value) => sum + value * value, 0) / 160))
  return { first: frames.findIndex((level) => level > 0.01) * 160, last: (frames.findLastIndex((level) => level > 0.01) + 1) * 160 }
}

test('Silero VAD v6 finds sentences between known pauses, outer boundaries within 0.2 s', async () => {
  for (const hiss of [0, 0.0005]) {
    const { sample, truth } = await withPauses(hiss)
    const found = await stretches(sample)
    for (const { start, end } of truth) {
      const inside = found.filter((each) => each.end > start - 0.3 && each.start < end + 0.3)
      expect(Math.abs(inside[0]!.start - start)).toBeLessThan(0.2)
      expect(Math.abs(inside.at(-1)!.end - end)).toBeLessThan(0.2)
    }
    expect(found.every(({ start, end }) => truth.some((each) => start > each.start - 0.3 && end < each.end + 0.3))).toBe(true)
    expect(found.every(({ score }) => score > 0.5)).toBe(true)
  }
}, 60_000)

test('the same sound at 8 and at 44.1 kHz has the same boundaries, within 0.1 s', async () => {
  const { sample } = await withPauses(0)
  const own = await stretches(sample)
  for (const rate of [8000, 44_100]) {
    const other = await stretches({ kind: 'audio', samples: resample(sample.samples, 16_000, rate), sampleRate: rate })
    expect(Math.abs(other[0]!.start - own[0]!.start)).toBeLessThan(0.1)
    expect(Math.abs(other.at(-1)!.end - own.at(-1)!.end)).toBeLessThan(0.1)
  }
}, 60_000)

test('silence and a hum are no speech', async () => {
  const hum = Float32Array.from({ length: 48_000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * 50 * n) / 16_000))
  expect(await stretches({ kind: 'audio', samples: new Float32Array(48_000), sampleRate: 16_000 })).toEqual([])
  expect(await stretches({ kind: 'audio', samples: hum, sampleRate: 16_000 })).toEqual([])
}, 60_000)
