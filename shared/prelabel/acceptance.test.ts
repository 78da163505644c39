import { describe, expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { TierId } from '#shared/model/id.ts'
import { adoptedId } from '#shared/model/verdict.ts'
import { annotation, author, box, labelId, verdict } from '#shared/testing/records.ts'
import { acceptanceTally, type JudgedItem } from './acceptance.ts'
import { draftEdit } from './draftEdit.ts'
import { matchDrafts } from './draftMatch.ts'
import { differenceOfMeans, quantile } from './twoSamples.ts'

const car = labelId('car'), dog = labelId('dog')
const provenance = (model: string) => ({ by: 'model' as const, model, version: '1', hash: '0'.repeat(64), settings: {}, score: 0.9, backend: 'wasm', at: 0 })
const draft = (name: string, geometry: Geometry, parts: Partial<Annotation> = {}, model = 'yolo') =>
  annotation(name, { draft: true, layer: `model:${model}` as Layer, author: author(`model:${model}`), label: car, geometry, provenance: provenance(model), ...parts })
const drawn = (name: string, geometry: Geometry, by = 'ada', parts: Partial<Annotation> = {}) => annotation(name, { author: author(by), layer: layerOf(author(by)), label: car, geometry, ...parts })
/** What a draft becomes with who accepts it. */
const own = (from: Annotation, by = 'ada', parts: Partial<Annotation> = {}): Annotation => ({
  ...from, id: adoptedId(from.id, author(by)), author: author(by), layer: layerOf(author(by)), draft: false, provenance: { by: 'human', origin: from.provenance as ReturnType<typeof provenance> }, ...parts,
})
const item = (parts: Partial<JudgedItem>): JudgedItem => ({ slice: null, drafts: [], marks: [], verdicts: [], visits: [], ...parts })
const aided = (by: string) => ({ author: author(by), submittedAt: 1000, control: false })
const unaided = (by: string) => ({ author: author(by), submittedAt: 1000, control: true })
const tallied = (items: readonly JudgedItem[], sliced = false) => {
  const tally = acceptanceTally(sliced)
  for (const each of items) tally.add(each)
  return tally
}

describe('an edit of a draft', () => {
  test('1 − IoU of two boxes of which half is common to both is 2/3', () => {
    const from = draft('d', box(0, 0, 20, 10))
    expect(draftEdit(from, own(from, 'ada', { geometry: box(10, 0, 20, 10) })).shape).toBeCloseTo(2 / 3, 12)
  })

  test('a vertex moved, one put in and one taken out count one each', () => {
    const ring = (...values: number[]): Geometry => ({ kind: 'polygon', parts: [[values]] })
    const from = draft('d', ring(0, 0, 10, 0, 10, 10, 0, 10))
    const to = (geometry: Geometry) => draftEdit(from, own(from, 'ada', { geometry })).vertices
    expect(to(ring(0, 0, 12, 0, 10, 10, 0, 10))).toBe(1)
    expect(to(ring(0, 0, 5, 0, 10, 0, 10, 10, 0, 10))).toBe(1)
    expect(to(ring(0, 0, 10, 0, 10, 10))).toBe(1)
    expect(to(ring(0, 10, 0, 0, 10, 0, 10, 10))).toBe(0)
  })

  test('characters are what a reader calls one; a boundary that moves is seconds; another label is seen', () => {
    const said = draft('d', { kind: 'segment', tier: 'tier:t' as TierId, start: 16_000, end: 32_000, rate: 16_000 }, { text: 'cafe\u0301 noir' })
    const now = own(said, 'ada', { text: 'cafe noirs', label: dog, geometry: { kind: 'segment', tier: 'tier:t' as TierId, start: 16_000, end: 36_000, rate: 16_000 } })
    expect(draftEdit(said, now)).toMatchObject({ same: false, characters: 2, seconds: 0.25, relabelled: true, shape: null, vertices: null })
  })
})

test('drafts go to marks of their own label, one each, so that the sum is greatest', () => {
  // The first draft is nearest to the first mark, and yet both find a partner.
  const drafts = [draft('a', box(0, 0, 10, 10)), draft('b', box(2, 0, 10, 10)), draft('c', box(50, 50, 10, 10), { label: dog })]
  const marks = [drawn('x', box(1, 0, 10, 10)), drawn('y', box(8, 0, 10, 10)), drawn('z', box(50, 50, 10, 10))]
  const matched = matchDrafts(drafts, marks)
  expect([...matched.drafts].map((value) => value.toFixed(4))).toEqual([(9 / 11).toFixed(4), (4 / 16).toFixed(4), '0.0000'])
  expect(matched.marks[2]).toBe(0)
})

describe('acceptance', () => {
  const [a, b, c, d] = [draft('a', box(0, 0, 10, 10)), draft('b', box(20, 0, 10, 10)), draft('c', box(40, 0, 10, 10)), draft('d', box(60, 0, 10, 10), { label: dog })]
  const first = item({
    slice: 'night', drafts: [a, b, c, d],
    marks: [own(a), own(b, 'ada', { geometry: box(20, 0, 10, 5) }), drawn('missed', box(80, 0, 10, 10))],
    verdicts: [
      verdict(a, 'ada', 'accepted', { durationMs: 1000, at: 10 }), verdict(b, 'ada', 'edited', { durationMs: 3000, at: 20 }),
      verdict(c, 'ada', 'rejected', { durationMs: 2000, at: 30 }), verdict(d, 'ada', 'accepted', { at: 40 }),
    ],
    visits: [aided('ada')],
  })

  test('counts, edits and times of one person on one item, by hand', () => {
    const [all] = tallied([first]).rows()
    // The dog was accepted, and deleted afterwards.
    expect(all).toMatchObject({ model: 'yolo', of: 'model', drafts: 4, decided: 4, accepted: { count: 1, n: 4, value: 0.25 }, edited: { count: 1 }, rejected: { count: 2 } })
    expect(all!.accepted.low).toBeCloseTo(0.0456, 3)
    expect(all!.accepted.high).toBeCloseTo(0.6994, 3)
    expect(all!.edit.shape).toEqual({ n: 2, value: 0.25 })
    expect(all!.time).toEqual({ n: 3, median: 2000, low: 1500, high: 2500 })
    expect(all!.aided).toMatchObject({ pairs: 1, misses: { count: 1, n: 3 }, falseAlarms: { count: 2, n: 4 } })
  })

  test('by label and by slice the same numbers are split, and sum to all', () => {
    const rows = tallied([first], true).rows()
    expect(rows.filter(({ of }) => of === 'label').map(({ label, decided }) => [label, decided])).toEqual([[car, 3], [dog, 1]])
    expect(rows.filter(({ of }) => of === 'label-slice').map(({ label, slice, decided }) => [label, slice, decided])).toEqual([[car, 'night', 3], [dog, 'night', 1]])
    expect(rows.find(({ of }) => of === 'slice')).toMatchObject({ slice: 'night', decided: 4 })
  })

  test('two people judge the same draft: two verdicts of one draft', () => {
    const rows = tallied([item({ drafts: [a], marks: [own(a), own(a, 'bo', { geometry: box(0, 0, 10, 8) })], verdicts: [verdict(a, 'ada'), verdict(a, 'bo', 'edited')], visits: [aided('ada'), aided('bo')] })]).rows()
    expect(rows[0]).toMatchObject({ drafts: 1, decided: 2, accepted: { count: 1 }, edited: { count: 1 }, aided: { pairs: 2 } })
  })

  test('who was shown nothing gives misses and false alarms of the model, and no acceptance', () => {
    const marks = [drawn('x', box(0, 0, 10, 9)), drawn('y', box(200, 0, 10, 10)), own(c)]
    const [row] = tallied([item({ drafts: [a, b, c], marks, verdicts: [verdict(c, 'ada')], visits: [unaided('ada')] })]).rows()
    // What came from the draft after all (c) is no unaided mark.
    expect(row).toMatchObject({ decided: 0, unaided: { pairs: 1, misses: { count: 1, n: 2 }, falseAlarms: { count: 2, n: 3 } }, aided: { pairs: 0 } })
  })

  test('a person who has not submitted counts as finished only when every draft is decided', () => {
    const open = { author: author('ada'), submittedAt: null, control: false }
    expect(tallied([item({ drafts: [a, b], marks: [own(a)], verdicts: [verdict(a, 'ada')], visits: [open] })]).rows()[0]!.aided.pairs).toBe(0)
    expect(tallied([item({ drafts: [a], marks: [own(a)], verdicts: [verdict(a, 'ada')], visits: [open] })]).rows()[0]!.aided.pairs).toBe(1)
  })

  test('anchoring is what the aided agree with the draft more than the unaided do: 1 − 0.8', () => {
    const items = Array.from({ length: 30 }, (_, at) => {
      const made = draft(`p${at}`, box(0, 0, 10, 10))
      return at % 2 === 0 ? item({ drafts: [made], marks: [own(made)], verdicts: [verdict(made, 'ada')], visits: [aided('ada')] })
        : item({ drafts: [made], marks: [drawn(`q${at}`, box(0, 0, 10, at % 4 === 1 ? 7 : 9), 'bo')], visits: [unaided('bo')] })
    })
    const { anchoring } = tallied(items).rows()[0]!
    const mean = (8 * 0.7 + 7 * 0.9) / 15
    expect(anchoring.aided).toEqual({ n: 15, value: 1 })
    expect(anchoring.unaided.value).toBeCloseTo(mean, 12)
    expect(anchoring.difference).toBeCloseTo(1 - mean, 12)
    expect(anchoring.low!).toBeLessThan(1 - mean)
    expect(anchoring.high!).toBeGreaterThan(1 - mean)
    // The standard error of the mean of 15 values ± 0.1 is about 0.026.
    expect(anchoring.high! - anchoring.low!).toBeGreaterThan(0.06)
    expect(anchoring.high! - anchoring.low!).toBeLessThan(0.14)
  })

  test('the trend has a point a day, or a point every 50 verdicts', () => {
    const day = 86_400_000
    const items = Array.from({ length: 120 }, (_, at) => {
      const made = draft(`t${at}`, box(0, 0, 10, 10))
      return item({ drafts: [made], marks: at < 60 ? [own(made)] : [], verdicts: [verdict(made, 'ada', at < 60 ? 'accepted' : 'rejected', { at: 5 * day + at * (day / 40) })], visits: [aided('ada')] })
    })
    expect(tallied(items).trend('day').map(({ at, decided, accepted }) => [at / day, decided, accepted.value])).toEqual([[5, 40, 1], [6, 40, 0.5], [7, 40, 0]])
    expect(tallied(items).trend('verdicts').map(({ index, decided, accepted }) => [index, decided, accepted.count])).toEqual([[0, 50, 50], [1, 50, 10], [2, 20, 0]])
  })

  test('two models are counted apart', () => {
    const other = draft('o', box(0, 0, 10, 10), {}, 'ssd')
    const rows = tallied([item({ drafts: [a, other], marks: [own(other)], verdicts: [verdict(a, 'ada', 'rejected'), verdict(other, 'ada')], visits: [aided('ada')] })]).rows().filter(({ of }) => of === 'model')
    expect(rows.map(({ model, accepted }) => [model, accepted.value])).toEqual([['ssd', 1], ['yolo', 0]])
    // The mark that the other model's draft became is no miss of this one: it matches its draft too.
    expect(rows[1]!.aided.misses).toMatchObject({ count: 0, n: 1 })
  })
})

describe('the difference of two means', () => {
  const spread = (values: readonly number[]) => values.map((sum) => ({ sum, n: 1 }))
  test('no value without both samples, no interval with one cluster', () => {
    expect(differenceOfMeans(spread([1]), [])).toEqual({ difference: null, low: null, high: null })
    expect(differenceOfMeans(spread([1]), spread([0.5, 0.5]))).toEqual({ difference: 0.5, low: null, high: null })
  })
  test('a sample of equal values has an interval of no width', () => {
    expect(differenceOfMeans(spread([1, 1, 1]), spread([0.25, 0.25]))).toEqual({ difference: 0.75, low: 0.75, high: 0.75 })
  })
  test('the interval of Efron & Tibshirani’s mouse data (table 2.1) is about 30.6 ± 1.96 · 26', () => {
    // Sections 2 and 8.3: treatment minus control, 30.63; their bootstrap standard error is 26.85.
    const { difference, low, high } = differenceOfMeans(spread([94, 197, 16, 38, 99, 141, 23]), spread([52, 104, 146, 10, 51, 30, 40, 27, 46]))
    expect(difference).toBeCloseTo(30.63, 2)
    expect((high! - low!) / (2 * 1.96)).toBeGreaterThan(23)
    expect((high! - low!) / (2 * 1.96)).toBeLessThan(30)
  })
  test('quantiles are type 7 of Hyndman and Fan', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75)
    expect(quantile([], 0.5)).toBeNull()
  })
})
