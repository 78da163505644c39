import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commonZero, type Standing } from './commonZero.ts'

const people = (...at: number[]): Standing[] => at.map((value) => ({ at: [value], variance: [0.1] }))
const zeroOf = (all: readonly Standing[], upwards = 0.5) => commonZero(all, 1, upwards).weights.reduce((sum, weight, p) => sum + weight * all[p]!.at[0]!, 0)

test('where most stand together is the zero, wherever the others are', () => {
  expect(Math.abs(zeroOf(people(0, 0.5, 12)))).toBeLessThan(1)
  expect(Math.abs(zeroOf(people(0, 0.5, -12)))).toBeLessThan(1)
  expect(Math.abs(zeroOf(people(-0.3, 0.2, 9, 20, -14)))).toBeLessThan(1)
})

test('two who stand apart: the middle; nearer the lower where habits mostly go upwards; unsure either way', () => {
  expect(zeroOf(people(0, 20))).toBeCloseTo(10, 6)
  expect(zeroOf(people(0, 20), 0.75)).toBeLessThan(5)
  expect(Math.sqrt(commonZero(people(0, 20), 1).variance[0]!)).toBeGreaterThan(8)
})

test('two who stand together: the middle, and sure of it; one alone: there', () => {
  expect(zeroOf(people(0, 0.4), 0.75)).toBeCloseTo(0.2, 1)
  expect(commonZero(people(0, 0.4), 1).variance[0]).toBeLessThan(1)
  expect(zeroOf(people(3))).toBe(3)
  expect(commonZero([], 1)).toEqual({ weights: [], variance: [] })
})

test('of whom little is known moves little', () => {
  const all: Standing[] = [...people(0, 0.2), { at: [8], variance: [400] }]
  expect(Math.abs(zeroOf(all))).toBeLessThan(0.5)
})

test('whoever is named first; moved along; weights add up to 1', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: -100, max: 100 }), (at, move) => {
    const zero = zeroOf(people(...at), 0.75)
    expect(zeroOf(people(...at.toReversed()), 0.75)).toBeCloseTo(zero, 6)
    expect(zeroOf(people(...at.map((value) => value + move)), 0.75)).toBeCloseTo(zero + move, 6)
    const { weights, variance } = commonZero(people(...at), 1)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
    expect(variance.every((value) => value > 0 && Number.isFinite(value))).toBe(true)
  }), { numRuns: 100 })
})
