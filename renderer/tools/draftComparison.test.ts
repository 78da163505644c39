import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxIou } from '#shared/geometry/iou.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Box } from '#shared/model/geometry.ts'
import { annotation, box, labelId } from '#shared/testing/records.ts'
import { compareDrafts, comparisonByLabel } from './draftComparison.ts'

const car = labelId('car'), bus = labelId('bus')
const draft = (name: string, geometry: Annotation['geometry'], label = car, text: string | null = null) => annotation(name, { draft: true, geometry, label, text })
const names = (drafts: readonly Annotation[]) => drafts.map(({ id }) => id.slice('annotation:'.length))

test('what both drew, what one drew, and what both drew under another name', () => {
  const left = [draft('a1', box(0, 0, 10, 10)), draft('a2', box(100, 0, 10, 10)), draft('a3', box(200, 0, 10, 10))]
  const right = [draft('b1', box(0, 0, 10, 8)), draft('b2', box(200, 0, 10, 10), bus), draft('b3', box(300, 0, 10, 10))]
  const found = compareDrafts(left, right)
  expect(found.pairs.map(({ left: a, right: b, place, standing }) => [a.id, b.id, place, standing])).toEqual([
    ['annotation:a1', 'annotation:b1', expect.closeTo(0.8), 'matched'], ['annotation:a3', 'annotation:b2', 1, 'other-label'],
  ])
  expect([names(found.onlyLeft), names(found.onlyRight)]).toEqual([['a2'], ['b3']])
  expect(found.meanPlace).toBeCloseTo(0.9)
  expect([...found.standing.values()]).toEqual(['matched', 'alone', 'other-label', 'matched', 'other-label', 'alone'])
  expect(found.partner.get(left[2]!.id)).toBe(right[1])
  expect(comparisonByLabel(found, left, right)).toEqual([{ label: car, left: 3, right: 2, matched: 1 }, { label: bus, left: 0, right: 1, matched: 0 }])
})

test('the same label goes before the better place, and the sum decides who belongs to whom', () => {
  const left = [draft('a', box(0, 0, 10, 10))]
  const right = [draft('exact', box(0, 0, 10, 10), bus), draft('same', box(0, 0, 10, 7))]
  const found = compareDrafts(left, right)
  expect(found.pairs).toMatchObject([{ right: { id: 'annotation:same' }, standing: 'matched' }])
  expect(names(found.onlyRight)).toEqual(['exact'])
  // Greedily a–x (0.9) would leave b alone; together a–y and b–x are worth more.
  const [a, b] = [draft('a', box(0, 0, 100, 10)), draft('b', box(22, 0, 100, 10))]
  const [x, y] = [draft('x', box(5, 0, 100, 10)), draft('y', box(-25, 0, 100, 10))]
  expect(compareDrafts([a, b], [x, y]).pairs.map(({ left: one, right: other }) => names([one, other]).join(''))).toEqual(['ay', 'bx'])
})

test('IoU of exactly one half matches, less does not; lines match by place and differ by what they say', () => {
  expect(compareDrafts([draft('a', box(0, 0, 10, 10))], [draft('b', box(0, 0, 10, 5))]).pairs).toHaveLength(1)
  expect(compareDrafts([draft('a', box(0, 0, 10, 10))], [draft('b', box(0, 0, 10, 4.9))]).pairs).toHaveLength(0)
  const line = (name: string, text: string) => draft(name, { kind: 'text-line', outline: { kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 10, 0, 10]]] }, baseline: null }, car, text)
  expect(compareDrafts([line('a', 'Anno 1782')], [line('b', 'Anno 1732')]).pairs).toMatchObject([{ standing: 'other-text' }])
  expect(compareDrafts([line('a', 'Anno 1782')], [line('b', 'Anno 1782')]).pairs).toMatchObject([{ standing: 'matched' }])
  expect(compareDrafts([line('a', 'Anno 1782')], [{ ...line('b', ''), text: null }]).pairs).toMatchObject([{ standing: 'matched' }])
})

test('nothing on one side, on both, or no picture: no pairs and no mean', () => {
  expect(compareDrafts([], [])).toMatchObject({ pairs: [], onlyLeft: [], onlyRight: [], meanPlace: null })
  expect(compareDrafts([draft('a', box(0, 0, 1, 1))], []).onlyLeft).toHaveLength(1)
  expect(compareDrafts([draft('a', { kind: 'item' })], [draft('b', { kind: 'item' }, bus)]).pairs).toMatchObject([{ standing: 'other-label', place: 1 }])
})

test('every draft is in one pair or alone, and no pair lies further apart than one half, whatever the boxes', () => {
  const boxes = fc.array(fc.record({ x: fc.integer({ min: 0, max: 30 }), y: fc.integer({ min: 0, max: 30 }), width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }), label: fc.constantFrom(car, bus) }), { maxLength: 12 })
  fc.assert(fc.property(boxes, boxes, (a, b) => {
    const left = a.map(({ label, x, y, width, height }, at) => draft(`a${at}`, box(x, y, width, height), label)), right = b.map(({ label, x, y, width, height }, at) => draft(`b${at}`, box(x, y, width, height), label))
    const { pairs, onlyLeft, onlyRight, standing, partner } = compareDrafts(left, right)
    expect(pairs.length + onlyLeft.length).toBe(left.length)
    expect(pairs.length + onlyRight.length).toBe(right.length)
    expect(new Set(pairs.map((pair) => pair.right.id)).size).toBe(pairs.length)
    expect([standing.size, partner.size]).toEqual([left.length + right.length, 2 * pairs.length])
    for (const pair of pairs) expect(boxIou(pair.left.geometry as Box, pair.right.geometry as Box)).toBeGreaterThanOrEqual(0.5)
  }), { numRuns: 200 })
})
