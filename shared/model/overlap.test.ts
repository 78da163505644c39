import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetId } from '#shared/testing/records.ts'
import { peopleWanted, placeOf } from './overlap.ts'

const item = (name: string, metadata = {}) => ({ id: assetId(name), metadata })

test('without a setting an item gets one person', () => {
  expect(peopleWanted(undefined, item('a'))).toBe(1)
})

test('a share of 0 takes no item, a share of 1 all', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), (name) => {
    expect(peopleWanted({ people: 3, share: 0, slices: [] }, item(name))).toBe(1)
    expect(peopleWanted({ people: 3, share: 1, slices: [] }, item(name))).toBe(3)
  }))
})

test('a greater share keeps every item that the smaller one had', () => {
  fc.assert(fc.property(fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (name, a, b) => {
    const [less, more] = [Math.min(a, b), Math.max(a, b)]
    const wanted = (share: number) => peopleWanted({ people: 2, share, slices: [] }, item(name))
    expect(wanted(more)).toBeGreaterThanOrEqual(wanted(less))
  }))
})

test('ids that differ little are spread evenly: 2,000 of 10,000 by a share of 0.2, within four deviations', () => {
  const taken = Array.from({ length: 10_000 }, (_, at) => placeOf(assetId(String(at)))).filter((place) => place < 0.2).length
  expect(Math.abs(taken - 2000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.2 * 0.8))
})

test('the first slice that fits counts before the share; values are compared as they are written', () => {
  const overlap = { people: 2, share: 1, slices: [{ key: 'site', value: '7', people: 5 }, { key: 'light', value: 'night', people: 3 }] }
  expect(peopleWanted(overlap, item('a', { site: 7, light: 'night' }))).toBe(5)
  expect(peopleWanted(overlap, item('a', { light: 'night' }))).toBe(3)
  expect(peopleWanted(overlap, item('a', { light: 'day' }))).toBe(2)
})

test('a slice may want fewer than the share', () => {
  expect(peopleWanted({ people: 3, share: 1, slices: [{ key: 'easy', value: 'true', people: 1 }] }, item('a', { easy: true }))).toBe(1)
})
