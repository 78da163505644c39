import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Box, Geometry, Polygon, RotatedBox } from '#shared/model/geometry.ts'
import { cornersOfBox } from './box.ts'
import { convexHull } from './hull.ts'
import { convexIou, rotatedBoxIou } from './convex.ts'
import { boxIou, iou } from './iou.ts'
import { overlayAreas, polygonIou } from './overlay.ts'
import { polygonArea, polygonOfRing } from './polygon.ts'
import { cornersOfRotated } from './rotatedBox.ts'

const coordinate = fc.integer({ min: 0, max: 60 })
const box = fc.record({ kind: fc.constant('box' as const), x: coordinate, y: coordinate, width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })
const rotated = fc.record({
  kind: fc.constant('rotated-box' as const), cx: coordinate, cy: coordinate, width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }), angle: fc.integer({ min: -179, max: 180 }),
})
const ring = fc.array(coordinate, { minLength: 6, maxLength: 24 }).map((list) => list.slice(0, list.length & ~1))

const at = (x: number, y: number, width: number, height: number): Box => ({ kind: 'box', x, y, width, height })

test('boxes that share a third: 1/3; a box inside one four times as large: 1/4; apart: 0', () => {
  expect(boxIou(at(0, 0, 2, 2), at(1, 0, 2, 2))).toBeCloseTo(1 / 3)
  expect(boxIou(at(0, 0, 4, 4), at(1, 1, 2, 2))).toBe(1 / 4)
  expect(boxIou(at(0, 0, 2, 2), at(2, 0, 2, 2))).toBe(0)
  expect(boxIou(at(0, 0, 0, 0), at(0, 0, 0, 0))).toBe(0)
})

test('a square turned by 45° on its like: IoU √2 / 2 (the overlap is a regular octagon)', () => {
  const square: RotatedBox = { kind: 'rotated-box', cx: 0, cy: 0, width: 2, height: 2, angle: 0 }
  expect(rotatedBoxIou(square, { ...square, angle: 45 })).toBeCloseTo(Math.SQRT1_2, 12)
})

test('every way to the same number', () => {
  fc.assert(fc.property(box, box, (a, b) => {
    const expected = boxIou(a, b), [left, right] = [a, b].map((box) => polygonOfRing(cornersOfBox(box))) as [Polygon, Polygon]
    expect(polygonIou(left, right)).toBeCloseTo(expected, 9)
    expect(convexIou(cornersOfBox(a), cornersOfBox(b))).toBeCloseTo(expected, 9)
    const [maskA, maskB] = [a, b].map(({ x, y, width, height }): Geometry => ({ kind: 'mask', x, y, width, height, counts: [0, width * height] })) as [Geometry, Geometry]
    expect(iou(maskA, maskB)).toBeCloseTo(expected, 9)
    expect(iou(maskA, b)).toBeCloseTo(expected, 9)
  }))
  fc.assert(fc.property(rotated, rotated, (a, b) => {
    expect(polygonIou(polygonOfRing(cornersOfRotated(a)), polygonOfRing(cornersOfRotated(b)))).toBeCloseTo(rotatedBoxIou(a, b), 6)
  }))
  fc.assert(fc.property(ring, ring, (a, b) => {
    const hulls = [convexHull(a), convexHull(b)] as const
    expect(polygonIou(polygonOfRing(hulls[0]), polygonOfRing(hulls[1]))).toBeCloseTo(convexIou(...hulls), 6)
  }))
})

test('symmetric, between 0 and 1, and 1 with itself, also for rings that cross themselves', () => {
  fc.assert(fc.property(ring, ring, (a, b) => {
    const left = polygonOfRing(a), right = polygonOfRing(b), value = polygonIou(left, right)
    expect(polygonIou(right, left)).toBeCloseTo(value, 9)
    expect(value).toBeGreaterThanOrEqual(0)
    expect(value).toBeLessThanOrEqual(1)
    if (overlayAreas(left, left).a > 1e-6) expect(polygonIou(left, left)).toBeCloseTo(1, 9)
  }))
})

test('holes count as outside', () => {
  const ring: Polygon = { kind: 'polygon', parts: [[[0, 0, 10, 0, 10, 10, 0, 10], [2, 2, 8, 2, 8, 8, 2, 8]]] }
  const hole = polygonOfRing([2, 2, 8, 2, 8, 8, 2, 8])
  expect(polygonIou(ring, hole)).toBe(0)
  expect(overlayAreas(ring, hole)).toEqual({ a: polygonArea(ring), b: 36, common: 0 })
})

test('lines, points and times have none', () => {
  expect(iou({ kind: 'polyline', points: [0, 0, 1, 1] }, { kind: 'box', x: 0, y: 0, width: 1, height: 1 })).toBeNull()
  expect(iou({ kind: 'item' }, { kind: 'item' })).toBeNull()
})
