import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketCount, framesPerBucket, levelCount, PeakBuilder, toInt16, valuesPerBucket } from './peaks.ts'

const sample = fc.double({ min: -1.2, max: 1.2, noNaN: true })
const sound = fc.record({ channels: fc.integer({ min: 1, max: 2 }), frames: fc.integer({ min: 0, max: 3000 }), seed: fc.array(sample, { minLength: 1, maxLength: 50 }), cuts: fc.array(fc.integer({ min: 1, max: 700 })) })

test('every bucket of every level holds the least and the greatest sample of its frames, however the sound was cut', () => {
  fc.assert(fc.property(sound, ({ channels, frames, seed, cuts }) => {
    const data = Array.from({ length: channels }, (_, channel) => Float32Array.from({ length: frames }, (_, n) => seed[(n * 7 + channel + (n >> 5)) % seed.length]!))
    const builder = new PeakBuilder(channels)
    let at = 0
    for (const cut of cuts) {
      builder.add(data.map((each) => each.subarray(at, at + cut)))
      at = Math.min(frames, at + cut)
    }
    builder.add(data.map((each) => each.subarray(at)))
    const { levels, frames: counted } = builder.finish()
    expect(counted).toBe(frames)
    expect(levels).toHaveLength(levelCount)
    levels.forEach((values, level) => {
      expect(values.length).toBe(bucketCount(frames, level) * channels * valuesPerBucket)
      for (let bucket = 0; bucket < bucketCount(frames, level); bucket++) for (let channel = 0; channel < channels; channel++) {
        const part = data[channel]!.subarray(bucket * framesPerBucket(level), (bucket + 1) * framesPerBucket(level))
        const place = (bucket * channels + channel) * valuesPerBucket
        expect([values[place], values[place + 1]]).toEqual([toInt16(Math.min(...part)), toInt16(Math.max(...part))])
        expect(values[place + 2]).toBeLessThanOrEqual(Math.max(Math.abs(values[place]!), Math.abs(values[place + 1]!)) + 1)
      }
    })
  }), { numRuns: 60 })
})

test('samples that are no numbers are drawn as silence', () => {
  const builder = new PeakBuilder(1)
  builder.add([new Float32Array(256).fill(NaN)])
  expect([...builder.finish().levels[0]!]).toEqual([0, 0, 0])
})
