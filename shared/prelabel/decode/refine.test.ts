import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { refine } from './refine.ts'

test('finer classes are those of the scores enlarged, everywhere', () => {
  const size = fc.integer({ min: 1, max: 6 })
  fc.assert(fc.property(size, size, fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.integer({ min: -50, max: 50 })), (width, height, channels, times, values) => {
    const places = width * height
    const data = Float32Array.from({ length: places * channels }, (_, at) => (values.next().value as number) + at / 1000)
    const at = (c: number, x: number, y: number) => data[c * places + Math.min(y, height - 1) * width + Math.min(x, width - 1)]!
    const best = Int32Array.from({ length: places }, (_, place) => [...Array(channels).keys()].reduce((a, b) => (data[b * places + place]! > data[a * places + place]! ? b : a)))
    const fine = refine({ width, height, channels, data, step: 1, classStep: places, best }, times)
    for (let row = 0; row < height * times; row++) {
      for (let column = 0; column < width * times; column++) {
        const x = Math.min(Math.max((column + 0.5) / times - 0.5, 0), width - 1), y = Math.min(Math.max((row + 0.5) / times - 0.5, 0), height - 1)
        const x0 = Math.floor(x), y0 = Math.floor(y), across = x - x0, down = y - y0
        const scores = Array.from({ length: channels }, (_, c) => (at(c, x0, y0) * (1 - across) + at(c, x0 + 1, y0) * across) * (1 - down) + (at(c, x0, y0 + 1) * (1 - across) + at(c, x0 + 1, y0 + 1) * across) * down)
        if (scores[fine[row * width * times + column]!]! < Math.max(...scores) - 1e-4) throw new Error(`${row}, ${column}`)
      }
    }
  }), { numRuns: 200 })
})

test('beside scores that are not finite there is no class', () => {
  expect([...refine({ width: 2, height: 1, channels: 2, data: Float32Array.of(1, NaN, 0, NaN), step: 1, classStep: 2, best: Int32Array.of(0, -1) }, 2)]).toEqual([-1, -1, -1, -1, -1, -1, -1, -1])
})
