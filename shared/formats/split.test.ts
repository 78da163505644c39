import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleAsset } from './samples.ts'
import { splitItems, type SplitInput } from './split.ts'

const request = { shares: { train: 8, val: 1, test: 1 }, seed: 7, groupBy: null, stratify: false }
const item = (number: number, site: string | null = null, labels: Record<string, number> = {}): SplitInput =>
  ({ asset: sampleAsset(number, `f${number % 7}/${number}.jpg`, { metadata: site === null ? {} : { site } }), labels: new Map(Object.entries(labels)) })
const many = (count: number) => Array.from({ length: count }, (_, index) => item(index + 1))
const countOf = (splits: ReadonlyMap<string, string>, name: string) => [...splits.values()].filter((split) => split === name).length

test('shares are exact to an item where nothing is grouped', () => {
  const splits = splitItems(many(100), request, [])
  expect(['train', 'val', 'test'].map((name) => countOf(splits, name))).toEqual([80, 10, 10])
})

test('the order of the items does not matter, the seed does', () => {
  const items = many(50)
  expect(new Map([...splitItems([...items].reverse(), request, [])].sort())).toEqual(new Map([...splitItems(items, request, [])].sort()))
  expect(splitItems(items, { ...request, seed: 8 }, [])).not.toEqual(splitItems(items, request, []))
})

test('one more item moves at most one item at each cut', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 200 }), fc.integer(), (count, seed) => {
    const items = many(count + 1)
    const before = splitItems(items.slice(0, count), { ...request, seed }, [])
    const after = splitItems(items, { ...request, seed }, [])
    expect([...before].filter(([id, split]) => after.get(id) !== split).length).toBeLessThanOrEqual(2)
  }))
})

test.each([false, true])('no group is ever in two splits (stratify: %s)', (stratify) => {
  const arbitrary = fc.array(fc.record({ site: fc.constantFrom('a', 'b', 'c', 'd', null), cats: fc.nat(4), dogs: fc.nat(2) }), { minLength: 1, maxLength: 40 })
  fc.assert(fc.property(arbitrary, fc.integer(), fc.array(fc.array(fc.nat(39), { minLength: 2, maxLength: 3 }), { maxLength: 4 }), (rows, seed, lists) => {
    const items = rows.map((row, index) => item(index + 1, row.site, { cat: row.cats, dog: row.dogs }))
    const together = lists.map((list) => list.filter((index) => index < items.length).map((index) => items[index]!.asset.id)).filter((list) => list.length > 1)
    const splits = splitItems(items, { ...request, groupBy: 'site', stratify, seed }, together)
    expect(splits.size).toBe(items.length)
    for (const list of together) expect(new Set(list.map((id) => splits.get(id))).size).toBe(1)
    for (const site of ['a', 'b', 'c', 'd']) {
      const used = new Set(items.filter(({ asset }) => asset.metadata.site === site).map(({ asset }) => splits.get(asset.id)))
      expect(used.size).toBeLessThanOrEqual(1)
    }
  }))
})

test('folders stay together', () => {
  const items = many(70)
  const splits = splitItems(items, { ...request, groupBy: 'folder' }, [])
  for (let folder = 0; folder < 7; folder += 1) {
    expect(new Set(items.filter(({ asset }) => asset.name.startsWith(`f${folder}/`)).map(({ asset }) => splits.get(asset.id))).size).toBe(1)
  }
})

test('a rare label is dealt out by the shares when stratifying', () => {
  const items = Array.from({ length: 200 }, (_, index) => item(index + 1, null, index % 10 === 0 ? { rare: 1, common: 2 } : { common: 3 }))
  const splits = splitItems(items, { ...request, stratify: true }, [])
  const rare = (name: string) => items.filter(({ asset, labels }) => labels.has('rare') && splits.get(asset.id) === name).length
  expect(['train', 'val', 'test'].map(rare)).toEqual([16, 2, 2])
  for (const [name, share] of [['train', 160], ['val', 20], ['test', 20]] as const) expect(Math.abs(countOf(splits, name) - share)).toBeLessThanOrEqual(2)
})
