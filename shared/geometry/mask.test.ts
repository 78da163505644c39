import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Geometry } from '#shared/model/geometry.ts'
import { compressCounts, decompressCounts, fromCocoCounts, toCocoCounts } from './cocoRle.ts'
import { contoursOf } from './contours.ts'
import { maskIou, maskOverlap } from './iou.ts'
import { decodeMask, encodeMask, maskArea, maskHas, reframeMask, trimMask, type Bitmap } from './mask.ts'
import { polygonArea } from './polygon.ts'
import { rasterise } from './rasterise.ts'

const bitmap = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), fc.integer({ min: -5, max: 20 }), fc.integer({ min: -5, max: 20 }))
  .chain(([width, height, x, y]) => fc.array(fc.constantFrom(0, 1), { minLength: width * height, maxLength: width * height }).map((data): Bitmap => ({ x, y, width, height, data })))
const sum = (data: ArrayLike<number>) => Array.from(data).reduce((total, value) => total + value, 0)
const frame = fc.record({ x: fc.integer({ min: -9, max: 20 }), y: fc.integer({ min: -9, max: 20 }), width: fc.integer({ min: 0, max: 30 }), height: fc.integer({ min: 0, max: 30 }) })

/** Rows of text, # inside. */
function drawing(...rows: string[]) {
  return encodeMask({ x: 0, y: 0, width: rows[0]!.length, height: rows.length, data: [...rows.join('')].map((sign) => (sign === '#' ? 1 : 0)) })
}

test('columns first, beginning with zeros', () => {
  expect(drawing('.#.', '##.').counts).toEqual([1, 3, 2])
  expect(drawing('#').counts).toEqual([0, 1])
})

test('encode and decode give back every bitmap, and the area is its pixels', () => {
  fc.assert(fc.property(bitmap, (bitmap) => {
    const mask = encodeMask(bitmap)
    expect(Geometry.safeParse(mask).success).toBe(true)
    expect(Array.from(decodeMask(mask).data)).toEqual(bitmap.data)
    expect(maskArea(mask)).toBe(sum(bitmap.data))
  }))
})

test('trimmed and reframed masks have the same pixels', () => {
  fc.assert(fc.property(bitmap, frame, (bitmap, frame) => {
    const mask = encodeMask(bitmap), trimmed = trimMask(mask), reframed = reframeMask(mask, frame)
    for (let y = -6; y < 34; y++) {
      for (let x = -6; x < 34; x++) {
        const framed = x >= frame.x && y >= frame.y && x < frame.x + frame.width && y < frame.y + frame.height
        if (maskHas(trimmed, x, y) !== maskHas(mask, x, y) || maskHas(reframed, x, y) !== (framed && maskHas(mask, x, y))) throw new Error(`pixel ${x}, ${y}`)
      }
    }
    expect(sum(reframed.counts)).toBe(frame.width * frame.height)
    if (trimmed.width > 0) expect(trimMask(trimmed)).toEqual(trimmed)
  }), { numRuns: 60 })
})

test('overlap counts common pixels, whatever the rectangles', () => {
  fc.assert(fc.property(bitmap, bitmap, (first, second) => {
    const a = encodeMask(first), b = encodeMask(second)
    let common = 0
    for (let y = -6; y < 34; y++) for (let x = -6; x < 34; x++) if (maskHas(a, x, y) && maskHas(b, x, y)) common++
    expect(maskOverlap(a, b)).toBe(common)
    expect(maskIou(a, b)).toBe(maskIou(b, a))
    if (maskArea(a) > 0) expect(maskIou(a, trimMask(a))).toBe(1)
  }), { numRuns: 60 })
})

// What pycocotools 2.0.11 (maskApi.c) gives for frPyObjects({size, counts}).
test.each([
  [[245, 5, 35, 5, 35, 5, 35, 5, 35, 5, 1190], 'e75S10000000ST1'],
  [[0, 16], '0`0'],
  [[16], '`0'],
  [[6, 1, 40, 4, 5, 4, 5, 4, 21], '61X13mN000`0'],
  [[1000, 3, 2000, 1, 77, 900, 19], 'Xo03`n1NmSNSl0VN'],
])('COCO’s string of %j is %s', (counts, text) => {
  expect(compressCounts(counts)).toBe(text)
  expect(decompressCounts(text)).toEqual(counts)
})

test('COCO’s string gives back all counts', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 400_000_000 })), (counts) => { expect(decompressCounts(compressCounts(counts))).toEqual(counts) }))
})

test('a string that is cut, has foreign characters or runs below zero is refused', () => {
  expect(decompressCounts('e75S1000000ST')).toBeNull()
  expect(decompressCounts('e7~')).toBeNull()
  expect(decompressCounts('N')).toBeNull()
  expect(decompressCounts('oooooooooo0')).toBeNull()
  fc.assert(fc.property(fc.string(), (text) => {
    const counts = decompressCounts(text)
    expect(counts === null || counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true)
  }))
})

test('to COCO’s whole image and back, without what is outside it', () => {
  fc.assert(fc.property(bitmap, (bitmap) => {
    const mask = encodeMask(bitmap), whole = toCocoCounts(mask, 25, 20)
    expect(sum(whole.counts)).toBe(500)
    expect(fromCocoCounts(whole)).toEqual(fromCocoCounts(toCocoCounts(fromCocoCounts(whole), 25, 20)))
    expect(maskArea(fromCocoCounts(whole))).toBe(maskArea(reframeMask(mask, { x: 0, y: 0, width: 25, height: 20 })))
  }))
})

test('the outline has the area of the pixels and gives them back', () => {
  fc.assert(fc.property(bitmap, (bitmap) => {
    const mask = encodeMask(bitmap), outline = contoursOf(mask)
    if (outline === null) {
      expect(maskArea(mask)).toBe(0)
      return
    }
    expect(Geometry.safeParse(outline).success).toBe(true)
    expect(polygonArea(outline)).toBe(maskArea(mask))
    expect(rasterise(outline)).toEqual(trimMask(mask))
  }), { numRuns: 500 })
})

test.each([
  ['one pixel', ['#'], [[4]]],
  ['a ring with a hole', ['###', '#.#', '###'], [[4, 4]]],
  ['pixels that touch at a corner are two parts', ['#.', '.#'], [[4], [4]]],
  ['an island in a hole is a part', ['#####', '#...#', '#.#.#', '#...#', '#####'], [[4, 4], [4]]],
  ['holes that touch at a corner are one', ['####', '#.##', '##.#', '####'], [[4, 8]]],
])('outline: %s', (_, rows, points) => {
  expect(contoursOf(drawing(...rows))!.parts.map((part) => part.map((ring) => ring.length / 2))).toEqual(points)
})

test('pixel centres decide, and neighbours share no pixel', () => {
  const left = rasterise({ kind: 'polygon', parts: [[[0, 0, 2.5, 0, 2.5, 4, 0, 4]]] }), right = rasterise({ kind: 'polygon', parts: [[[2.5, 0, 5, 0, 5, 4, 2.5, 4]]] })
  expect([maskArea(left), maskArea(right), maskOverlap(left, right)]).toEqual([8, 12, 0])
})

test('holes and parts are rasterised, and the extent clips', () => {
  const polygon = { kind: 'polygon' as const, parts: [[[0, 0, 10, 0, 10, 10, 0, 10], [2, 2, 8, 2, 8, 8, 2, 8]], [[20, 0, 22, 0, 22, 2, 20, 2]]] }
  expect(maskArea(rasterise(polygon))).toBe(64 + 4)
  expect(maskArea(rasterise(polygon, { minX: 0, minY: 0, maxX: 5, maxY: 5 }))).toBe(25 - 9)
  expect(maskArea(rasterise(polygon, { minX: 50, minY: 50, maxX: 60, maxY: 60 }))).toBe(0)
})
