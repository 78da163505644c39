import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { centroid, nearestOnEdge, perimeter, pointInRing, ringArea, signedArea } from './ring.ts'

const ring = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 6, maxLength: 40 }).map((list) => (list.length % 2 ? list.slice(1) : list))
const square = [0, 0, 10, 0, 10, 10, 0, 10]

test('the example of Rosetta Code’s “Shoelace formula for polygonal area”: area 30', () => {
  expect(ringArea([3, 4, 5, 11, 12, 8, 9, 5, 5, 6])).toBe(30)
})

test('clockwise as seen is positive', () => {
  expect(signedArea(square)).toBe(100)
  expect(signedArea([0, 0, 0, 10, 10, 10, 10, 0])).toBe(-100)
})

test('area does not depend on where the ring begins, nor far from the origin on its place', () => {
  fc.assert(fc.property(ring, (ring) => {
    expect(signedArea([...ring.slice(2), ...ring.slice(0, 2)])).toBeCloseTo(signedArea(ring), 4)
  }))
  expect(ringArea(square.map((value) => value + 9e6))).toBe(100)
})

test('perimeter and centre of a square', () => {
  expect(perimeter(square)).toBe(40)
  expect(centroid(square)).toEqual({ x: 5, y: 5 })
  expect(centroid([0, 0, 10, 0, 5, 0])).toEqual({ x: 5, y: 0 })
})

test('a point on the border of two neighbours is in one of them', () => {
  const right = [10, 0, 20, 0, 20, 10, 10, 10]
  for (const y of [0, 5, 9.99]) expect(Number(pointInRing(square, { x: 10, y })) + Number(pointInRing(right, { x: 10, y }))).toBe(1)
})

test('even-odd: the middle of a pentagram is outside', () => {
  const star = [50, 0, 79, 90, 2, 35, 98, 35, 21, 90]
  expect(pointInRing(star, { x: 50, y: 50 })).toBe(false)
  expect(pointInRing(star, { x: 50, y: 20 })).toBe(true)
})

test('the nearest place on an edge and the vertex before it', () => {
  expect(nearestOnEdge(square, { x: 4, y: -3 })).toEqual({ point: { x: 4, y: 0 }, distance: 3, after: 0 })
  expect(nearestOnEdge(square, { x: -2, y: 5 })).toEqual({ point: { x: 0, y: 5 }, distance: 2, after: 3 })
  expect(nearestOnEdge(square, { x: -2, y: 5 }, false)).toMatchObject({ distance: Math.hypot(2, 5) })
  expect(nearestOnEdge([], { x: 0, y: 0 })).toBeNull()
})
