import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { ItemProposals } from '#shared/consensus/proposal.ts'
import { asset, box, itemOf, mark, person, whole } from './fixtures.ts'
import type { ItemInput } from './item.ts'
import { estimateProject } from './project.ts'

const only = (people: readonly string[], marks: readonly Annotation[]) => estimateProject([itemOf(people, marks)]).items[0]!.proposals

test('one annotator: their marks, no disputes', () => {
  const found = only(['ada'], [mark('1', 'ada', 'cup', box(0, 0)), mark('2', 'ada', 'bowl', box(500, 0))])
  expect(found).toHaveLength(2)
  for (const { disputes, contributors, existence } of found) {
    expect([disputes, contributors.map(({ weight }) => weight)]).toEqual([[], [1]])
    expect(existence).toBeGreaterThan(0.8)
  }
})

test('people who did the item and marked nothing: their silence counts', () => {
  expect(only(['ada', 'ben'], [])).toEqual([])
  const [alone] = only(['ada', 'ben', 'cleo', 'dan'], [mark('1', 'ada', 'cup', box(0, 0))])
  expect(alone).toMatchObject({ absent: ['ben', 'cleo', 'dan'] })
  expect(alone!.existence).toBeLessThan(0.5)
})

test('all identical', () => {
  const found = only([], ['ada', 'ben', 'cleo'].map((by) => mark(by, by, 'cup', box(10, 10))))
  expect(found).toMatchObject([{ geometry: box(10, 10), fit: 1, disputes: [], label: { posterior: 1 } }])
})

test('all abstained', () => {
  expect(only([], ['ada', 'ben'].map((by) => mark(by, by, null, whole)))).toMatchObject([{ label: { value: null, posterior: 1, all: [{ label: null, posterior: 1 }] }, disputes: [], text: null }])
})

/** Items with three things; ada, ben and cleo see them as they are. */
const scenes = (marks: (at: number) => readonly Annotation[]): ItemInput[] => Array.from({ length: 30 }, (_, at) => {
  const own = ['ada', 'ben', 'cleo'].flatMap((by) => [0, 1, 2].map((thing) => mark(`${by}-${at}-${thing}`, by, ['cup', 'bowl', 'jug'][(at + thing) % 3]!, box(thing * 200 + (by === 'ada' ? 1 : 0), 0))))
  return { ...itemOf(['ada', 'ben', 'cleo'], [...own, ...marks(at)]), asset: asset(`${at}`) }
})

test('a spammer who labels everything the same, and where nothing is', () => {
  const { items, profiles } = estimateProject(scenes((at) => [0, 1, 2, 3, 4, 5].map((thing) => mark(`sam-${at}-${thing}`, 'sam', 'cup', box(thing * 200, thing > 2 ? 500 : 0)))))
  const sam = profiles.find(({ author }) => author === person('sam'))!
  expect(sam.accuracy!).toBeLessThan(0.45)
  expect(sam.precision!).toBeLessThan(0.6)
  for (const { proposals } of items) {
    expect(proposals.filter(({ existence }) => existence >= 0.5)).toHaveLength(3)
    expect(proposals.filter(({ existence }) => existence >= 0.5).map(({ label }) => label.value).sort()).toEqual(['label:bowl', 'label:cup', 'label:jug'])
  }
})

test('somebody with one item is held to be as most are', () => {
  const { profiles } = estimateProject(scenes((at) => (at === 0 ? [mark('new', 'new', 'jug', box(0, 0))] : [])))
  const { accuracy, recall, precision } = profiles.find(({ author }) => author === person('new'))!
  for (const figure of [accuracy!, recall!, precision!]) {
    expect(figure).toBeGreaterThan(0.3)
    expect(figure).toBeLessThan(1)
  }
})

const crossing: Geometry = { kind: 'polygon', parts: [[[0, 0, 100, 100, 100, 0, 0, 100]]] }
const nothing: Geometry = { kind: 'polygon', parts: [[[0, 0, 50, 50, 100, 100]]] }

test('polygons that cross themselves, and areas of nothing', () => {
  const found = estimateProject([itemOf([], [mark('1', 'ada', 'bow', crossing), mark('2', 'ben', 'bow', crossing), mark('3', 'cleo', 'bow', nothing)])]).items[0]!
  expect(ItemProposals.parse(found)).toEqual(found)
  expect(found.proposals.map(({ members }) => members.length).sort()).toEqual([1, 2])
})

test('drafts, and the layer of proposals, are nobody’s marks', () => {
  expect(only(['ada'], [mark('1', 'ada', 'cup', box(0, 0), { draft: true }), mark('2', 'consensus', 'cup', box(0, 0))])).toEqual([])
})
