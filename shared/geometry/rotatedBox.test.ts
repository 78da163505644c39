import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RotatedBox } from '#shared/model/geometry.ts'
import { normaliseAngle, rotatePoint } from './angle.ts'
import { boundsOf } from './bounds.ts'
import { convexHull, minimumAreaRectangle } from './hull.ts'
import { pointAt, ringArea } from './ring.ts'
import { anchorOf, type Side } from './resize.ts'
import { cornersOfRotated, resizeRotatedBox, rotatedBoxOfCorners, rotatedBoxOnSide, rotateTowards, toOwn, toWorld } from './rotatedBox.ts'

const number = fc.double({ min: -500, max: 500, noNaN: true })
const length = fc.double({ min: 0.5, max: 300, noNaN: true })
const rotated = fc.record({ kind: fc.constant('rotated-box' as const), cx: number, cy: number, width: length, height: length, angle: fc.double({ min: -179, max: 180, noNaN: true }) })
const point = fc.record({ x: number, y: number })
const tilted: RotatedBox = { kind: 'rotated-box', cx: 50, cy: 50, width: 40, height: 20, angle: 90 }

test('angles are within (-180, 180], clockwise', () => {
  expect([-180, 180, 270, -270, 540, 0, 720].map(normaliseAngle)).toEqual([180, 180, -90, 90, 180, 0, 0])
  expect(rotatePoint({ x: 1, y: 0 }, { x: 0, y: 0 }, 90)).toEqual({ x: 0, y: 1 })
})

test('a quarter turn swaps the sides', () => {
  expect(cornersOfRotated(tilted)).toEqual([60, 30, 60, 70, 40, 70, 40, 30])
  expect(boundsOf(tilted)).toEqual({ minX: 40, minY: 30, maxX: 60, maxY: 70 })
})

test('corners and back', () => {
  fc.assert(fc.property(rotated, (box) => {
    const back = rotatedBoxOfCorners(cornersOfRotated(box))
    for (const field of ['cx', 'cy', 'width', 'height'] as const) expect(back[field]).toBeCloseTo(box[field], 6)
    expect(Math.abs(normaliseAngle(back.angle - box.angle))).toBeLessThan(1e-6)
  }))
})

test('bounds are those of the corners', () => {
  fc.assert(fc.property(rotated, (box) => {
    const corners = [0, 1, 2, 3].map((index) => pointAt(cornersOfRotated(box), index)), bounds = boundsOf(box)!
    expect(bounds.minX).toBeCloseTo(Math.min(...corners.map(({ x }) => x)), 6)
    expect(bounds.maxY).toBeCloseTo(Math.max(...corners.map(({ y }) => y)), 6)
  }))
})

test('resized in its own frame: the angle stays, and the opposite side or corner', () => {
  fc.assert(fc.property(rotated, fc.constantFrom<Side>('n', 'e', 's', 'w', 'ne', 'nw', 'se', 'sw'), point, (box, side, to) => {
    const still = anchorOf(side)
    const place = (box: RotatedBox, flipX = false, flipY = false) => toWorld(box, {
      x: ((flipX ? 1 - still.x : still.x) - 0.5) * box.width, y: ((flipY ? 1 - still.y : still.y) - 0.5) * box.height,
    })
    const resized = resizeRotatedBox(box, side, to), before = place(box)
    const own = toOwn(box, to)
    // Dragged across the anchor, the anchor is on the other side of the new box.
    const flipX = still.x !== 0.5 && (own.x - (still.x - 0.5) * box.width) * (0.5 - still.x) < 0
    const flipY = still.y !== 0.5 && (own.y - (still.y - 0.5) * box.height) * (0.5 - still.y) < 0
    const after = place(resized, flipX, flipY)
    expect(resized.angle).toBe(box.angle)
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1e-6)
  }))
})

test('own frame and back', () => {
  fc.assert(fc.property(rotated, point, (box, point) => {
    const back = toWorld(box, toOwn(box, point))
    expect(Math.hypot(back.x - point.x, back.y - point.y)).toBeLessThan(1e-9 * 1e3)
  }))
})

test('three points: a side, and how far the box reaches on either hand', () => {
  expect(rotatedBoxOnSide({ x: 10, y: 20 }, { x: 50, y: 20 }, { x: 0, y: 30 })).toEqual({ kind: 'rotated-box', cx: 30, cy: 25, width: 40, height: 10, angle: 0 })
  expect(rotatedBoxOnSide({ x: 10, y: 20 }, { x: 50, y: 20 }, { x: 0, y: 10 })).toMatchObject({ cy: 15, height: 10, angle: 0 })
})

test('the upper side turns towards a point, by steps when asked', () => {
  expect(rotateTowards(tilted, { x: 50, y: 0 }).angle).toBe(0)
  expect(rotateTowards(tilted, { x: 90, y: 53 }, 15).angle).toBe(90)
  expect(rotateTowards(tilted, { x: 50, y: 50 })).toBe(tilted)
})

test('the least rectangle around a tilted one is that one', () => {
  fc.assert(fc.property(rotated, (box) => {
    const least = minimumAreaRectangle(cornersOfRotated(box))!
    expect(least.width * least.height).toBeCloseTo(box.width * box.height, 4)
    expect(least.cx).toBeCloseTo(box.cx, 6)
  }))
})

test('the least rectangle holds every point and is no larger than the bounds', () => {
  fc.assert(fc.property(fc.array(number, { minLength: 6, maxLength: 40 }).map((list) => list.slice(0, list.length & ~1)), (path) => {
    const least = minimumAreaRectangle(path)!, bounds = boundsOf({ kind: 'points', points: path })!
    for (let i = 0; i < path.length / 2; i++) {
      const own = toOwn(least, pointAt(path, i))
      expect(Math.abs(own.x)).toBeLessThanOrEqual(least.width / 2 + 1e-6)
      expect(Math.abs(own.y)).toBeLessThanOrEqual(least.height / 2 + 1e-6)
    }
    expect(least.width * least.height).toBeLessThanOrEqual((bounds.maxX - bounds.minX) * (bounds.maxY - bounds.minY) * (1 + 1e-9) + 1e-9)
    expect(least.width * least.height).toBeGreaterThanOrEqual(ringArea(convexHull(path)) - 1e-6)
  }))
})

test.each([['one point', [3, 4]], ['the same point three times', [3, 4, 3, 4, 3, 4]], ['points on a line', [0, 0, 3, 3, 6, 6]]])('degenerate: %s has a rectangle of no area', (_, path) => {
  const { width, height } = minimumAreaRectangle(path)!
  expect(width * height).toBeCloseTo(0, 9)
})
