import { expect, test } from 'vitest'
import type { Polygon, Ring } from '#shared/model/geometry.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { momentBox } from './momentBox.ts'

const circle = (r: number, off: (at: number) => number = () => 0): Ring =>
  Array.from({ length: 240 }, (_, at) => at).flatMap((at) => [500 + (r + off(at)) * Math.cos((at / 120) * Math.PI), 300 + (r + off(at)) * Math.sin((at / 120) * Math.PI)])
const polygon = (...parts: Ring[][]): Polygon => ({ kind: 'polygon', parts })

test('a box is its own, whichever way its corners go; of two parts both count', () => {
  const box = [10, 20, 70, 20, 70, 50, 10, 50]
  const near = { kind: 'box', x: expect.closeTo(10, 9), y: expect.closeTo(20, 9), width: expect.closeTo(60, 9), height: expect.closeTo(30, 9) }
  expect(momentBox(polygon([box]))).toEqual(near)
  expect(momentBox(polygon([[10, 50, 70, 50, 70, 20, 10, 20]]))).toEqual(near)
  expect(momentBox(polygon([[10, 20, 40, 20, 40, 50, 10, 50]], [[40, 20, 70, 20, 70, 50, 40, 50]]))).toEqual(near)
})

test('a circle has √3 / 2 of its width, a ring that of its second moment (R² + r²) / 4', () => {
  expect(momentBox(polygon([circle(100)]))!.width).toBeCloseTo(100 * Math.sqrt(3), 0)
  expect(momentBox(polygon([circle(100), circle(60)]))!.height).toBeCloseTo(Math.sqrt(3 * (100 ** 2 + 60 ** 2)), 0)
})

test('what is drawn roughly grows less than its bounding box', () => {
  const random = randomFrom(4)
  const rough = polygon([circle(100, () => 5 * normalFrom(random))])
  expect(momentBox(rough)!.width / (100 * Math.sqrt(3))).toBeLessThan(1.01)
})

test('without area the bounding box, without points nothing', () => {
  expect(momentBox(polygon([[0, 0, 10, 0, 20, 0]]))).toEqual({ kind: 'box', x: 0, y: 0, width: 20, height: 0 })
  expect(momentBox(polygon([[0, 0, 40, 40, 40, 0, 0, 40]]))).toEqual({ kind: 'box', x: 0, y: 0, width: 40, height: 40 })
  expect(momentBox(polygon())).toBeNull()
})
