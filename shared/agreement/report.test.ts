import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotation, box, labelId } from '#shared/testing/records.ts'
import type { Layer } from '#shared/model/author.ts'
import { agree } from './agree.ts'
import { among, compareItem, tableOf } from './itemTable.ts'
import { marksOf, type Mark } from './mark.ts'
import { agreementByLabel, agreementByPair, agreementByPerson, agreementBySlice, agreementOf } from './report.ts'
import { sweep, sweepItem, sweepThresholds } from './sweep.ts'

const mark = (id: string, label: string | null, x: number, text: string | null = null): Mark => ({ id, person: id[0]!, label, geometry: box(x, 0, 10, 10), text })
const table = (item: string, marks: Mark[], people?: string[], threshold = 0.5) => tableOf(compareItem(item, marks, people), threshold)

test('two people, one match, one miss each: alpha with "missing" as a value', () => {
  const figures = agreementOf([table('i', [mark('a1', 'cat', 0), mark('b1', 'cat', 0), mark('a2', 'dog', 50), mark('b2', 'dog', 90)])])
  // Units: cat cat, dog missing, missing dog.
  const byHand = agree([['1', 'a', 'cat'], ['1', 'b', 'cat'], ['2', 'a', 'dog'], ['2', 'b', '-'], ['3', 'a', '-'], ['3', 'b', 'dog']].map(([task, worker, value]) => ({ task: task!, worker: worker!, value: value! })), { metric: 'alpha' })
  expect(figures).toMatchObject({ items: 1, things: 3, alone: 2, otherName: 0 })
  expect(figures.alpha.value).toBeCloseTo(byHand.value!, 12)
  expect(figures.labelAlpha).toMatchObject({ value: null, reason: 'There is no variation: chance cannot be told from agreement.' })
  expect(figures.f1.value).toBe(0.5)
  expect(figures.iou).toMatchObject({ value: 1, n: 1 })
})

test('who did the item and marked nothing disagrees; who did not do it has no say', () => {
  const marks = [mark('a1', 'cat', 0), mark('b1', 'cat', 0)]
  expect(agreementOf([table('i', marks, ['c'])]).f1.value).toBe(0.5)
  expect(agreementOf([table('i', marks)]).f1.value).toBe(1)
  expect(agreementOf([table('i', [mark('a1', 'cat', 0)], ['a'])])).toMatchObject({ items: 0, alpha: { value: null, reason: 'Nobody marked anything in an item that two people did.' } })
  expect(agreementOf([]).f1.value).toBeNull()
})

test('the same thing under another name counts in place, not in name', () => {
  const figures = agreementOf([table('i', [mark('a1', 'cat', 0), mark('b1', 'dog', 1), mark('a2', 'cat', 50), mark('b2', 'cat', 50)])])
  expect(figures).toMatchObject({ things: 2, otherName: 1, f1: { value: 0.5 }, placeF1: { value: 1 } })
  expect(figures.iou.value).toBeCloseTo((9 / 11 + 1) / 2, 12)
})

test('texts between people: edits over the mean length', () => {
  const figures = agreementOf([table('i', [mark('a1', null, 0, 'the black cat'), mark('b1', null, 0, 'the cat')])])
  expect(figures.wer.value).toBeCloseTo(1 / 2.5, 12)
  expect(figures.cer.value).toBeCloseTo(6 / 10, 12)
  expect(agreementOf([table('i', [mark('a1', null, 0), mark('b1', null, 0)])]).wer).toMatchObject({ value: null, reason: 'No two texts with words were matched.' })
})

test('by label, pair, person and slice', () => {
  const tables = [
    table('i', [mark('a1', 'cat', 0), mark('b1', 'cat', 0), mark('c1', 'dog', 0)]),
    table('j', [mark('a2', 'dog', 0), mark('b2', 'dog', 0), mark('a3', 'cat', 50), mark('b3', 'cat', 50)]),
  ]
  expect(Object.fromEntries([...agreementByLabel(tables)].map(([label, { f1 }]) => [label, f1.value]))).toEqual({ cat: 4 / 6, dog: 2 / 4 })
  expect(agreementByPair(tables).map(({ first, second, figures }) => [first, second, figures.f1.value, figures.items])).toEqual([['a', 'b', 1, 2], ['a', 'c', 0, 1], ['b', 'c', 0, 1]])
  expect([...agreementByPerson(tables)].map(([person, { f1, items }]) => [person, f1.value, items])).toEqual([['a', 6 / 8, 2], ['b', 6 / 8, 2], ['c', 0, 1]])
  expect([...agreementBySlice(tables, (item) => (item === 'i' ? ['night', 'all'] : ['all']))].map(([slice, { items }]) => [slice, items])).toEqual([['all', 2], ['night', 1]])
})

test('the sweep falls where the boxes are no longer the same', () => {
  const comparisons = [compareItem('i', [mark('a1', 'cat', 0), mark('b1', 'cat', 2), mark('a2', 'dog', 50), mark('b2', 'dog', 50)])]
  const curve = sweep(comparisons.map(sweepItem))
  expect(curve.map(({ threshold }) => threshold)).toEqual([...sweepThresholds])
  expect([sweepThresholds[0], sweepThresholds.at(-1)]).toEqual([0.1, 0.95])
  expect(curve.find(({ threshold }) => threshold === 0.65)).toMatchObject({ f1: 1, alpha: 1, things: 2 })
  expect(curve.find(({ threshold }) => threshold === 0.7)).toMatchObject({ f1: 0.5, things: 3, intervals: { alpha: null, f1: null, iou: null } })
  const two = sweep(['i', 'j', 'k'].map((item, at) => sweepItem(compareItem(item, [mark('a1', 'cat', 0), mark('b1', 'cat', at), mark('a2', 'dog', 50), mark('b2', 'dog', 50)]))))
  const { iou, intervals } = two.find(({ threshold }) => threshold === 0.5)!
  expect(intervals.iou!.low).toBeLessThanOrEqual(iou!)
  expect(intervals.iou!.high).toBeGreaterThanOrEqual(iou!)
})

test("people's marks are their own layers, without drafts", () => {
  const records = [annotation('1', { label: labelId('cat') }), annotation('2', { draft: true }), annotation('3', { layer: 'final' as Layer }), annotation('4', { layer: 'consensus' as Layer })]
  expect(marksOf(records)).toMatchObject([{ id: 'annotation:1', person: 'ada', label: 'label:cat' }])
})

const marks = fc.array(fc.record({ person: fc.constantFrom('a', 'b', 'c'), label: fc.constantFrom('x', 'y', null), x: fc.integer({ min: 0, max: 30 }) }), { maxLength: 10 })
  .map((rows) => rows.map(({ person, label, x }, at) => mark(`${person}${at}`, label, x)))

test('figures have a value in their bounds or a reason, the same for any order of marks and people', () => {
  fc.assert(fc.property(fc.array(marks, { maxLength: 4 }), (items) => {
    const figures = agreementOf(items.map((of, at) => table(`${at}`, of, ['a', 'b'])), { replicates: 50 })
    for (const one of [figures.alpha, figures.labelAlpha, figures.f1, figures.placeF1, figures.iou, figures.boundary, figures.wer]) {
      if (one.value === null) expect(one.reason).not.toBe('')
      else expect(one.value).toBeLessThanOrEqual(1 + 1e-12)
    }
    for (const { value } of [figures.f1, figures.placeF1, figures.iou]) if (value !== null) expect(value).toBeGreaterThanOrEqual(0)
    expect(agreementOf(items.map((of, at) => table(`${at}`, of.toReversed(), ['b', 'a'])), { replicates: 50 })).toEqual(figures)
  }), { numRuns: 60 })
})

test('alpha of a label is nominal alpha of "this" and "other" over all things, and a pair of people is as if they alone had done the items', () => {
  fc.assert(fc.property(fc.array(marks, { minLength: 1, maxLength: 4 }), (items) => {
    const tables = items.map((of, at) => table(`${at}`, of, ['a', 'b', 'c']))
    for (const [label, { alpha, items: shared }] of agreementByLabel(tables, { replicates: 20 })) {
      const rows = tables.flatMap(({ item, people, things }) => things.flatMap((thing, at) => people.map((worker) => ({ task: `${item} ${at}`, worker, value: thing.marks.find(({ person }) => person === worker)?.label === label ? 'this' : 'other' }))))
      expect(alpha.value ?? -9).toBeCloseTo(agree(rows, { metric: 'alpha', interval: false }).value ?? -9, 9)
      expect(alpha.items).toBe(tables.filter(({ things }) => things.some((thing) => thing.marks.some((mark) => mark.label === label))).length)
      expect(shared).toBe(items.length)
      if (alpha.items < 2) expect(alpha.interval).toBeNull()
    }
    for (const { first, second, figures } of agreementByPair(tables, { replicates: 20 }))
      expect(figures).toEqual(agreementOf(tables.map((one) => among(one, new Set([first, second]))), { replicates: 20 }))
  }), { numRuns: 40 })
})

test('a label in one item has no interval, in two it has; the figures of all have one from two items on', () => {
  const items = ['i', 'j'].map((item, at) => table(item, [mark('a1', 'cat', 0), mark('b1', 'cat', 0), mark('a2', at === 0 ? 'dog' : 'cat', 50), mark('b2', 'cat', 51)]))
  const { cat, dog } = Object.fromEntries(agreementByLabel(items))
  expect(dog).toMatchObject({ f1: { value: 0, items: 1, interval: null }, alpha: { items: 1, interval: null } })
  expect(cat!.f1).toMatchObject({ items: 2, interval: { confidence: 0.95 } })
  expect(agreementOf(items).f1.interval).not.toBeNull()
  expect(agreementOf(items.slice(1)).f1).toMatchObject({ value: 1, items: 1, interval: null })
})

test('perfect copies agree perfectly', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1 }), fc.array(fc.constantFrom('x', 'y'), { minLength: 10, maxLength: 10 }), (places, labels) => {
    const own = (person: string) => places.map((place) => mark(`${person}${place}`, labels[place]!, place * 20))
    const figures = agreementOf([table('i', ['a', 'b', 'c'].flatMap(own))])
    expect(figures).toMatchObject({ alone: 0, otherName: 0, f1: { value: 1 }, iou: { value: 1 } })
    if (figures.alpha.value !== null) expect(figures.alpha.value).toBe(1)
  }))
})
