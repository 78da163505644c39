import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ProbabilityMap } from '#shared/consensus/proposal.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import { pointInRing } from '#shared/geometry/ring.ts'
import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { estimateArea, type AreaOptions } from './estimateArea.ts'
import { estimateShape } from './estimateShape.ts'
import { probabilityMap } from './probability.ts'

const by = (...all: Geometry[]) => all.map((geometry, at) => ({ person: `p${at}`, geometry }))
const square = (x: number, y: number, size: number): Polygon => polygonOfRing([x, y, x + size, y, x + size, y + size, x, y + size])
const bytesOf = ({ values }: ProbabilityMap) => Uint8Array.from(Buffer.from(values, 'base64'))
const mapOf = (all: readonly Geometry[], options: AreaOptions = {}) => probabilityMap(estimateArea(by(...all), options).map!)

test('cells that the grid has: base64 of RFC 4648, with no, one and two bytes left over', () => {
  const row = (...inside: number[]) => probabilityMap({ grid: { x: 3, y: 4, cell: 1, columns: inside.length, rows: 1 }, inside })
  expect(row(1, 0, 0.5)).toEqual({ x: 3, y: 4, width: 3, height: 1, columns: 3, rows: 1, values: Buffer.from([255, 0, 128]).toString('base64') })
  expect(row(0.25, 1).values).toBe(Buffer.from([64, 255]).toString('base64'))
  expect(row(1).values).toBe('/w==')
})

test('a small thing has a cell a pixel, a large one 48 on its longer side, whatever grid it was estimated on', () => {
  const small = mapOf([square(10, 10, 12), square(11, 10, 12)])
  expect(small).toMatchObject({ columns: small.width, rows: small.height })
  for (const cells of [2 ** 12, 2 ** 16]) {
    const large = mapOf([square(0, 0, 900), square(20, 0, 900)], { cells })
    expect(large.columns).toBe(48)
    expect(large.values.length).toBeLessThan(3_100)
  }
})

test('what all drew alike is certain; one area, boxes and rotated boxes have none', () => {
  const same = mapOf([square(0, 0, 40), square(0, 0, 40)])
  expect(new Set(bytesOf(same))).toEqual(new Set([0, 255]))
  expect(estimateArea(by(square(0, 0, 40))).map).toBeNull()
  const box: Geometry = { kind: 'box', x: 0, y: 0, width: 9, height: 9 }
  expect(estimateShape(by(box, { ...box, x: 1 })).map).toBeNull()
  expect(estimateShape(by({ kind: 'rotated-box', cx: 5, cy: 5, width: 9, height: 4, angle: 3 }, { kind: 'rotated-box', cx: 6, cy: 5, width: 9, height: 4, angle: 9 })).map).toBeNull()
})

test('two who differ on one side: ½ on the border between them, certain where both agree', () => {
  const map = mapOf([square(0, 0, 40), square(8, 0, 40)])
  const bytes = bytesOf(map), cell = map.width / map.columns
  const at = (x: number, y: number) => bytes[Math.floor((y - map.y) / cell) * map.columns + Math.floor((x - map.x) / cell)]!
  expect(at(24, 20)).toBe(255)
  expect(at(24, -0.5)).toBeLessThan(128)
  expect(Math.abs(at(4, 20) - 128)).toBeLessThan(40)
})

test('masks by STAPLE have one too', () => {
  const bitmap = (x: number) => encodeMask({ x, y: 7, width: 30, height: 20, data: new Uint8Array(600).fill(1) })
  expect(ProbabilityMap.parse(mapOf([bitmap(5), bitmap(5), bitmap(6)], { as: 'mask', method: 'staple' })).rows).toBeGreaterThan(19)
})

const star = fc.record({ radii: fc.array(fc.integer({ min: 8, max: 90 }), { minLength: 9, maxLength: 9 }), dx: fc.integer({ min: -4, max: 4 }) })
  .map(({ radii, dx }) => polygonOfRing(radii.flatMap((r, at) => [40 + dx + r * Math.cos((at / 9) * 2 * Math.PI), 40 + r * Math.sin((at / 9) * 2 * Math.PI)])))

const steps = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]
const near = steps.flatMap((dx) => steps.map((dy) => [dx, dy] as const))

// STAPLE of two people leaves what only one of them has at ½, give or take its rounding.
test('whatever the areas: a valid map that holds the estimate; more likely than not well inside it, less well outside', () => {
  fc.assert(fc.property(fc.array(star, { minLength: 2, maxLength: 4 }), fc.constantFrom('average', 'staple'), (all, method) => {
    const found = estimateArea(by(...all), { method: method as 'average', cells: 2 ** 12 })
    const map = ProbabilityMap.parse(probabilityMap(found.map!)), bytes = bytesOf(map)
    expect(bytes.length).toBe(map.columns * map.rows)
    expect(map.values.length).toBeLessThan(3_100)
    const cell = map.width / map.columns
    expect(map.height / map.rows).toBeCloseTo(cell, 9)
    const rings = (found.geometry as Polygon).parts.flat()
    for (const ring of rings) for (let at = 0; at < ring.length; at += 2) expect(ring[at]! >= map.x && ring[at]! <= map.x + map.width && ring[at + 1]! >= map.y && ring[at + 1]! <= map.y + map.height).toBe(true)
    const inside = (x: number, y: number) => rings.filter((ring) => pointInRing(ring, { x, y })).length % 2 === 1
    bytes.forEach((byte, at) => {
      const x = map.x + ((at % map.columns) + 0.5) * cell, y = map.y + (Math.floor(at / map.columns) + 0.5) * cell
      const around = near.map(([dx, dy]) => inside(x + dx * cell, y + dy * cell))
      if (around.every(Boolean)) expect(byte).toBeGreaterThanOrEqual(127)
      if (!around.some(Boolean)) expect(byte).toBeLessThanOrEqual(128)
    })
  }), { numRuns: 20 })
})
