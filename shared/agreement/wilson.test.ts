import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilson } from './wilson.ts'

/** Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3. */
test.each([[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]])('%i of %i is as Newcombe has it', (count, n, low, high) => {
  expect(wilson(count, n).low).toBeCloseTo(low, 4)
  expect(wilson(count, n).high).toBeCloseTo(high, 4)
})

test('the interval holds the share, lies in 0 … 1, and is the mirror of the opposite', () => {
  fc.assert(fc.property(fc.nat(500), fc.nat(500), (count, others) => {
    const n = count + others
    fc.pre(n > 0)
    const { value, low, high } = wilson(count, n)
    expect(low!).toBeGreaterThanOrEqual(0)
    expect(low!).toBeLessThanOrEqual(value!)
    expect(high!).toBeGreaterThanOrEqual(value!)
    expect(high!).toBeLessThanOrEqual(1)
    expect(1 - wilson(others, n).high!).toBeCloseTo(low!, 9)
  }))
})

test('of nothing, nothing is known', () => {
  expect(wilson(0, 0)).toEqual({ n: 0, count: 0, value: null, low: null, high: null })
})
