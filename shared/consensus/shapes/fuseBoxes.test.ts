import { expect, test } from 'vitest'
import type { Box } from '#shared/model/geometry.ts'
import { estimateShape } from './estimateShape.ts'
import { fuseBoxes } from './fuseBoxes.ts'

const box = (x: number, y: number, width = 100, height = 100): Box => ({ kind: 'box', x, y, width, height })
const by = (person: string, is: Box, weight?: number) => ({ person, box: is, weight })

test('boxes that meet are averaged by weight, and who lies elsewhere has no say', () => {
  const { box: found, weights, deviations } = fuseBoxes([by('ada', box(0, 0), 3), by('ben', box(8, 4), 1), by('cleo', box(90, 90), 1)])
  expect(found).toEqual(box(2, 1))
  expect(weights).toEqual([0.75, 0.25, 0])
  // Weighted variance 12 · 2 / 1, times 0.75² + 0.25².
  expect(deviations[0]).toBeCloseTo(Math.sqrt(12 * 2 * 0.625), 9)
})

test('one box, boxes that do not meet, boxes without area, weights of nothing: an answer each, and no NaN', () => {
  const cases = [[by('ada', box(0, 0))], [by('ada', box(0, 0), 1), by('ben', box(300, 0), 2)], [by('ada', box(0, 0, 0, 0)), by('ben', box(0, 0, 0, 0))], [by('ada', box(0, 0), 0), by('ben', box(2, 0), 0)]]
  const found = cases.map(fuseBoxes)
  for (const one of found) {
    expect(one.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect([...one.deviations, one.box.x, one.box.width].every(Number.isFinite)).toBe(true)
  }
  expect(found[1]).toMatchObject({ box: box(300, 0), weights: [0, 1] })
  expect(found[3]!.box).toEqual(box(1, 0))
})

test('a cluster asks for it by name', () => {
  const members = [{ person: 'ada', geometry: box(0, 0) }, { person: 'ben', geometry: box(4, 0) }]
  expect(estimateShape(members, { boxes: 'fusion' })).toMatchObject({ geometry: box(2, 0), method: 'weighted boxes fusion', weights: [0.5, 0.5] })
  expect(estimateShape(members).method).toBe('robust box')
})
