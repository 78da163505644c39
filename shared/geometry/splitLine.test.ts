import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TextLine } from '#shared/model/geometry.ts'
import { project, squareToQuad, type Quad } from './homography.ts'
import { lineFrame } from './lineFrame.ts'
import { mergeLines } from './mergeLines.ts'
import { outlineOf, polygonArea, polygonOfRing } from './polygon.ts'
import { splitLine, splitLineAt } from './splitLine.ts'

const textLine = (outline: TextLine['outline'], baseline: number[] | null = null): TextLine => ({ kind: 'text-line', outline, baseline })
const area = (line: TextLine) => polygonArea(outlineOf(line.outline)!)
const length = fc.integer({ min: 10, max: 400 })
const place = fc.integer({ min: -500, max: 500 })
const box = fc.record({ x: place, y: place, width: length, height: length }).map((parts) => textLine({ kind: 'box', ...parts }))
const rotated = fc.record({ cx: place, cy: place, width: length, height: length, angle: fc.integer({ min: -179, max: 180 }) }).map((parts) => textLine({ kind: 'rotated-box', ...parts }))
const shift = fc.integer({ min: -8, max: 8 })
const corners = fc.tuple(place, place, length, length, fc.array(shift, { minLength: 8, maxLength: 8 }))
  .map(([x, y, w, h, s]) => [x, y, x + w + 20, y, x + w + 20, y + h + 20, x, y + h + 20].map((value, index) => value + s[index]! / 2))
const quad = corners.map((ring) => textLine(polygonOfRing(ring)))
/** Convex, with six corners. */
const hexagon = fc.record({ x: place, y: place, w: length, h: length }).map(({ x, y, w, h }) =>
  textLine(polygonOfRing([x, y, x + w, y - h / 4, x + 2 * w, y, x + 2 * w, y + h, x + w, y + h * 1.25, x, y + h])))
const anyLine = fc.oneof(box, rotated, quad, hexagon)
const axis = fc.constantFrom('ltr', 'rtl', 'vertical' as const)
const fraction = fc.double({ min: 0.1, max: 0.9, noNaN: true })

test('rectifying maps the corners of the crop to the corners of the line exactly', () => {
  fc.assert(fc.property(corners, (ring) => {
    const { quad: frame } = lineFrame(textLine(polygonOfRing(ring)))
    const map = squareToQuad(frame)!
    for (const [index, [u, v]] of ([[0, 0], [1, 0], [1, 1], [0, 1]] as const).entries()) {
      const { x, y } = project(map, u, v)
      expect(x).toBeCloseTo(frame[index]!.x, 6)
      expect(y).toBeCloseTo(frame[index]!.y, 6)
    }
  }))
})

test("Heckbert's map keeps straight lines straight: the middle of the square lies where the diagonals cross", () => {
  const trapezium: Quad = [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 3, y: 3 }, { x: 1, y: 3 }]
  const middle = project(squareToQuad(trapezium)!, 0.5, 0.5)
  expect(middle.x).toBeCloseTo(2)
  expect(middle.y).toBeCloseTo(2)
})

test('the pieces of a line have its area together', () => {
  fc.assert(fc.property(anyLine, fraction, axis, (line, at, way) => {
    const [first, then] = splitLine(line, at, way)
    expect(Math.abs(area(first) + area(then) - area(line))).toBeLessThan(1e-6 * area(line) + 1e-6)
  }))
})

test('a box splits in proportion, and from the right for right-to-left text', () => {
  const line = textLine({ kind: 'box', x: 0, y: 0, width: 100, height: 10 }, [0, 9, 100, 9])
  expect(splitLine(line, 0.25, 'ltr')).toEqual([
    textLine({ kind: 'box', x: 0, y: 0, width: 25, height: 10 }, [0, 9, 25, 9]), textLine({ kind: 'box', x: 25, y: 0, width: 75, height: 10 }, [25, 9, 100, 9]),
  ])
  expect(splitLine(line, 0.25, 'rtl')[0].outline).toEqual({ kind: 'box', x: 75, y: 0, width: 25, height: 10 })
})

test('merging takes a split back', () => {
  fc.assert(fc.property(anyLine, fraction, axis, (line, at, way) => {
    const merged = mergeLines(...splitLine(line, at, way), way)
    expect(merged.outline.kind).toBe(line.outline.kind)
    expect(Math.abs(area(merged) - area(line))).toBeLessThan(1e-6 * area(line) + 1e-6)
  }))
})

test('words of a line: as many pieces as words, in reading order', () => {
  const line = textLine({ kind: 'box', x: 0, y: 0, width: 100, height: 10 })
  expect(splitLineAt(line, [0.2, 0.5], 'rtl').map(({ outline }) => outline)).toEqual([
    { kind: 'box', x: 80, y: 0, width: 20, height: 10 }, { kind: 'box', x: 50, y: 0, width: 30, height: 10 }, { kind: 'box', x: 0, y: 0, width: 50, height: 10 },
  ].map((each) => expect.objectContaining({ kind: each.kind, x: expect.closeTo(each.x), width: expect.closeTo(each.width) })))
})
