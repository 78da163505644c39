import { expect, test } from 'vitest'
import { polygonArea } from '#shared/geometry/polygon.ts'
import type { Polygon, Ring } from '#shared/model/geometry.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import type { AreaCluster } from './learnAreas.ts'
import { learnMargins } from './learnMargins.ts'
import { withoutMargin } from './straighten.ts'

const circle = (cx: number, r: number): Ring => Array.from({ length: 120 }, (_, at) => (at / 60) * Math.PI).flatMap((angle) => [cx + r * Math.cos(angle), 300 + r * Math.sin(angle)])
const ring = (r: number, margin = 0): Polygon => ({ kind: 'polygon', parts: [[circle(300, r + margin), circle(300, 0.5 * r - margin)]] })
const disc = (r: number): Polygon => ({ kind: 'polygon', parts: [[circle(300, r)]] })

/** Things of 60 to 120 pixels, drawn by people who are off by so many pixels each, and a little noise. */
function drawn(shape: (size: number, margin: number) => Polygon, margins: Record<string, number>, gold = false): AreaCluster[] {
  const random = randomFrom(9)
  return Array.from({ length: 40 }, () => {
    const size = 60 + 60 * random()
    return { drawn: Object.entries(margins).map(([person, margin]) => ({ person, outline: shape(size, margin + 0.3 * normalFrom(random)) })), gold: gold ? shape(size, 0) : null }
  })
}

test('who leaves 4 pixels beside the border of rings is found out, and nobody else', () => {
  const found = learnMargins(drawn(ring, { a: 0, b: 4, c: 0.1 }))
  expect([...found.keys()]).toEqual(['b'])
  expect(found.get('b')).toBeGreaterThan(3)
  expect(found.get('b')).toBeLessThan(4.5)
  expect(learnMargins(drawn(ring, { a: 0, b: -4, c: 0.1 })).get('b')).toBeLessThan(-3)
})

test('a stretch is no margin, and of discs a margin cannot be told from one: nobody has any', () => {
  expect(learnMargins(drawn((size, margin) => ring(size * (1 + margin / 50)), { a: 0, b: 4, c: 0 })).size).toBe(0)
  expect(learnMargins(drawn((size, margin) => disc(size + margin), { a: 0, b: 4, c: 0 })).size).toBe(0)
})

test('answers are the zero: all may leave a margin', () => {
  expect([...learnMargins(drawn(ring, { a: 4, b: 4 }, true)).keys()]).toEqual(['a', 'b'])
  expect(learnMargins(drawn(ring, { a: 4, b: 4 })).size).toBe(0)
})

test('few things, one person, nothing: no margin', () => {
  expect(learnMargins(drawn(ring, { a: 0, b: 4, c: 0 }).slice(0, 5)).size).toBe(0)
  expect(learnMargins(drawn(ring, { a: 4 })).size).toBe(0)
  expect(learnMargins([])).toEqual(new Map())
})

test('a margin is taken off inside and outside; what would lose its hole or most of itself stays', () => {
  const own = withoutMargin(ring(80, 5), 5)
  expect(own.parts.map((part) => part.length)).toEqual([2])
  expect(polygonArea(own) / polygonArea(ring(80))).toBeCloseTo(1, 2)
  expect(polygonArea(withoutMargin(disc(60), -6)) / polygonArea(disc(66))).toBeCloseTo(1, 2)
  expect(withoutMargin(disc(4), 6)).toEqual(disc(4))
  const thin = ring(20, 0)
  expect(withoutMargin(thin, -12)).toBe(thin)
})
