import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { select } from './select.ts'
import { boxIou, suppress } from './suppress.ts'

const box = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(([x, y, w, h]) => [x, y, x + w, y + h])
const boxes = fc.array(fc.record({ box, group: fc.nat(2) }), { maxLength: 40 })

/** The definition, word by word. */
function naive(list: readonly { box: number[], group: number }[], overlap: number): number[] {
  let left = list.map((_, at) => at)
  const kept: number[] = []
  while (left.length > 0) {
    const best = left[0]!
    kept.push(best)
    left = left.slice(1).filter((at) => list[at]!.group !== list[best]!.group || boxIou([...list[best]!.box, ...list[at]!.box], 0, 4) <= overlap)
  }
  return kept
}

test('suppression is what its definition says, class by class or not', () => {
  fc.assert(fc.property(boxes, fc.constantFrom(0, 0.3, 0.5, 0.7, 1), (list, overlap) => {
    const flat = Float64Array.from(list.flatMap(({ box }) => box)), groups = list.map(({ group }) => group)
    expect(suppress(flat, groups, overlap, Infinity)).toEqual(naive(list, overlap))
    expect(suppress(flat, null, overlap, Infinity)).toEqual(naive(list.map(({ box }) => ({ box, group: 0 })), overlap))
    expect(suppress(flat, groups, overlap, 3)).toEqual(naive(list, overlap).slice(0, 3))
  }))
})

test('a box of exactly the overlap stays', () => {
  // 10 × 10 twice, shifted by 5: 50 / 150.
  const pair = Float64Array.of(0, 0, 10, 10, 5, 0, 15, 10)
  expect(boxIou(pair, 0, 4)).toBeCloseTo(1 / 3, 12)
  expect(suppress(pair, null, 50 / 150, 9)).toEqual([0, 1])
  expect(suppress(pair, null, 0.33, 9)).toEqual([0])
})

test('the best of many in order, ties by place, NaN never', () => {
  const score = fc.oneof(fc.float({ min: 0, max: 1 }), fc.constantFrom(0, 0.5, 0.25, NaN, -1, -0))
  fc.assert(fc.property(fc.array(score, { maxLength: 60 }), fc.constantFrom(0, 0.25, 0.5), fc.integer({ min: 1, max: 20 }), (list, threshold, most) => {
    const scores = Float32Array.from(list)
    const expected = [...scores.keys()].filter((at) => scores[at]! >= threshold).sort((a, b) => scores[b]! - scores[a]! || a - b)
    const { chosen, passed } = select(scores, threshold, most)
    expect([...chosen]).toEqual(expected.slice(0, most))
    expect(passed).toBe(expected.length)
  }), { numRuns: 500 })
})
