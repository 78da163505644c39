import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxBetween, boxOfDrag, clampBox, resizeBox } from './box.ts'
import type { Side } from './resize.ts'

const number = fc.integer({ min: -200, max: 200 })
const point = fc.record({ x: number, y: number })
const box = fc.tuple(point, point).map(([a, b]) => boxBetween(a, b))
const side = fc.constantFrom<Side>('n', 'e', 's', 'w', 'ne', 'nw', 'se', 'sw')
const image = { minX: 0, minY: 0, maxX: 100, maxY: 50 }

test('any two opposite corners give one box', () => {
  fc.assert(fc.property(point, point, (a, b) => {
    expect(boxBetween(a, b)).toEqual(boxBetween(b, a))
    expect(boxBetween({ x: a.x, y: b.y }, { x: b.x, y: a.y })).toEqual(boxBetween(a, b))
  }))
})

test('the opposite corner stays put, also when dragged across it', () => {
  expect(resizeBox(boxBetween({ x: 10, y: 10 }, { x: 30, y: 20 }), 'se', { x: 0, y: 40 })).toEqual({ kind: 'box', x: 0, y: 10, width: 10, height: 30 })
  fc.assert(fc.property(box, point, (from, to) => { expect(resizeBox(from, 'nw', to)).toEqual(boxBetween(to, { x: from.x + from.width, y: from.y + from.height })) }))
})

test('a side moves one border alone', () => {
  fc.assert(fc.property(box, point, (from, to) => { expect(resizeBox(from, 'e', to)).toMatchObject({ y: from.y, height: from.height }) }))
})

test('with keepAspect width : height stays, with fromCentre the centre', () => {
  fc.assert(fc.property(box.filter(({ width, height }) => width > 0 && height > 0), side, point, (from, side, to) => {
    const same = resizeBox(from, side, to, { keepAspect: true })
    expect(same.width * from.height).toBeCloseTo(same.height * from.width, 6)
    const centred = resizeBox(from, side, to, { fromCentre: true })
    expect(centred.x + centred.width / 2).toBeCloseTo(from.x + from.width / 2, 9)
    expect(centred.y + centred.height / 2).toBeCloseTo(from.y + from.height / 2, 9)
  }))
})

test('clamped boxes and drags are inside', () => {
  fc.assert(fc.property(box, point, point, fc.boolean(), fc.boolean(), (box, a, b, square, fromCentre) => {
    const start = { x: Math.min(Math.max(a.x, 0), 100), y: Math.min(Math.max(a.y, 0), 50) }
    for (const inside of [clampBox(box, image), boxOfDrag(start, b, { square, fromCentre }, image)]) {
      expect(inside.x).toBeGreaterThanOrEqual(0)
      expect(inside.y).toBeGreaterThanOrEqual(0)
      expect(inside.x + inside.width).toBeLessThanOrEqual(100 + 1e-9)
      expect(inside.y + inside.height).toBeLessThanOrEqual(50 + 1e-9)
    }
  }))
})
