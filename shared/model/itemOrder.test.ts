import { expect, test } from 'vitest'
import { ItemOrder, sharesOf } from './itemOrder.ts'
import { handsOut } from './overlap.ts'

test('shares add up to one in any unit; what gets nothing is left out', () => {
  expect(sharesOf({ uncertain: 2, diverse: 1, random: 1, rare: 0 })).toEqual([{ strategy: 'uncertain', share: 0.5 }, { strategy: 'diverse', share: 0.25 }, { strategy: 'random', share: 0.25 }])
  expect(sharesOf({})).toEqual([])
})

test('unknown strategies, negative shares and seeds that are no whole number are refused', () => {
  for (const bad of [{ mix: { luck: 1 }, seed: 1 }, { mix: { rare: -1 }, seed: 1 }, { mix: {}, seed: 0.5 }, { mix: { rare: Number.NaN }, seed: 1 }]) expect(ItemOrder.safeParse(bad).success).toBe(false)
})

test('people go by the queue where items get several people or come in an order', () => {
  const one = { people: 1, share: 1, slices: [] }
  expect([{}, { overlap: one }, { overlap: { ...one, people: 2, share: 0 } }, { order: { mix: {}, seed: 1 } }].map(handsOut)).toEqual([false, false, false, false])
  expect([{ overlap: { ...one, people: 2 } }, { overlap: { ...one, slices: [{ key: 'site', value: 'a', people: 2 }] } }, { order: { mix: { random: 1 }, seed: 1 } }].map(handsOut)).toEqual([true, true, true])
})
