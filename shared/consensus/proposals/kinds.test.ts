import { expect, test } from 'vitest'
import { polygonIou } from '#shared/geometry/overlay.ts'
import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { box, itemOf, mark, segment } from './fixtures.ts'
import { estimateProject } from './project.ts'

/** What three people's marks of one thing become. */
function estimateOf(...geometries: readonly Geometry[]) {
  const { items } = estimateProject([itemOf([], geometries.map((geometry, at) => mark(`${at}`, ['ada', 'ben', 'cleo'][at]!, 'thing', geometry)))])
  expect(items[0]!.proposals).toHaveLength(1)
  return items[0]!.proposals[0]!
}
const near = (value: number, digits = 0) => expect.closeTo(value, digits) as number

test('boxes: each side by itself, one far off drags nothing', () => {
  const { geometry, spread, disputes } = estimateOf(box(100, 100, 200, 100), box(101, 100, 200, 101), box(100, 99, 200, 160))
  expect(geometry).toMatchObject({ kind: 'box', x: near(100, -1), width: near(200, -1) })
  expect((geometry as { height: number }).height).toBeLessThan(115)
  expect(spread).toMatchObject({ kind: 'sides' })
  expect(disputes).toEqual([])
})

test('rotated boxes that name their sides otherwise', () => {
  const rotated = (width: number, height: number, angle: number): Geometry => ({ kind: 'rotated-box', cx: 100, cy: 100, width, height, angle })
  const { geometry, fit } = estimateOf(rotated(120, 40, 30), rotated(40, 120, -60), rotated(121, 41, 31))
  expect(geometry.kind).toBe('rotated-box')
  expect(fit).toBeGreaterThan(0.93)
})

test('polygons with a hole, and masks', () => {
  const ring = (x: number): Polygon => ({ kind: 'polygon', parts: [[[x, 0, x + 100, 0, x + 100, 100, x, 100], [x + 30, 30, x + 70, 30, x + 70, 70, x + 30, 70]]] })
  const found = estimateOf(ring(0), ring(2), ring(1))
  expect(polygonIou(found.geometry as Polygon, ring(1))).toBeGreaterThan(0.95)
  expect((found.geometry as Polygon).parts[0]).toHaveLength(2)
  const mask = (x: number): Geometry => ({ kind: 'mask', x, y: 0, width: 20, height: 20, counts: [0, 400] })
  expect(estimateOf(mask(0), mask(1), mask(0)).geometry.kind).toBe('mask')
})

test('keypoints: each point by itself, visibility by vote', () => {
  const body = (dx: number, last: 0 | 1 | 2): Geometry => ({ kind: 'keypoints', points: [{ x: 10 + dx, y: 10, visibility: 2 }, { x: 90 + dx, y: 10, visibility: 2 }, { x: 50, y: 90 + dx, visibility: last }] })
  const { geometry } = estimateOf(body(0, 2), body(1, 1), body(2, 2))
  expect(geometry).toMatchObject({ kind: 'keypoints', points: [{ x: near(11), visibility: 2 }, { x: near(91) }, { visibility: 2 }] })
})

test('lines, points', () => {
  const line = (y: number): Geometry => ({ kind: 'polyline', points: [0, y, 50, y + 10, 100, y] })
  const { geometry } = estimateOf(line(0), line(2), line(1))
  expect(geometry.kind).toBe('polyline')
  const points = (x: number): Geometry => ({ kind: 'points', points: [x, 0, x + 50, 50] })
  expect(estimateOf(points(0), points(2), points(1)).geometry).toMatchObject({ kind: 'points', points: [near(1), near(0), near(51), near(50)] })
})

test('lines of text: outline, baseline, words', () => {
  const line = (x: number, baseline: number[] | null): Geometry => ({ kind: 'text-line', outline: { kind: 'box', x, y: 0, width: 300, height: 20 }, baseline })
  expect(estimateOf(line(0, [0, 18, 300, 18]), line(1, [0, 17, 300, 17]), line(2, null)).geometry).toMatchObject({ kind: 'text-line', outline: { kind: 'box' }, baseline: [near(0), near(17.5, -1), near(300), near(17.5, -1)] })
})

test('segments in other resolutions: seconds count', () => {
  const other: Geometry = { ...segment(1, 3), rate: 44_100, start: 44_100, end: 132_300 } as Geometry
  expect(estimateOf(segment(1.01, 3.02), other, segment(1, 3)).geometry).toMatchObject({ kind: 'segment', rate: 44_100, start: near(44_100, -3), end: near(132_300, -3) })
})
