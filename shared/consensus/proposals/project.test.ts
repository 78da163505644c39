import { expect, test } from 'vitest'
import { ItemProposals } from '#shared/consensus/proposal.ts'
import { asset, box, itemOf, mark } from './fixtures.ts'
import { estimateProject } from './project.ts'

test('three people, a box each, one of them off: one settled thing', () => {
  const { items } = estimateProject([itemOf(['ada', 'ben', 'cleo'], [
    mark('1', 'ada', 'cup', box(100, 100)), mark('2', 'ben', 'cup', box(102, 100)), mark('3', 'cleo', 'cup', box(101, 104)),
  ])])
  const [found] = items[0]!.proposals
  expect(items[0]!.proposals).toHaveLength(1)
  expect(found).toMatchObject({ label: { value: 'label:cup', posterior: 1 }, geometry: { kind: 'box', x: expect.closeTo(101, -1) as number, y: expect.closeTo(100, -1) as number }, disputes: [] })
  expect(found!.existence).toBeGreaterThan(0.95)
  expect(ItemProposals.parse(items[0])).toEqual(items[0])
})

test('one of four names it otherwise: a dispute about the label, in a sentence', () => {
  const { items } = estimateProject([itemOf(['ada', 'ben', 'cleo', 'dan'], [
    mark('1', 'ada', 'cup', box(100, 100)), mark('2', 'ben', 'bowl', box(102, 100)), mark('3', 'cleo', 'cup', box(101, 104)), mark('4', 'dan', 'cup', box(100, 101)),
  ])])
  expect(items[0]!.proposals[0]!.disputes).toEqual([{ kind: 'label', value: 0.75, bar: 0.9, sentence: '3 of 4 say cup, ben says bowl: posterior 0.75, bar 0.90.' }])
})

test('nothing at all', () => {
  expect(estimateProject([]).items).toEqual([])
  expect(estimateProject([itemOf([], [])]).items).toEqual([{ asset: asset('a'), people: [], proposals: [], relations: [], speakers: [] }])
})

test('areas become one by the average of their distances, or by STAPLE where a run asks for it', () => {
  const outline = (left: number) => ({ kind: 'polygon' as const, parts: [[[left, 10, left + 60, 12, left + 58, 70, left + 2, 68]]] })
  const item = itemOf(['ada', 'ben', 'cleo'], [mark('1', 'ada', 'cup', outline(100)), mark('2', 'ben', 'cup', outline(104)), mark('3', 'cleo', 'cup', outline(98))])
  const methodOf = (areas?: 'average' | 'staple') => estimateProject([item], areas ? { areas } : {}).items[0]!.proposals[0]!.method
  expect(methodOf()).toBe(methodOf('average'))
  expect(methodOf('staple')).toMatch(/STAPLE/iu)
  expect(methodOf()).not.toMatch(/STAPLE/iu)
})
