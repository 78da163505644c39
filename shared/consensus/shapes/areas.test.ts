import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clusterMarks, compareMarks } from '#shared/agreement/clusters.ts'
import { crossesItself } from '#shared/geometry/crossing.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { iou } from '#shared/geometry/iou.ts'
import { polygonArea, polygonOfRing } from '#shared/geometry/polygon.ts'
import { polygonIou } from '#shared/geometry/overlay.ts'
import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import { noHabits } from './boxHabit.ts'
import { estimateArea, type DrawnArea } from './estimateArea.ts'
import { habitsOf } from './estimateShape.ts'
import { learnAreas, learnRoughness } from './learnAreas.ts'
import { careful, simulate } from './simulate.ts'
import { areaTrial, marginCrew, meanOf } from './trial.ts'

const square = (x: number, y: number, size: number): Polygon => polygonOfRing([x, y, x + size, y, x + size, y + size, x, y + size])
const by = (...all: Geometry[]): DrawnArea[] => all.map((geometry, at) => ({ person: `p${at}`, geometry }))
const methods = ['average', 'staple'] as const
const ringsOf = (geometry: Geometry) => (geometry.kind === 'polygon' ? geometry.parts.flat() : [])

test.each(methods)('%s: one area and equal areas are that area, as they were drawn', (method) => {
  const own = square(3.25, 4.5, 20)
  expect(estimateArea(by(own), { method })).toMatchObject({ geometry: own, weights: [1], doubtful: 0, method: 'single' })
  expect(estimateArea(by(own, own, own), { method })).toMatchObject({ geometry: own, doubtful: 0, method: 'identical' })
})

test.each(methods)('%s: holes and parts are kept', (method) => {
  const ring = (by: number): Polygon => ({ kind: 'polygon', parts: [[square(by, 0, 60).parts[0]![0]!, square(20 + by, 20, 20).parts[0]![0]!], [square(100 + by, 10, 30).parts[0]![0]!]] })
  const { geometry } = estimateArea(by(ring(0), ring(1), ring(2)), { method })
  expect((geometry as Polygon).parts.map((part) => part.length).sort()).toEqual([1, 2])
  expect(polygonIou(geometry as Polygon, ring(1))).toBeGreaterThan(0.98)
})

test.each(methods)('%s: of three, one far off moves little', (method) => {
  const { geometry, weights } = estimateArea(by(square(0, 0, 100), square(1, 1, 100), square(30, 0, 100)), { method })
  expect(polygonIou(geometry as Polygon, square(0.5, 0.5, 100))).toBeGreaterThan(0.93)
  expect(weights[2]).toBeLessThan(1 / 3)
})

test('two squares side by side: the average’s border lies midway', () => {
  const { geometry, doubtful } = estimateArea(by(square(0, 0, 40), square(4, 0, 40)), { method: 'average' })
  expect(polygonIou(geometry as Polygon, square(2, 0, 40))).toBeGreaterThan(0.97)
  expect(doubtful).toBeGreaterThan(0.02)
  expect(doubtful).toBeLessThan(0.4)
})

test.each(methods)('%s: outlines that cross themselves are filled by the even-odd rule and come back without a crossing', (method) => {
  const bow = polygonOfRing([0, 0, 40, 40, 40, 0, 0, 40])
  for (const all of [by(bow), by(bow, bow), by(bow, polygonOfRing([1, 0, 41, 40, 41, 0, 1, 40]))]) {
    const { geometry } = estimateArea(all, { method })
    for (const ring of ringsOf(geometry)) expect(crossesItself(ring)).toBe(false)
    expect(polygonArea(geometry as Polygon)).toBeGreaterThan(700)
  }
})

test.each(methods)('%s: areas without size, disjoint areas and empty masks have a defined answer', (method) => {
  const line = polygonOfRing([0, 0, 10, 0, 20, 0]), empty: Geometry = { kind: 'mask', x: 0, y: 0, width: 0, height: 0, counts: [0] }
  expect(estimateArea(by(line), { method })).toMatchObject({ geometry: line, doubtful: 1, method: 'largest' })
  expect(estimateArea(by(empty, empty), { method, as: 'mask' })).toMatchObject({ geometry: empty, doubtful: 1 })
  expect(estimateArea(by(empty), { method })).toMatchObject({ geometry: { kind: 'mask', width: 0 }, doubtful: 1 })
  const own = square(0, 0, 10)
  expect(iou(estimateArea(by(own, empty, square(0, 0, 10)), { method }).geometry, own)).toBeGreaterThan(0.95)
  const apart = estimateArea(by(square(0, 0, 10), square(500, 500, 20), square(900, 0, 10)), { method })
  expect(apart.weights.every(Number.isFinite)).toBe(true)
  expect(polygonArea(apart.geometry as Polygon)).toBeGreaterThan(0)
  expect(() => estimateArea([])).toThrow('at least one area')
})

test('masks: what all have stays, as whole pixels', () => {
  const bitmap = (x: number) => encodeMask({ x, y: 7, width: 30, height: 20, data: new Uint8Array(600).fill(1) })
  const { geometry } = estimateArea(by(bitmap(5), bitmap(5), bitmap(6)), { as: 'mask', method: 'staple' })
  expect(geometry).toMatchObject({ kind: 'mask', x: 5, y: 7, height: 20 })
  expect(iou(geometry, bitmap(5))).toBeGreaterThan(0.95)
})

const star = fc.record({ radii: fc.array(fc.integer({ min: 8, max: 14 }), { minLength: 9, maxLength: 9 }), dx: fc.integer({ min: -2, max: 2 }) })
  .map(({ radii, dx }) => polygonOfRing(radii.flatMap((r, at) => [40 + dx + r * Math.cos((at / 9) * 2 * Math.PI), 40 + r * Math.sin((at / 9) * 2 * Math.PI)])))

test.each(methods)('%s: whatever the areas: finite, weights add up to 1, no crossing, any order the same, moved along', (method) => {
  fc.assert(fc.property(fc.array(star, { minLength: 1, maxLength: 5 }), fc.integer({ min: -500, max: 500 }), (all, move) => {
    const found = estimateArea(by(...all), { method })
    expect(found.weights.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(found.doubtful >= 0 && found.doubtful <= 1).toBe(true)
    for (const ring of ringsOf(found.geometry)) expect(ring.every(Number.isFinite) && !crossesItself(ring)).toBe(true)
    const turned = estimateArea(by(...all).toReversed(), { method })
    expect(polygonIou(turned.geometry as Polygon, found.geometry as Polygon)).toBeGreaterThan(0.999)
    const moved = estimateArea(by(...all.map((own) => polygonOfRing(own.parts[0]![0]!.map((value) => value + move)))), { method })
    const back = polygonOfRing(ringsOf(moved.geometry)[0]!.map((value) => value - move))
    expect(polygonIou(back, polygonOfRing(ringsOf(found.geometry)[0]!))).toBeGreaterThan(0.98)
  }), { numRuns: 15 })
})

test('five circles: the middle one, and chances between 0 and 1', () => {
  const truth = polygonOfRing(Array.from({ length: 60 }, (_, at) => (at / 60) * 2 * Math.PI).flatMap((angle) => [100 + 50 * Math.cos(angle), 100 + 50 * Math.sin(angle)]))
  const drawn = by(...[48, 51, 49.5, 52, 50].map((r, at) => polygonOfRing(Array.from({ length: 40 }, (_, i) => (i / 40) * 2 * Math.PI).flatMap((angle) => [100 + (at - 2) * 0.4 + r * Math.cos(angle), 100 + r * Math.sin(angle)]))))
  const { map, geometry } = estimateArea(drawn, { method: 'average' })
  expect(polygonIou(geometry as Polygon, truth)).toBeGreaterThan(0.97)
  expect([...(map!.inside as Float64Array)].every((chance) => chance >= 0 && chance <= 1)).toBe(true)
})

// On average over these projects; a single one may have two loose drawers of three, and nothing that says so.
test.each([[2, 0], [3, 0.01], [5, 0.015]] as const)('simulation, %i people who do everything: nearer to the truth than nearest, vote and STAPLE, and than the best person by %f', (count, by) => {
  const trials = Array.from({ length: 12 }, (_, at) => 401 + at).map((seed) => areaTrial(count, count, seed, { scenes: 3 }))
  const mean = (key: keyof (typeof trials)[number]) => meanOf(trials.map((trial) => trial[key]))
  for (const peer of ['nearest', 'vote', 'staple'] as const) expect(mean('average')).toBeGreaterThan(mean(peer))
  expect(mean('average')).toBeGreaterThan(mean('single') + by)
}, 60_000)

test('things with bays, holes and parts, some people leave a margin: nearer to the truth than nearest, vote and STAPLE', () => {
  const trials = [401, 402, 403].map((seed) => areaTrial(5, 5, seed, { scenes: 4, kind: 'hard', people: marginCrew(5, seed) }))
  for (const peer of ['nearest', 'vote', 'staple'] as const) expect(meanOf(trials.map(({ average }) => average))).toBeGreaterThan(meanOf(trials.map((trial) => trial[peer])))
}, 60_000)

test.each(['polygon', 'hard'] as const)('people without habits lose nothing by the search for them: %s', (kind) => {
  const people = ['a', 'b', 'c'].map(careful)
  const { scenes } = simulate(people, { scenes: 8, perScene: 6, replicas: 3, kind, seed: 31 })
  const { boxes, margins } = habitsOf(scenes.flatMap(({ marks }) => clusterMarks(compareMarks(marks), 0.5)).map(({ marks }) => marks)).outlines!
  expect(margins.size).toBe(0)
  for (const { bias } of boxes.people.values()) for (const side of bias) expect(Math.abs(side)).toBeLessThan(0.01)
})

test('whose outlines are rough is learned, and counts less', () => {
  const random = randomFrom(5)
  const around = (rough: number) => {
    const waves = Array.from({ length: 5 }, () => [rough * normalFrom(random), random() * 7] as const)
    return polygonOfRing(Array.from({ length: 40 }, (_, at) => (at / 40) * 2 * Math.PI).flatMap((angle) => {
      const r = 50 + waves.reduce((sum, [size, turn], of) => sum + size * Math.cos((of + 1) * angle + turn), 0)
      return [60 + r * Math.cos(angle), 60 + r * Math.sin(angle)]
    }))
  }
  const clusters = Array.from({ length: 100 }, () => [['exact', 0.4], ['usual', 1], ['rough', 2]].map(([person, rough]) => ({ person: person as string, geometry: around(rough as number) })))
  const scales = learnRoughness(clusters.map((own) => own.map(({ person, geometry }) => ({ person, outline: geometry }))))
  expect(scales.get('rough')! / scales.get('usual')!).toBeGreaterThan(1.4)
  expect(scales.get('usual')! / scales.get('exact')!).toBeGreaterThan(1.4)
  const { weights } = estimateArea(clusters[0]!, { habits: habitsOf(clusters) })
  expect(weights[0]).toBeGreaterThan(weights[1]!)
  expect(weights[1]).toBeGreaterThan(weights[2]!)
  expect(learnRoughness([])).toEqual(new Map())
  expect(learnRoughness([[{ person: 'a', outline: around(0) }]])).toEqual(new Map())
  expect(learnAreas([])).toEqual({ boxes: noHabits, margins: new Map(), scales: new Map() })
})
