import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sceneOf } from './scene.ts'

const classCount = 80
type Seen = readonly (readonly [classIndex: number, score: number])[]
const scene = (seen: Seen, count = classCount) => sceneOf({
  scores: Float32Array.from(seen, ([, score]) => score), classes: seen.map(([which]) => which), box: () => {}, classScores: () => null, final: false,
}, count)
const alike = (a: Seen, b: Seen) => scene(a)!.reduce((sum, value, at) => sum + value * scene(b)![at]!, 0)

const street: Seen = [[0, 0.8], [2, 0.7], [2, 0.3], [9, 0.2]], kitchen: Seen = [[41, 0.9], [45, 0.4], [60, 0.5]]

test('pictures of the same kinds of things are alike, however many and wherever they stand', () => {
  expect(alike(street, [[9, 0.3], [2, 0.6], [0, 0.5], [0, 0.4]])).toBeGreaterThan(0.98)
  expect(alike(street, kitchen)).toBe(0)
  expect(alike(street, [...street, ...kitchen])).toBeGreaterThan(alike(street, [[0, 0.9], ...kitchen]))
})

test('nothing seen, too few classes and numbers that are none have no vector', () => {
  expect(scene([])).toBeNull()
  expect(scene([[3, 0], [4, NaN]])).toBeNull()
  expect(scene(street, 15)).toBeNull()
  expect(scene([[200, 0.9], [-1, 0.9], [2.5, 0.9]])).toBeNull()
})

test('the order of candidates is no matter, and the length is 1', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(classCount - 1), fc.float({ min: Math.fround(0.002), max: 1, noNaN: true })), { minLength: 1, maxLength: 60 }), (seen) => {
    expect(Math.hypot(...scene(seen)!)).toBeCloseTo(1, 9)
    expect(scene(seen.toReversed())).toEqual(scene(seen))
  }))
})
