import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { RelationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { ItemProposals, PersonProfile } from '#shared/consensus/proposal.ts'
import { asset, itemOf, mark, segment, tierId, whole } from './fixtures.ts'
import { estimateItem } from './estimateItem.ts'
import type { ItemInput, LabelMethod } from './item.ts'
import { learn, nothingLearned } from './learn.ts'
import { estimateProject } from './project.ts'
import { rankDisputes } from './rank.ts'

/** Coordinates on a coarse grid, so that marks meet, coincide and lie in each other often. */
const place = fc.integer({ min: 0, max: 6 }).map((at) => at * 20)
const size = fc.integer({ min: 0, max: 4 }).map((at) => at * 20)
const ring = fc.array(place, { minLength: 6, maxLength: 10 }).map((values) => values.slice(0, values.length - (values.length % 2)))
const area: fc.Arbitrary<Geometry> = fc.oneof(
  fc.record({ x: place, y: place, width: size, height: size }).map((box): Geometry => ({ kind: 'box', ...box })),
  fc.record({ cx: place, cy: place, width: size, height: size, angle: fc.constantFrom(-90, 0, 30, 45, 180) }).map((box): Geometry => ({ kind: 'rotated-box', ...box })),
  ring.map((points): Geometry => ({ kind: 'polygon', parts: [[points]] })),
  fc.record({ x: place, y: place }).map(({ x, y }): Geometry => ({ kind: 'mask', x, y, width: 2, height: 2, counts: [1, 2, 1] })),
)
const geometry: fc.Arbitrary<Geometry> = fc.oneof(
  { weight: 4, arbitrary: area },
  ring.map((points): Geometry => ({ kind: 'text-line', outline: { kind: 'polygon', parts: [[points]] }, baseline: points.slice(0, 4) })),
  fc.record({ x: place, y: place }).map(({ x, y }): Geometry => ({ kind: 'text-line', outline: { kind: 'box', x, y, width: 100, height: 20 }, baseline: null })),
  ring.map((points): Geometry => ({ kind: 'polyline', points })),
  ring.map((points): Geometry => ({ kind: 'points', points })),
  fc.array(fc.record({ x: place, y: place, visibility: fc.constantFrom(0 as const, 1 as const, 2 as const) }), { minLength: 3, maxLength: 3 }).map((points): Geometry => ({ kind: 'keypoints', points })),
  fc.record({ start: place, length: size, tier: fc.constantFrom('one', 'two') }).map(({ start, length, tier }): Geometry => segment(start / 10, (start + length) / 10, tier)),
  fc.constant(whole),
)
const names = ['ada', 'ben', 'cleo', 'dan']
const text = fc.constantFrom(null, '', 'one two', 'one too', 'One, two three.', '—', '東京 two')
const marks = fc.array(fc.record({
  by: fc.constantFrom(...names, 'final'), label: fc.constantFrom(null, 'cup', 'bowl'), geometry, text, order: fc.integer({ min: 0, max: 5 }),
  size: fc.constantFrom(undefined, 1, 2, 40), kind: fc.constantFrom(undefined, 'round', 'square'),
}), { maxLength: 14 })
const item: fc.Arbitrary<ItemInput> = fc.record({ marks, people: fc.subarray(names), ties: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 4 }) }).map(({ marks: given, people, ties }) => {
  const annotations = given.map((one, at): Annotation => mark(`${at}`, one.by, one.label, one.geometry, {
    text: one.text, order: one.order, attributes: { ...(one.size === undefined ? {} : { size: one.size }), ...(one.kind === undefined ? {} : { kind: one.kind }) },
    spans: one.text && one.order > 3 ? [{ start: 0, end: 1, kind: one.order === 4 ? 'unclear' : 'illegible', alternative: null }] : [], group: one.order === 1 ? 'group:x' as Annotation['group'] : null,
  }))
  const relations = ties.flatMap(([a, b], at): Relation[] => (annotations[a] && annotations[b]
    ? [{ type: 'relation', id: `relation:${at}` as RelationId, asset: asset('a'), layer: annotations[a].layer, author: annotations[a].author, name: 'of', from: annotations[a].id, to: annotations[b].id }] : []))
  return itemOf(people, annotations, { relations })
})
const items = fc.array(item, { maxLength: 3 }).map((all) => all.map((one, at): ItemInput => ({
  ...one, asset: asset(`${at}`), annotations: one.annotations.map((own) => ({ ...own, id: `${own.id}-${at}` as Annotation['id'] })),
  relations: one.relations!.map((own) => ({ ...own, from: `${own.from}-${at}` as Annotation['id'], to: `${own.to}-${at}` as Annotation['id'] })),
})))
const method = fc.constantFrom<LabelMethod>('auto', 'majority', 'dawid-skene', 'one-coin', 'glad', 'mace')

const numbersIn = (value: unknown): number[] => (typeof value === 'number' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [])

test('whatever people did: valid proposals, every mark in one of them, weights that add up to 1, no number that is none', () => {
  fc.assert(fc.property(items, method, (given, chosen) => {
    const found = estimateProject(given, { method: chosen })
    found.items.forEach((one, at) => {
      expect(ItemProposals.parse(one)).toEqual(one)
      const own = given[at]!.annotations.filter(({ layer }) => layer !== 'final').map(({ id }) => id).sort()
      expect(one.proposals.flatMap(({ members }) => members).sort()).toEqual(own)
      expect(new Set(one.proposals.map(({ key }) => key)).size).toBe(one.proposals.length)
      for (const { contributors, order, splitWith } of one.proposals) {
        if (contributors.length > 0) expect(contributors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9)
        expect(order).toBeLessThan(one.proposals.length)
        for (const key of splitWith) expect(one.proposals.some((other) => other.key === key)).toBe(true)
      }
    })
    for (const profile of found.profiles) expect(PersonProfile.parse(profile)).toEqual(profile)
    expect(numbersIn(found.items).every(Number.isFinite)).toBe(true)
    for (const { gain } of rankDisputes(found.items, { profiles: found.profiles })) expect(gain).toBeGreaterThanOrEqual(0)
  }), { numRuns: 150 })
}, 60_000)

test('the order of items, people and marks decides nothing', () => {
  fc.assert(fc.property(items, method, (given, chosen) => {
    const found = estimateProject(given, { method: chosen })
    const turned = estimateProject(given.toReversed().map((one) => ({ ...one, people: one.people.toReversed(), annotations: one.annotations.toReversed(), relations: one.relations!.toReversed() })), { method: chosen })
    expect(turned.items.toReversed()).toEqual(found.items)
    expect(turned.profiles).toEqual(found.profiles)
  }), { numRuns: 80 })
}, 60_000)

test('an item is estimated by what was learned of others, or by nothing', () => {
  fc.assert(fc.property(items, item, method, (given, other, chosen) => {
    const learned = learn(given, { method: chosen })
    for (const found of [estimateItem(other, learned), estimateItem(other, nothingLearned)]) {
      expect(ItemProposals.parse(found)).toEqual(found)
      expect(numbersIn(found).every(Number.isFinite)).toBe(true)
    }
  }), { numRuns: 80 })
}, 60_000)

test('a tier that nobody used is no trouble', () => {
  expect(estimateProject([itemOf(['ada'], [], { tiers: [{ type: 'tier', id: tierId('one'), name: 'one', order: 0, parent: null, constraint: 'none', points: false, overlap: false }] })]).items[0]!.speakers).toEqual([])
})
