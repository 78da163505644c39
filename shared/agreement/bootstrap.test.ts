import { expect, test } from 'vitest'
import { agree } from './agree.ts'
import * as published from './fixtures/published.ts'
import { normalCdf, normalQuantile } from './normal.ts'
import { seededRandom } from './random.ts'
import type { Rating } from './ratings.ts'

test('the same seed gives the same interval, another one nearly the same', () => {
  const once = agree(published.threeCategories, { metric: 'alpha' }).interval!
  expect(agree(published.threeCategories, { metric: 'alpha' }).interval).toEqual(once)
  const other = agree(published.threeCategories, { metric: 'alpha', seed: 2 }).interval!
  expect(other.low).toBeCloseTo(once.low, 1)
  expect(other).not.toEqual(once)
})

test("the interval of kappa is near the one of large samples (vcd, SexualFun: 0.129 ± 1.96 · 0.0686)", () => {
  const { low, high } = agree(published.couples, { metric: 'kappa', replicates: 2000 }).interval!
  expect(low).toBeCloseTo(0.1293 - 1.96 * 0.0686, 1)
  expect(high).toBeCloseTo(0.1293 + 1.96 * 0.0686, 1)
})

test('perfect agreement and a single unit', () => {
  const rows: Rating[] = ['x', 'y', 'x', 'y'].flatMap((value, at) => ['a', 'b'].map((worker) => ({ task: `${at}`, worker, value })))
  expect(agree(rows, { metric: 'alpha' }).interval).toMatchObject({ low: 1, high: 1 })
  expect(agree(rows.slice(0, 2), { metric: 'observed' })).toMatchObject({ value: 1, interval: null })
})

test('of 95 % intervals about 95 % cover', () => {
  const random = seededRandom(7)
  const truth = 0.5, runs = 200
  let covered = 0
  for (let run = 0; run < runs; run++) {
    const rows: Rating[] = []
    for (let unit = 0; unit < 60; unit++) {
      const first = random.below(2)
      const second = random.below(4) < 3 ? first : 1 - first
      rows.push({ task: `${unit}`, worker: 'a', value: `${first}` }, { task: `${unit}`, worker: 'b', value: `${second}` })
    }
    const { low, high } = agree(rows, { metric: 'kappa', seed: run, replicates: 400 }).interval!
    if (low <= truth && truth <= high) covered++
  }
  expect(covered / runs).toBeGreaterThan(0.9)
  expect(covered / runs).toBeLessThan(0.99)
})

test('normal quantiles and their inverse (Abramowitz & Stegun)', () => {
  expect(normalCdf(1.96)).toBeCloseTo(0.9750021, 6)
  expect(normalQuantile(0.975)).toBeCloseTo(1.96, 3)
  expect(normalQuantile(0.025)).toBeCloseTo(-1.96, 3)
  expect(normalCdf(0)).toBeCloseTo(0.5, 7)
})
