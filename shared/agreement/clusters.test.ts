import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Geometry } from '#shared/model/geometry.ts'
import type { TierId } from '#shared/model/id.ts'
import { clusterMarks, compareMarks } from './clusters.ts'
import type { Mark } from './mark.ts'
import { cocoSigmas, keypointSimilarity } from './oks.ts'
import { boundaryF } from './boundary.ts'
import { extentIou, similarity } from './similarity.ts'

const box = (x: number, y: number, width = 10, height = 10): Geometry => ({ kind: 'box', x, y, width, height })
const mark = (id: string, label: string | null, geometry: Geometry, text: string | null = null): Mark => ({ id, person: id[0]!, label, geometry, text })
const names = (marks: readonly Mark[], threshold = 0.5, options = {}) =>
  clusterMarks(compareMarks(marks, options), threshold).map((cluster) => cluster.marks.map(({ id }) => id).join('+')).sort()
const tier = 'tier:a' as TierId
const segment = (start: number, end: number, of = tier): Geometry => ({ kind: 'segment', tier: of, start, end, rate: 1000 })

test('one thing seen by three, one seen by one', () => {
  const marks = [mark('a1', 'cat', box(0, 0)), mark('b1', 'cat', box(1, 0)), mark('c1', 'cat', box(0, 1)), mark('c2', 'cat', box(50, 50))]
  expect(names(marks)).toEqual(['a1+b1+c1', 'c2'])
})

test('two marks of one person in one place stay two things', () => {
  expect(names([mark('a1', 'cat', box(0, 0)), mark('a2', 'cat', box(0, 0)), mark('b1', 'cat', box(0, 0))])).toEqual(['a1+b1', 'a2'])
})

test('the same label goes before the better place, another label is a finding', () => {
  const marks = [mark('a1', 'cat', box(0, 0)), mark('b1', 'cat', box(2, 0)), mark('b2', 'dog', box(0, 0)), mark('c1', 'dog', box(1, 0))]
  expect(names(marks)).toEqual(['a1+b1', 'b2+c1'])
  const clusters = clusterMarks(compareMarks([mark('a1', 'cat', box(0, 0)), mark('b1', 'cat', box(0, 0)), mark('c1', 'dog', box(0, 0))]), 0.5)
  expect(clusters).toHaveLength(1)
  expect(clusters[0]).toMatchObject({ sameLabel: false, links: [{ first: 0, second: 1, place: 1 }, { first: 0, second: 2, place: 1 }, { first: 1, second: 2, place: 1 }] })
})

test('complete linkage: a chain does not become one thing', () => {
  const marks = [mark('a1', 'cat', box(0, 0)), mark('b1', 'cat', box(3, 0)), mark('c1', 'cat', box(6, 0))]
  expect(names(marks, 0.5)).toHaveLength(2)
  expect(names(marks, 0.25)).toEqual(['a1+b1+c1'])
})

test('neighbours are paired so that the sum is best', () => {
  const marks = [mark('a1', 'x', box(0, 0)), mark('a2', 'x', box(6, 0)), mark('b1', 'x', box(3, 0)), mark('b2', 'x', box(9, 0))]
  expect(names(marks, 0.3)).toEqual(['a1+b1', 'a2+b2'])
})

test('kinds that differ but cover pixels can meet, others not', () => {
  const polygon: Geometry = { kind: 'polygon', parts: [[[0, 0, 10, 0, 10, 10, 0, 10]]] }
  expect(names([mark('a1', 'x', polygon), mark('b1', 'x', box(0, 0)), mark('c1', 'x', { kind: 'item' })])).toEqual(['a1+b1', 'c1'])
})

test('lines of text: of two in one place the one with the same words', () => {
  const textDistance = (a: string, b: string) => (a === b ? 0 : 1)
  const marks = [mark('a1', null, box(0, 0), 'one'), mark('b1', null, box(0, 0), 'two'), mark('b2', null, box(1, 0), 'one')]
  expect(names(marks, 0.5)).toEqual(['a1+b1', 'b2'])
  expect(names(marks, 0.5, { textDistance })).toEqual(['a1+b2', 'b1'])
})

test('segments meet within a tier, by overlap or by close boundaries', () => {
  const at = (a: Geometry, b: Geometry, collar = 0.2) => similarity(mark('a1', null, a), mark('b1', null, b), { collar })?.place ?? null
  expect(at(segment(0, 1000), segment(500, 1500))).toBeCloseTo(1 / 3, 12)
  expect(at(segment(0, 100), segment(100, 200))).toBeCloseTo(0.75, 12)
  expect(at(segment(0, 100), segment(100, 200), 0)).toBe(0)
  expect(at(segment(500, 500), segment(500, 500))).toBe(1)
  expect(at(segment(0, 1000), segment(0, 1000, 'tier:b' as TierId))).toBeNull()
})

test('what two shapes or stretches share over what they cover together', () => {
  expect(extentIou(segment(0, 1000), segment(500, 1500, 'tier:b' as TierId))).toBeCloseTo(1 / 3, 12)
  expect(extentIou(box(0, 0), box(5, 0))).toBeCloseTo(1 / 3, 12)
  expect(extentIou(segment(0, 1000), box(0, 0))).toBeNull()
  expect(extentIou({ kind: 'item' }, { kind: 'item' })).toBeNull()
})

test('OKS: a point off by its sigma-scaled distance counts exp(−1/2), a point missed counts 0', () => {
  const body = (dx: number) => ({ kind: 'keypoints' as const, points: cocoSigmas.map((_, at) => ({ x: (at % 4) * 10 + (at === 5 ? dx : 0), y: Math.floor(at / 4) * 10, visibility: 2 as const })) })
  const area = 30 * 40
  expect(keypointSimilarity(body(0), body(0))).toBe(1)
  expect(keypointSimilarity(body(0), body(Math.sqrt(area) * 2 * cocoSigmas[5]))).toBeCloseTo((16 + Math.exp(-0.5)) / 17, 9)
  const missed = { ...body(0), points: body(0).points.map((point, at) => (at === 5 ? { ...point, visibility: 0 as const } : point)) }
  expect(keypointSimilarity(body(0), missed)).toBeCloseTo(16 / 17, 9)
  expect(keypointSimilarity(body(0), { kind: 'keypoints', points: body(0).points.slice(1) })).toBeNull()
})

test('boundary F: 1 within the tolerance, less where half of two sides is shared', () => {
  expect(boundaryF(box(0, 0, 100, 100), box(1, 1, 100, 100), 2)).toBe(1)
  expect(boundaryF(box(0, 0, 100, 100), box(50, 0, 100, 100), 2)).toBeCloseTo(0.27, 1)
  expect(boundaryF(box(0, 0), box(500, 0), 2)).toBe(0)
  expect(boundaryF(box(0, 0), { kind: 'item' }, 2)).toBeNull()
})

const marks = fc.array(fc.record({ person: fc.constantFrom('a', 'b', 'c', 'd'), label: fc.constantFrom('x', 'y', null), x: fc.integer({ min: 0, max: 12 }), y: fc.integer({ min: 0, max: 4 }) }), { maxLength: 14 })
  .map((rows) => rows.map(({ person, label, x, y }, at) => mark(`${person}${at}`, label, box(x, y))))

test('whatever the marks: each in one cluster, one a person, all linked, the same in any order', () => {
  fc.assert(fc.property(marks, fc.constantFrom(0.1, 0.5, 0.75), fc.infiniteStream(fc.nat()), (all, threshold, keys) => {
    const clusters = clusterMarks(compareMarks(all), threshold)
    expect(clusters.flatMap((cluster) => cluster.marks.map(({ id }) => id)).sort()).toEqual(all.map(({ id }) => id).sort())
    for (const cluster of clusters) {
      expect(new Set(cluster.marks.map(({ person }) => person)).size).toBe(cluster.marks.length)
      for (const { place } of cluster.links) expect(place).toBeGreaterThanOrEqual(threshold)
    }
    const shuffled = all.map((one) => ({ one, key: keys.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one)
    expect(clusterMarks(compareMarks(shuffled), threshold)).toEqual(clusters)
  }), { numRuns: 200 })
})
