import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crossesItself } from '#shared/geometry/crossing.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { decodeMask, reframeMask } from '#shared/geometry/mask.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import { outlineAbove, simplifySafely } from './outline.ts'
import { cellsIn, gridOver, votesOf, type Grid } from './votes.ts'

const [columns, rows] = [13, 9]
const bits = fc.array(fc.constantFrom(0, 1), { minLength: columns * rows, maxLength: columns * rows })
const grid: Grid = { x: 5, y: -3, cell: 1, columns, rows }

const ringsOf = (polygon: Polygon | null) => polygon?.parts.flat() ?? []

test('the outline of a bitmap fills to the same bitmap, and simplified it has as many parts and holes and no crossing', () => {
  fc.assert(fc.property(bits, (all) => {
    const outline = outlineAbove(all, 0.5, grid)
    expect(outline === null).toBe(all.every((bit) => bit === 0))
    if (!outline) return
    expect([...decodeMask(reframeMask(rasterise(outline), { x: 5, y: -3, width: columns, height: rows })).data]).toEqual(all)
    const simple = simplifySafely(outline, 0.4)
    expect(simple.parts.map((part) => part.length)).toEqual(outline.parts.map((part) => part.length))
    for (const ring of ringsOf(simple)) expect(crossesItself(ring)).toBe(false)
  }), { numRuns: 100 })
})

test('a smooth field has its border between the cells: a circle’s area within half a percent', () => {
  const own: Grid = { x: 0, y: 0, cell: 1, columns: 40, rows: 40 }
  const field = Array.from({ length: 1600 }, (_, at) => 15.3 - Math.hypot((at % 40) + 0.5 - 20, Math.floor(at / 40) + 0.5 - 20))
  const outline = outlineAbove(field, 0, own)!
  expect(polygonArea(outline) / (Math.PI * 15.3 ** 2)).toBeCloseTo(1, 2)
  expect(polygonArea(simplifySafely(outline, 0.4)) / (Math.PI * 15.3 ** 2)).toBeCloseTo(1, 1)
})

test('a ring with a hole keeps it; a thin ring is not simplified until it crosses its hole', () => {
  const own: Grid = { x: 0, y: 0, cell: 1, columns: 60, rows: 60 }
  const field = Array.from({ length: 3600 }, (_, at) => 1.1 - Math.abs(20 - Math.hypot((at % 60) - 30, Math.floor(at / 60) - 30)))
  const outline = outlineAbove(field, 0, own)!
  expect(outline.parts.map((part) => part.length)).toEqual([2])
  const simple = simplifySafely(outline, 30)
  expect(simple.parts.map((part) => part.length)).toEqual([2])
  expect(polygonArea(simple)).toBeGreaterThan(0.5 * polygonArea(outline))
})

test('cells are those of rasterise; a bow tie is what the even-odd rule fills', () => {
  const bow: Polygon = { kind: 'polygon', parts: [[[0, 0, 10, 10, 10, 0, 0, 10]]] }
  const own = gridOver({ minX: 0, minY: 0, maxX: 10, maxY: 10 }, 10_000)
  expect(own.cell).toBe(0.25)
  const inside = cellsIn(bow, { x: 0, y: 0, cell: 1, columns: 10, rows: 10 })
  expect([...decodeMask(reframeMask(rasterise(bow), { x: 0, y: 0, width: 10, height: 10 })).data]).toEqual([...inside])
})

test('patterns: cells of the same people share one, whatever the number of people', () => {
  const square = (x: number): Polygon => ({ kind: 'polygon', parts: [[[x, 0, x + 4, 0, x + 4, 4, x, 4]]] })
  const votes = votesOf([square(0), square(2), null, ...Array.from({ length: 40 }, () => square(0))], { x: 0, y: 0, cell: 1, columns: 8, rows: 4 })
  expect(votes.cells.filter((count) => count > 0)).toEqual([8, 8, 8, 8])
  expect(votes.cells.reduce((sum, count) => sum + count, 0)).toBe(32)
})

test('a large thing is looked at in larger cells', () => {
  const own = gridOver({ minX: 0, minY: 0, maxX: 4000, maxY: 3000 }, 65_536)
  expect(own.columns * own.rows).toBeLessThan(70_000)
})
