import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Polygon } from '#shared/model/geometry.ts'
import { crossesItself } from './crossing.ts'
import { overlayAreas, polygonIou } from './overlay.ts'
import { polygonOfRing } from './polygon.ts'
import { ringArea } from './ring.ts'
import { scanned, scannedCommon } from './scanOverlay.ts'
import { sharedArea, simpleRing } from './simpleRing.ts'

/** The sweep from cut to cut, which takes any polygon: the slower way to the same numbers. */
function bySweep(a: Polygon, b: Polygon) {
  const left = scanned(a), right = scanned(b)
  return { a: left.area, b: right.area, common: scannedCommon(left, right) }
}

function expectSame(a: Polygon, b: Polygon) {
  const found = overlayAreas(a, b), expected = bySweep(a, b)
  for (const name of ['a', 'b', 'common'] as const) expect(Math.abs(found[name] - expected[name])).toBeLessThan(1e-6)
}

const even = (list: number[]) => list.slice(0, list.length & ~1)
/** Points on a coarse grid: crossings, spikes, repeated points, common borders and corners come by themselves. */
const gridRing = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 6, maxLength: 16 }).map(even)
const anyRing = fc.array(fc.double({ min: -500, max: 3000, noNaN: true }), { minLength: 6, maxLength: 40 }).map(even)
/** As a person outlines a thing: around a centre, in and out, never crossing. */
const outline = fc.record({
  x: fc.double({ min: 0, max: 4000, noNaN: true }), y: fc.double({ min: 0, max: 3000, noNaN: true }), way: fc.constantFrom(1, -1),
  radii: fc.array(fc.double({ min: 5, max: 200, noNaN: true }), { minLength: 3, maxLength: 60 }),
}).map(({ x, y, way, radii }) => radii.flatMap((radius, at) => {
  const angle = (way * 2 * Math.PI * at) / radii.length
  return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
}))
const polygon = fc.array(fc.array(gridRing, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }).map((parts): Polygon => ({ kind: 'polygon', parts }))

test('two outlines share what the sweep finds, wherever they lie', () => {
  fc.assert(fc.property(outline, outline, fc.double({ min: -300, max: 300, noNaN: true }), (a, b, shift) => {
    const near = b.map((value, at) => value - b[at % 2]! + a[at % 2]! + shift)
    expectSame(polygonOfRing(a), polygonOfRing(near))
    expectSame(polygonOfRing(a), polygonOfRing(b))
  }), { numRuns: 300 })
})

test('rings that cross themselves, touch, fold back or share borders, holes and parts that overlap: as the sweep finds', () => {
  fc.assert(fc.property(gridRing, gridRing, (a, b) => expectSame(polygonOfRing(a), polygonOfRing(b))), { numRuns: 1000 })
  fc.assert(fc.property(anyRing, anyRing, (a, b) => expectSame(polygonOfRing(a), polygonOfRing(b))), { numRuns: 200 })
  fc.assert(fc.property(polygon, polygon, (a, b) => expectSame(a, b)), { numRuns: 200 })
})

test('simple is what does not cross itself; its area is the shoelace formula’s, and a copy is the same to the last digit', () => {
  fc.assert(fc.property(fc.oneof(gridRing, anyRing, outline), (ring) => {
    const simple = simpleRing(ring)
    if (!simple) return
    expect(crossesItself(ring)).toBe(false)
    expect(Math.abs(simple.area - ringArea(ring))).toBeLessThan(1e-6)
    if (simple.area > 1e-9) expect(polygonIou(polygonOfRing(ring), polygonOfRing([...ring]))).toBe(1)
  }), { numRuns: 500 })
})

test('a comb over a comb: many crossings, counted by hand', () => {
  const teeth = (count: number) => Array.from({ length: count }, (_, at) => [at * 4, 10, at * 4 + 1, 0, at * 4 + 3, 0, at * 4 + 4, 10]).flat()
  const down = simpleRing([...teeth(5), 20, 20, 0, 20])!
  expect(down.area).toBeCloseTo(200 + 5 * 30, 9)
  expect(sharedArea(down, simpleRing([0, 0, 20, 0, 20, 10, 0, 10])!)).toBeCloseTo(150, 9)
})
