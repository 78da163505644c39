import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceToEdge } from '#shared/geometry/ring.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import { outlineDistances } from './outlineDistance.ts'
import { cellsIn, type Grid } from './votes.ts'

const grid: Grid = { x: 5, y: -3, cell: 0.5, columns: 50, rows: 40 }
const of = (polygon: Polygon) => outlineDistances(polygon, grid, cellsIn(polygon, grid))
const corner = fc.record({ x: fc.integer({ min: 24, max: 116 }), y: fc.integer({ min: -8, max: 64 }) }).map(({ x, y }) => ({ x: x / 4, y: y / 4 }))

test('the distance to the nearest edge, within a tenth of a cell for nearly all: handing points on may miss the nearest by a little', () => {
  fc.assert(fc.property(fc.array(corner, { minLength: 3, maxLength: 8 }), (corners) => {
    const ring = corners.flatMap(({ x, y }) => [x, y]), polygon: Polygon = { kind: 'polygon', parts: [[ring]] }
    const inside = cellsIn(polygon, grid), found = of(polygon)
    if (!inside.includes(1)) return
    const off = [...found].map((value, at) => {
      const exact = distanceToEdge(ring, { x: grid.x + ((at % grid.columns) + 0.5) * grid.cell, y: grid.y + (Math.floor(at / grid.columns) + 0.5) * grid.cell }) / grid.cell
      return Math.abs(value - (inside[at] ? exact : -exact))
    }).sort((a, b) => a - b)
    expect(off[Math.floor(0.9 * off.length)]).toBeLessThan(0.1)
    expect(off.at(-1)).toBeLessThan(1)
  }), { numRuns: 60 })
})

test('a hole has a border too; half a cell beside an edge is half a cell', () => {
  const found = of({ kind: 'polygon', parts: [[[6, -2, 26, -2, 26, 14, 6, 14], [12, 4, 20, 4, 20, 8, 12, 8]]] })
  const at = (x: number, y: number) => found[Math.floor((y - grid.y) / grid.cell) * grid.columns + Math.floor((x - grid.x) / grid.cell)]
  expect(at(6.1, 5.1)).toBeCloseTo(0.5, 9)
  expect(at(5.6, 5.1)).toBeCloseTo(-0.5, 9)
  expect(at(11.6, 6.1)).toBeCloseTo(0.5, 9)
  expect(at(12.1, 6.1)).toBeCloseTo(-0.5, 9)
})

test('what holds no cell is as far as can be', () => {
  const far = -Math.hypot(grid.columns, grid.rows)
  expect([...of({ kind: 'polygon', parts: [[[6.01, 0, 6.02, 0, 6.02, 0.01]]] })].every((value) => value === far)).toBe(true)
})
