import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Geometry } from '#shared/model/geometry.ts'
import { boundsOf, contains } from './bounds.ts'
import { hitsShape } from './hit.ts'
import { meetsRectangle } from './meets.ts'
import { clampMove, rounded, translate, translateWithin } from './transform.ts'

const shapes: Geometry[] = [
  { kind: 'box', x: 10, y: 10, width: 20, height: 20 },
  { kind: 'rotated-box', cx: 20, cy: 20, width: 20, height: 10, angle: 45 },
  { kind: 'polygon', parts: [[[10, 10, 30, 10, 30, 30, 10, 30], [15, 15, 25, 15, 25, 25, 15, 25]]] },
  { kind: 'mask', x: 10, y: 10, width: 2, height: 2, counts: [0, 3, 1] },
  { kind: 'polyline', points: [10, 10, 30, 10] },
  { kind: 'points', points: [10, 10, 30, 30] },
  { kind: 'keypoints', points: [{ x: 10, y: 10, visibility: 2 }, { x: 30, y: 30, visibility: 0 }] },
  { kind: 'text-line', outline: { kind: 'box', x: 10, y: 10, width: 30, height: 10 }, baseline: [10, 25, 40, 25] },
]
const whole = fc.integer({ min: -300, max: 300 })
const image = { minX: 0, minY: 0, maxX: 100, maxY: 100 }

test.each(shapes.map((shape) => [shape.kind, shape] as const))('%s: moves with its bounds, and back', (_, shape) => {
  fc.assert(fc.property(whole, whole, (dx, dy) => {
    const bounds = boundsOf(shape)!, moved = translate(shape, dx, dy)
    expect(boundsOf(moved)!.minX).toBeCloseTo(bounds.minX + dx, 9)
    expect(boundsOf(moved)!.maxY).toBeCloseTo(bounds.maxY + dy, 9)
    expect(rounded(translate(moved, -dx, -dy))).toEqual(shape)
    const inside = boundsOf(rounded(translateWithin(shape, dx, dy, image)))!
    expect(contains({ minX: -0.01, minY: -0.01, maxX: 100.01, maxY: 100.01 }, inside)).toBe(true)
  }))
})

test('a segment and a whole item do not move and have no bounds', () => {
  expect(translate({ kind: 'item' }, 5, 5)).toEqual({ kind: 'item' })
  expect(boundsOf({ kind: 'item' })).toBeNull()
})

test('what is outside may come back but not go farther', () => {
  expect(clampMove({ minX: -20, minY: 0, maxX: -10, maxY: 10 }, -5, 0, image)).toEqual({ dx: 0, dy: 0 })
  expect(clampMove({ minX: -20, minY: 0, maxX: -10, maxY: 10 }, 5, 0, image)).toEqual({ dx: 5, dy: 0 })
  expect(clampMove({ minX: -20, minY: 0, maxX: 120, maxY: 10 }, 5, 0, image)).toEqual({ dx: 5, dy: 0 })
})

test('rounding keeps a shared border shared', () => {
  expect(rounded({ kind: 'box', x: 0.004, y: 0, width: 10.004, height: 1 })).toMatchObject({ x: 0, width: 10.01 })
  expect(rounded({ kind: 'box', x: 10.008, y: 0, width: 5, height: 1 })).toMatchObject({ x: 10.01 })
})

test.each([
  ['box', 0, [20, 20], true], ['box', 0, [8, 20], false], ['box', 3, [8, 20], true],
  ['rotated-box', 0, [26, 26], true], ['rotated-box', 0, [26, 14], false],
  ['polygon', 0, [20, 20], false], ['polygon', 0, [12, 20], true], ['polygon', 3, [17, 20], true],
  ['mask', 0, [10.5, 10.5], true], ['mask', 0, [11.5, 11.5], false], ['mask', 1, [11.5, 11.5], true],
  ['polyline', 2, [20, 11], true], ['polyline', 0.5, [20, 11], false],
  ['points', 2, [30, 29], true], ['points', 2, [20, 20], false],
  ['keypoints', 2, [10, 11], true], ['keypoints', 2, [30, 30], false],
  ['text-line', 1, [20, 25.5], true], ['text-line', 1, [20, 22.5], false],
] as const)('%s with tolerance %d is hit at %j: %s', (kind, tolerance, [x, y], hit) => {
  expect(hitsShape(shapes.find((shape) => shape.kind === kind)!, { x, y }, tolerance)).toBe(hit)
})

test('a rectangle meets an area around it, an edge through it, and a point in it, but not a hole or a gap', () => {
  const [box, tilted, ring, mask, line, points] = shapes as [Geometry, Geometry, Geometry, Geometry, Geometry, Geometry]
  expect(meetsRectangle(box, { minX: 18, minY: 18, maxX: 19, maxY: 19 })).toBe(true)
  expect(meetsRectangle(tilted, { minX: 10, minY: 10, maxX: 11, maxY: 11 })).toBe(false)
  expect(meetsRectangle(ring, { minX: 18, minY: 18, maxX: 19, maxY: 19 })).toBe(false)
  expect(meetsRectangle(mask, { minX: 11.1, minY: 11.1, maxX: 11.9, maxY: 11.9 })).toBe(false)
  expect(meetsRectangle(line, { minX: 19, minY: 0, maxX: 20, maxY: 50 })).toBe(true)
  expect(meetsRectangle(points, { minX: 15, minY: 15, maxX: 20, maxY: 20 })).toBe(false)
})
