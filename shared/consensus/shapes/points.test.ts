import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TierId } from '#shared/model/id.ts'
import type { Geometry, Keypoints, Segment } from '#shared/model/geometry.ts'
import { estimateEnds } from './estimateEnds.ts'
import { estimateKeypoints, estimatePointSet, estimatePolyline, resample } from './estimatePoints.ts'
import { estimateShape } from './estimateShape.ts'
import { weightedMedian } from './robust.ts'

const by = <G>(...all: G[]) => all.map((geometry, at) => ({ person: `p${at}`, geometry }))
const body = (...points: [number, number, 0 | 1 | 2][]): Keypoints => ({ kind: 'keypoints', points: points.map(([x, y, visibility]) => ({ x, y, visibility })) })
const line = (...points: number[]): Extract<Geometry, { kind: 'polyline' }> => ({ kind: 'polyline', points })
const dots = (...points: number[]): Extract<Geometry, { kind: 'points' }> => ({ kind: 'points', points })

test('weighted median: by weight, the middle of two that share evenly, 0 of nothing', () => {
  expect(weightedMedian([{ value: 1, weight: 1 }, { value: 9, weight: 3 }])).toBe(9)
  expect(weightedMedian([{ value: 1, weight: 1 }, { value: 3, weight: 1 }])).toBe(2)
  expect(weightedMedian([])).toBe(0)
})

test('keypoints: one person’s slip drags nothing, visibility is voted, who is not labelled stands at 0, 0', () => {
  const { geometry, weights, deviation } = estimateKeypoints(by(
    body([10, 10, 2], [50, 50, 2], [0, 0, 0], [30, 5, 1]), body([11, 10, 2], [51, 50, 1], [0, 0, 0], [30, 6, 1]),
    body([10, 11, 2], [50, 51, 2], [7, 7, 2], [31, 5, 2]), body([90, 10, 2], [50, 50, 2], [0, 0, 0], [30, 5, 1]),
  ))
  expect(Math.abs(geometry.points[0]!.x - 10.3)).toBeLessThan(1)
  expect(geometry.points.map(({ visibility }) => visibility)).toEqual([2, 2, 0, 1])
  expect(geometry.points[2]).toEqual({ x: 0, y: 0, visibility: 0 })
  expect(weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
  expect(weights[3]).toBeLessThan(weights[0]!)
  expect(deviation).toBeLessThan(2)
})

test('keypoints: another number of points than most has no say; nobody labelled anything', () => {
  const { geometry, weights } = estimateKeypoints(by(body([1, 1, 2], [2, 2, 2]), body([1, 1, 2], [2, 2, 2]), body([9, 9, 2])))
  expect(geometry).toEqual(body([1, 1, 2], [2, 2, 2]))
  expect(weights).toEqual([0.5, 0.5, 0])
  expect(estimateKeypoints(by(body([3, 4, 0]), body([5, 6, 0])))).toMatchObject({ geometry: body([0, 0, 0]), deviation: 0, weights: [0.5, 0.5] })
})

test('points: paired whatever their order, one that only one person has is left out', () => {
  const { geometry } = estimatePointSet(by(dots(0, 0, 10, 10, 50, 0), dots(10, 11, 0, 1, 50, 1), dots(50, 2, 10, 12, 0, 2, 99, 99)))
  expect(Array.from({ length: 3 }, (_, at) => geometry.points.slice(at * 2, at * 2 + 2)).sort((a, b) => a[0]! - b[0]!)).toEqual([[0, 1], [10, 11], [50, 1]].map((pair) => pair.map((value) => expect.closeTo(value, 6))))
  expect(estimatePointSet(by(dots(3, 4))).geometry).toEqual(dots(3, 4))
})

test('polylines: drawn the other way round they are the same line', () => {
  const { geometry, deviation } = estimatePolyline(by(line(0, 0, 100, 0), line(100, 2, 50, 2, 0, 2), line(0, 1, 30, 1, 100, 1)))
  expect(geometry.points).toEqual([0, 1, 100, 1].map((value) => expect.closeTo(value, 5)))
  expect(deviation).toBeLessThan(1.5)
  expect(estimatePolyline(by(line(5, 5, 5, 5), line(7, 5, 7, 5))).geometry.points.every(Number.isFinite)).toBe(true)
  expect(resample([0, 0, 10, 0, 10, 10], 5)).toEqual([0, 0, 5, 0, 10, 0, 10, 5, 10, 10])
})

const tier = 'tier:a' as TierId
const segment = (start: number, end: number, rate = 1000): Segment => ({ kind: 'segment', tier, start, end, rate })

test('segments: a boundary far off counts less, rates may differ, equal ones stay', () => {
  const { geometry, start, weights } = estimateEnds(by(segment(1000, 2000), segment(1010, 2010), segment(990, 1990), segment(1400, 2000)))
  expect(Math.abs(geometry.start - 1000)).toBeLessThan(12)
  expect(start).toBeLessThan(0.05)
  expect(weights[3]).toBeLessThan(0.2)
  expect(estimateEnds(by(segment(100, 200), segment(1600, 3200, 16_000))).geometry).toEqual(segment(1600, 3200, 16_000))
  expect(estimateEnds(by(segment(5, 5))).geometry).toEqual(segment(5, 5))
})

test('kinds in one cluster: most decide, the other is converted; what can’t be compared has no say', () => {
  const box: Geometry = { kind: 'box', x: 0, y: 0, width: 100, height: 50 }
  const polygon: Geometry = { kind: 'polygon', parts: [[[0, 0, 100, 0, 100, 50, 0, 50]]] }
  expect(estimateShape(by<Geometry>(box, box, polygon))).toMatchObject({ geometry: { kind: 'box', x: 0, width: 100 }, spread: { kind: 'sides' } })
  expect(estimateShape(by<Geometry>(polygon, polygon, box)).geometry.kind).toBe('polygon')
  expect(estimateShape(by<Geometry>(polygon, box)).geometry.kind).toBe('polygon')
  expect(estimateShape(by<Geometry>(box, box, line(0, 0, 1, 1))).weights).toEqual([0.5, 0.5, 0])
  expect(estimateShape(by<Geometry>({ kind: 'item' }, { kind: 'item' }))).toMatchObject({ geometry: { kind: 'item' }, spread: { kind: 'none' }, weights: [0.5, 0.5] })
  expect(() => estimateShape([])).toThrow('at least one shape')
})

test('a line of text: its outline by its kind, a baseline where half have one', () => {
  const textLine = (y: number, baseline: number[] | null): Geometry => ({ kind: 'text-line', outline: { kind: 'box', x: 0, y, width: 200, height: 20 }, baseline })
  const found = estimateShape(by(textLine(0, [0, 18, 200, 18]), textLine(2, null), textLine(1, [0, 19, 200, 19])))
  expect(found.geometry).toMatchObject({ kind: 'text-line', outline: { kind: 'box', height: 20 }, baseline: [0, expect.closeTo(18.5, 3), 200, expect.closeTo(18.5, 3)] })
  expect(estimateShape(by(textLine(0, null), textLine(2, null), textLine(1, [0, 19, 200, 19]))).geometry).toMatchObject({ baseline: null })
})

const anything: fc.Arbitrary<Geometry> = fc.oneof(
  fc.tuple(fc.nat(50), fc.nat(50), fc.nat(30), fc.nat(30)).map(([x, y, width, height]): Geometry => ({ kind: 'box', x, y, width, height })),
  fc.tuple(fc.nat(50), fc.nat(30), fc.nat(30), fc.integer({ min: -179, max: 180 })).map(([cx, width, height, angle]): Geometry => ({ kind: 'rotated-box', cx, cy: cx, width, height, angle })),
  fc.array(fc.nat(40), { minLength: 6, maxLength: 12 }).map((ring): Geometry => ({ kind: 'polygon', parts: [[ring.length % 2 ? ring.slice(1) : ring]] })),
  fc.array(fc.nat(40), { minLength: 4, maxLength: 4 }).map((points): Geometry => ({ kind: 'polyline', points })),
  fc.array(fc.nat(40), { minLength: 2, maxLength: 2 }).map((points): Geometry => ({ kind: 'points', points })),
)

const numbersIn = (value: unknown): number[] => (typeof value === 'number' ? [value] : value !== null && typeof value === 'object' && !ArrayBuffer.isView(value) ? Object.values(value).flatMap(numbersIn) : [])

test('whatever is in a cluster: no NaN, weights add up to 1, any order the same weights', () => {
  fc.assert(fc.property(fc.array(anything, { minLength: 1, maxLength: 5 }), (all) => {
    const found = estimateShape(by(...all))
    expect(numbersIn({ ...found, map: null }).every(Number.isFinite)).toBe(true)
    expect(found.weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    const turned = estimateShape(by(...all).toReversed())
    expect(turned.geometry.kind).toBe(found.geometry.kind)
    expect(turned.weights.toReversed()).toEqual(found.weights.map((share) => expect.closeTo(share, 3)))
  }), { numRuns: 150 })
})
