import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { box, itemOf, mark, segment } from './fixtures.ts'
import { estimateProject } from './project.ts'

const only = (people: readonly string[], marks: readonly Annotation[]) => estimateProject([itemOf(people, marks)]).items[0]!.proposals
const kinds = (proposals: ReturnType<typeof only>) => proposals.map(({ disputes }) => disputes.map(({ kind }) => kind))

test('two halves against one by two people: one dispute, not three errors', () => {
  const found = only(['ada', 'ben', 'cleo'], [
    mark('a1', 'ada', 'car', box(0, 0, 200, 100)), mark('b1', 'ben', 'car', box(0, 0, 100, 100)), mark('b2', 'ben', 'car', box(100, 0, 100, 100)), mark('c1', 'cleo', 'car', box(2, 0, 200, 100)),
  ])
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ members: ['annotation:a1', 'annotation:b1', 'annotation:b2', 'annotation:c1'], absent: [], geometry: { kind: 'box', width: expect.closeTo(200, 0) as number }, splitWith: [] })
  expect(found[0]!.disputes).toEqual([{
    kind: 'split', value: expect.closeTo(2 / 3, 9) as number, bar: 0.9, sentence: 'ada and cleo marked one thing where ben marked several: posterior of one 0.67, bar 0.90.',
  }])
  expect(found[0]!.contributors.filter(({ author }) => author === 'ben').map(({ weight }) => weight)).toEqual([0, 0])
})

test('when most say several, each part is a proposal and they name each other', () => {
  const found = only(['ada', 'ben', 'cleo'], [
    mark('a1', 'ada', 'car', box(0, 0, 200, 100)), mark('b1', 'ben', 'car', box(0, 0, 90, 100)), mark('b2', 'ben', 'car', box(100, 0, 100, 100)),
    mark('c1', 'cleo', 'car', box(0, 0, 92, 100)), mark('c2', 'cleo', 'car', box(102, 0, 98, 100)),
  ])
  expect(found).toHaveLength(2)
  expect(kinds(found)).toEqual([['split'], ['split']])
  expect(found[0]!.splitWith).toEqual([found[1]!.key])
  expect(found[1]!.splitWith).toEqual([found[0]!.key])
  expect(found.flatMap(({ absent }) => absent)).toEqual([])
})

test('a part that only one of the several drew is still asked about as the split that it is of', () => {
  const found = only(['ada', 'ben'], [mark('a1', 'ada', 'car', box(0, 0, 200, 100)), mark('b1', 'ben', 'car', box(0, 0, 120, 100)), mark('b2', 'ben', 'car', box(120, 0, 80, 100))])
  expect(kinds(found)).toEqual([['split'], ['split']])
})

test('things in a thing are no split: other labels, a whole of their own, or little of it', () => {
  const head = [mark('a1', 'ada', 'person', box(0, 0, 100, 300)), mark('b1', 'ben', 'person', box(0, 0, 100, 300)), mark('b2', 'ben', 'head', box(20, 0, 60, 60)), mark('b3', 'ben', 'leg', box(0, 150, 50, 150))]
  expect(only(['ada', 'ben'], head).flatMap(({ disputes }) => disputes.map(({ kind }) => kind)).includes('split')).toBe(false)
  const nested = [mark('a1', 'ada', 'cell', box(0, 0, 100, 100)), mark('b1', 'ben', 'cell', box(0, 0, 100, 100)), mark('b2', 'ben', 'cell', box(10, 10, 20, 20)), mark('b3', 'ben', 'cell', box(60, 60, 20, 20))]
  expect(only(['ada', 'ben'], nested).flatMap(({ disputes }) => disputes.map(({ kind }) => kind)).includes('split')).toBe(false)
})

test('one long segment against two', () => {
  const found = only(['ada', 'ben', 'cleo'], [
    mark('a1', 'ada', null, segment(0, 10)), mark('b1', 'ben', null, segment(0, 4.8)), mark('b2', 'ben', null, segment(5, 10)), mark('c1', 'cleo', null, segment(0.1, 10)),
  ])
  expect(kinds(found)).toEqual([['split']])
  expect(found[0]!.geometry).toMatchObject({ kind: 'segment', rate: 1000, end: 10_000 })
})

test('two in one place by one person are one mark made twice', () => {
  const found = only(['ada', 'ben'], [mark('a1', 'ada', 'car', box(0, 0)), mark('a2', 'ada', 'car', box(1, 0)), mark('b1', 'ben', 'car', box(0, 1))])
  expect(found).toHaveLength(1)
  expect(found[0]).toMatchObject({ members: ['annotation:a1', 'annotation:a2', 'annotation:b1'], disputes: [] })
  expect(found[0]!.contributors.find(({ annotation }) => annotation === 'annotation:a2')!.weight).toBe(0)
})

test('a box around a thin thing that lies askew is the same thing, and does not make it a box', () => {
  const thin = (x: number) => ({ kind: 'polygon' as const, parts: [[[x, 0, x + 10, 0, x + 110, 100, x + 100, 100]]] })
  const found = only(['ada', 'ben'], [mark('a1', 'ada', 'spoon', thin(0)), mark('b1', 'ben', 'spoon', box(0, 0, 110, 100))])
  expect(found).toHaveLength(1)
  expect(found[0]!.geometry).toMatchObject({ kind: 'polygon' })
  expect(found[0]!.contributors.map(({ weight }) => weight)).toEqual([1, 0])
})
