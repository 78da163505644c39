import { describe, expect, test } from 'vitest'
import { logMel, melFilters } from './mel.ts'

const sine = (hertz: number, seconds: number) => Float32Array.from({ length: seconds * 16_000 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / 16_000))

describe('mel filters', () => {
  test('are Whisper\'s (mel_filters in the preprocessor_config.json of openai/whisper-tiny; librosa.filters.mel(sr=16000, n_fft=400, n_mels=80))', () => {
    const [first, second, third] = melFilters(80, 16_000) as [Float32Array, Float32Array, Float32Array]
    expect(first[1]).toBeCloseTo(0.024862593984176087, 8)
    expect(second[1]).toBeCloseTo(0.001990821911022067, 8)
    expect(second[2]).toBeCloseTo(0.022871771827340126, 8)
    expect(third[2]).toBeCloseTo(0.003981643822044134, 8)
    expect([first[0], first[2], second[0], second[3]]).toEqual([0, 0, 0, 0])
  })

  test('have area 1 in hertz where the bins are fine enough, and reach from 0 to 8 kHz', () => {
    for (const row of melFilters(40, 16_000).slice(20)) expect(row.reduce((sum, weight) => sum + weight, 0) * 40).toBeCloseTo(1, 1)
    expect(melFilters(128, 16_000)).toHaveLength(128)
  })
})

/** The definition, written out: mirrored ends, periodic Hann, DFT, power, filters, log10, floor, scale. */
function plainly(samples: Float32Array, mels: number, frames: number): number[][] {
  const sound = Float64Array.from({ length: frames * 160 }, (_, n) => samples[n] ?? 0)
  const at = (n: number) => sound[n < 0 ? -n : n >= sound.length ? 2 * (sound.length - 1) - n : n]!
  const filters = melFilters(mels, 16_000)
  const logs = filters.map(() => Array.from({ length: frames }, () => 0))
  for (let frame = 0; frame < frames; frame++) {
    const power = Array.from({ length: 201 }, (_, k) => {
      let re = 0, im = 0
      for (let n = 0; n < 400; n++) {
        const value = at(frame * 160 - 200 + n) * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 400))
        re += value * Math.cos((2 * Math.PI * k * n) / 400)
        im -= value * Math.sin((2 * Math.PI * k * n) / 400)
      }
      return re * re + im * im
    })
    filters.forEach((row, mel) => { logs[mel]![frame] = Math.log10(Math.max(1e-10, row.reduce((sum, weight, k) => sum + weight * power[k]!, 0))) })
  }
  const highest = Math.max(...logs.flat())
  return logs.map((row) => row.map((value) => (Math.max(value, highest - 8) + 4) / 4))
}

describe('log-mel features', () => {
  test('are what the definition gives, to 1e-4', () => {
    const samples = Float32Array.from({ length: 1700 }, (_, n) => 0.3 * Math.sin(n * n / 900) + 0.05 * Math.sin(n * 1.7))
    const made = logMel(samples, 20, 12)
    plainly(samples, 20, 12).flat().forEach((value, index) => expect(made[index]).toBeCloseTo(value, 4))
  })

  test('a tone stands in its band, and nothing is more than 2 below the highest', () => {
    const frames = 100, made = logMel(sine(1000, 1), 80, frames)
    const column = Array.from({ length: 80 }, (_, mel) => made[mel * frames + 50]!)
    const best = column.indexOf(Math.max(...column))
    const filter = melFilters(80, 16_000)[best]!
    expect(filter[25]).toBeGreaterThan(0)
    expect(Math.max(...made) - Math.min(...made)).toBeLessThanOrEqual(2 + 1e-6)
  })

  test('silence is (-10 + 4) / 4 everywhere, shorter sound is filled up, longer is cut', () => {
    expect(new Set(logMel(new Float32Array(0), 4, 5))).toEqual(new Set([-1.5]))
    expect(logMel(sine(300, 3), 4, 5)).toHaveLength(20)
  })
})
