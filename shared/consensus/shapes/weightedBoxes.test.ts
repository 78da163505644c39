import { expect, test } from 'vitest'
import { weightedBoxesFusion, type FusionOptions, type ScoredBox } from './weightedBoxes.ts'

const scored = (corners: readonly number[], label: number, score: number): ScoredBox =>
  ({ box: { kind: 'box', x: corners[0]!, y: corners[1]!, width: corners[2]! - corners[0]!, height: corners[3]! - corners[1]! }, label, score })

/** tests/test_bbox.py of the package ensemble-boxes (since 1.0.7), the authors' own: three clusters, two sources of weights 2 and 1. */
const sources = [
  [scored([0.1, 0.1, 0.5, 0.5], 1, 0.9), scored([0.11, 0.11, 0.51, 0.51], 1, 0.8), scored([0.6, 0.6, 0.8, 0.8], 1, 0.7)],
  [scored([0.59, 0.59, 0.79, 0.79], 1, 0.85), scored([0.61, 0.61, 0.81, 0.81], 1, 0.75), scored([0.8, 0.8, 0.9, 0.9], 0, 0.65)],
]
const three = (0.7 * 2 + 0.85 + 0.75)
const boxes = {
  one: [(0.6 * 0.7 * 2 + 0.59 * 0.85 + 0.61 * 0.75) / three, (0.8 * 0.7 * 2 + 0.79 * 0.85 + 0.81 * 0.75) / three],
  two: [(0.1 * 0.9 * 2 + 0.11 * 0.8 * 2) / 3.4, (0.5 * 0.9 * 2 + 0.51 * 0.8 * 2) / 3.4],
  three: [0.8, 0.9],
}
const published: [FusionOptions['confidence'], (keyof typeof boxes)[], number[]][] = [
  ['box_and_model_avg', ['one', 'two', 'three'], [(three / 4) * (3 / 3), (3.4 / 4) * (2 / 3), 0.65 / 3]],
  ['absent_model_aware_avg', ['one', 'two', 'three'], [three / 4, 3.4 / 5, 0.65 / 3]],
  ['avg', ['two', 'one', 'three'], [3.4 / 3, three / 3, 0.65 / 3]],
]

test.each(published)('the authors’ test: %s', (confidence, order, scores) => {
  const found = weightedBoxesFusion(sources, { weights: [2, 1], iou: 0.5, skipBelow: 0.0001, confidence, overflow: true })
  expect(found.map(({ label }) => label)).toEqual([1, 1, 0])
  found.forEach(({ box, score }, at) => {
    const [from, to] = boxes[order[at]!]!
    expect([box.x, box.y]).toEqual([expect.closeTo(from!, 12), expect.closeTo(from!, 12)])
    expect([box.x + box.width, box.y + box.height]).toEqual([expect.closeTo(to!, 12), expect.closeTo(to!, 12)])
    expect(score).toBeCloseTo(scores[at]!, 12)
  })
})

test('the authors’ test of positions: two boxes of one source are their mean', () => {
  const [fused, ...rest] = weightedBoxesFusion([[scored([0, 0, 0.4, 0.6], 3, 1), scored([0, 0, 0.2, 0.4], 3, 1)]], { iou: 0, skipBelow: 0.001 })
  expect(rest).toEqual([])
  expect(fused).toMatchObject({ label: 3, score: 1, members: [{ source: 0, index: 0 }, { source: 0, index: 1 }] })
  expect([fused!.box.width, fused!.box.height]).toEqual([expect.closeTo(0.3, 12), expect.closeTo(0.5, 12)])
})

const kinds = ['avg', 'max', 'box_and_model_avg', 'absent_model_aware_avg'] as const

test.each(kinds.flatMap((confidence) => [[confidence, true], [confidence, false]] as const))('the authors’ simple case: five alike are one of them (%s, overflow %s)', (confidence, overflow) => {
  const one = [scored([0, 0, 0.1, 0.1], 0, 0.8)]
  const found = weightedBoxesFusion([one, one, one, one, one], { weights: [0.2, 0.2, 0.2, 0.2, 0.2], iou: 0.4, confidence, overflow })
  expect(found).toHaveLength(1)
  expect(found[0]!.score).toBeCloseTo(0.8, 12)
  expect([found[0]!.box.width, found[0]!.box.height]).toEqual([expect.closeTo(0.1, 12), expect.closeTo(0.1, 12)])
})

test('the authors’ case of max: 0.9 · 1 < 0.8 · 2, so the score is 0.8', () => {
  const [found] = weightedBoxesFusion([[scored([0.1, 0.1, 0.2, 0.2], 0, 0.9)], [scored([0.1, 0.1, 0.2, 0.2], 0, 0.8)]], { weights: [1, 2], iou: 0.5, skipBelow: 0.0001, confidence: 'max' })
  expect(found!.score).toBeCloseTo(0.8, 12)
})

test('nothing, boxes without area and scores too low give nothing', () => {
  expect(weightedBoxesFusion([])).toEqual([])
  expect(weightedBoxesFusion([[scored([0, 0, 0, 1], 1, 1), scored([0, 0, 1, 1], 1, 0.1)]], { skipBelow: 0.2 })).toEqual([])
})
