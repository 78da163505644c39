import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { distanceToEdge } from './ring.ts'
import { pointInPolygon, polygonArea } from './polygon.ts'
import { simplifyPath, simplifyRing } from './simplify.ts'
import { insertVertex, moveVertex, removeVertex } from './vertex.ts'

const holed: Polygon = { kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 90, 0, 90], [20, 20, 40, 20, 40, 40]], [[100, 0, 110, 0, 110, 10]]] }

test('area leaves holes out and adds parts', () => {
  expect(polygonArea(holed)).toBe(8100 - 200 + 50)
  expect(pointInPolygon(holed, { x: 35, y: 25 })).toBe(false)
  expect(pointInPolygon(holed, { x: 50, y: 50 })).toBe(true)
  expect(pointInPolygon(holed, { x: 107, y: 2 })).toBe(true)
})

test('a ring below three points goes, a part with its outer ring, and at last nothing is left', () => {
  const withoutHole = removeVertex(holed, { part: 0, ring: 1, index: 0 })
  expect(withoutHole).toEqual({ kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 90, 0, 90]], [[100, 0, 110, 0, 110, 10]]] })
  const onePart = removeVertex(withoutHole!, { part: 1, ring: 0, index: 1 })
  expect(onePart).toEqual({ kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 90, 0, 90]]] })
  expect(removeVertex({ kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 90]]] }, { part: 0, ring: 0, index: 1 })).toBeNull()
})

test('insert and remove give back what was; a vertex that is not there changes nothing', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 9, noNaN: true }), (index, at) => {
    const more = insertVertex(holed, { part: 0, ring: 0, index }, { x: at, y: at })!
    expect(removeVertex(more, { part: 0, ring: 0, index: index + 1 })).toEqual(holed)
  }))
  expect(moveVertex(holed, { part: 0, ring: 0, index: 4 }, { x: 1, y: 1 })).toBe(holed)
  expect(insertVertex(holed, { part: 5, ring: 0, index: 0 }, { x: 1, y: 1 })).toBeNull()
})

test('a baseline below two points goes, and keypoints keep their number', () => {
  const line: Geometry = { kind: 'text-line', outline: { kind: 'box', x: 0, y: 0, width: 9, height: 9 }, baseline: [0, 8, 9, 8] }
  expect(removeVertex(line, { part: -1, ring: 0, index: 0 })).toEqual({ ...line, baseline: null })
  expect(removeVertex({ kind: 'keypoints', points: [{ x: 0, y: 0, visibility: 2 }] }, { part: 0, ring: 0, index: 0 })).toBeNull()
})

const path = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 120 }).map((list) => list.slice(0, list.length & ~1))

test('simplified: a subset that keeps the ends, and no dropped point is farther than the tolerance', () => {
  fc.assert(fc.property(path, fc.double({ min: 0, max: 20, noNaN: true }), (path, tolerance) => {
    const simple = simplifyPath(path, tolerance)
    expect([simple.slice(0, 2), simple.slice(-2)]).toEqual([path.slice(0, 2), path.slice(-2)])
    for (let i = 0; i < path.length; i += 2) expect(distanceToEdge(simple, { x: path[i]!, y: path[i + 1]! }, false)).toBeLessThanOrEqual(tolerance + 1e-9)
  }))
})

test('a simplified ring has at least three points, and is unchanged when fewer would be left', () => {
  fc.assert(fc.property(path, fc.double({ min: 0, max: 200, noNaN: true }), (path, tolerance) => { expect(simplifyRing(path, tolerance).length).toBeGreaterThanOrEqual(6) }))
  expect(simplifyRing([0, 0, 1, 0, 1, 1, 0, 1], 50)).toEqual([0, 0, 1, 0, 1, 1, 0, 1])
  expect(simplifyRing([0, 0, 5, 0, 10, 0, 10, 10, 0, 10, 0, 5], 0.5)).toEqual([0, 0, 10, 0, 10, 10, 0, 10])
})
