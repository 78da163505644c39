import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { forEachRun } from '#shared/geometry/mask.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { rotatedBoxIou } from '#shared/geometry/convex.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { RotatedBox } from '#shared/model/geometry.ts'
import { findLines, type ProbabilityMap } from './db.ts'

const options = { binary: 0.3, boxScore: 0.6, unclip: 1.5, leastSide: 3 }
const side = 200
const same = { scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0, width: side, height: side }

/** A map with the boxes drawn in it, shrunk so that growing by area × 1.5 / perimeter gives them back. */
function drawn(boxes: readonly RotatedBox[], probability = 0.9): ProbabilityMap {
  const data = new Float32Array(side * side)
  for (const box of boxes) {
    const mask = rasterise({ kind: 'polygon', parts: [[cornersOfRotated(shrunk(box))]] }, { minX: 0, minY: 0, maxX: side, maxY: side })
    forEachRun(mask, (start, end) => {
      for (let i = start; i < end; i++) data[(mask.y + (i % mask.height)) * side + mask.x + Math.floor(i / mask.height)] = probability
    })
  }
  return { width: side, height: side, data }
}

/** w − 2 d, h − 2 d with d = 1.5 · (w − 2 d)(h − 2 d) / (2 (w + h − 4 d)), by bisection. */
function shrunk(box: RotatedBox): RotatedBox {
  let low = 0, high = Math.min(box.width, box.height) / 2
  for (let i = 0; i < 50; i++) {
    const d = (low + high) / 2, w = box.width - 2 * d, h = box.height - 2 * d
    if (d < (1.5 * w * h) / (2 * (w + h))) low = d
    else high = d
  }
  return { ...box, width: box.width - 2 * low, height: box.height - 2 * low }
}

const box = (cx: number, cy: number, width: number, height: number, angle = 0): RotatedBox => ({ kind: 'rotated-box', cx, cy, width, height, angle })
const asRotated = (outline: ReturnType<typeof findLines>['lines'][number]['outline']): RotatedBox => (outline.kind === 'rotated-box' ? outline
  : (({ minX, minY, maxX, maxY }) => box((minX + maxX) / 2, (minY + maxY) / 2, maxX - minX, maxY - minY))(boundsOf(outline)!))

describe('lines from a map of probabilities', () => {
  // Over the whole grid of these sizes and whole degrees the least IoU is 0.80, the median 0.91: a pixel of a line 8 high, grown.
  test('gives drawn rectangles back after growing them', () => {
    fc.assert(fc.property(fc.integer({ min: 60, max: 150 }), fc.integer({ min: 20, max: 34 }), fc.integer({ min: -40, max: 40 }), (width, height, angle) => {
      const truth = box(100, 100, width, height, angle)
      const { lines } = findLines(drawn([truth]), options, same)
      expect(lines).toHaveLength(1)
      expect(rotatedBoxIou(asRotated(lines[0]!.outline), truth)).toBeGreaterThan(0.78)
      expect(lines[0]!.score).toBeGreaterThan(0.7)
    }), { numRuns: 40 })
  })

  test('a level line is a box, to the pixel, in pixels of the item', () => {
    const data = new Float32Array(40 * 20)
    for (let y = 8; y < 12; y++) data.fill(1, y * 40 + 10, y * 40 + 30)
    const { lines: [line] } = findLines({ width: 40, height: 20, data }, { ...options, unclip: 44 / 19 }, { scaleX: 2, scaleY: 3, offsetX: 0, offsetY: 0, width: 80, height: 60 })
    // From centre to centre 19 × 3, grown by 57 · (44 / 19) / 44 = 3 on every side, and by 1 at either end.
    expect(line).toEqual({ outline: { kind: 'box', x: 13, y: 16.5, width: 54, height: 27 }, score: 1 })
  })

  test('vertical text: a box much higher than wide is read downwards', () => {
    const { lines: [line] } = findLines(drawn([box(100, 100, 24, 150)]), options, same)
    expect(line!.outline).toMatchObject({ kind: 'rotated-box', angle: 90 })
    expect((line!.outline as RotatedBox).width).toBeGreaterThan(130)
  })

  test('weak and tiny components are left out; what touches the border stays inside the item', () => {
    expect(findLines(drawn([box(100, 100, 80, 24)], 0.5), options, same).lines).toEqual([])
    const dots = new Float32Array(side * side)
    for (let i = 0; i < side * side; i += 977) dots[i] = 1
    expect(findLines({ width: side, height: side, data: dots }, options, same).lines).toEqual([])
    const { lines: [edge] } = findLines(drawn([box(20, 4, 60, 20)]), options, same)
    const bounds = boundsOf(edge!.outline)!
    expect(Math.min(bounds.minX, bounds.minY)).toBeGreaterThanOrEqual(0)
  })

  test('a bent line becomes a polygon when that is asked for, and is scored by its own pixels', () => {
    const data = new Float32Array(side * side)
    for (let x = 20; x < 180; x++) {
      const middle = 100 - 50 * Math.sin(((x - 20) / 160) * Math.PI)
      for (let y = Math.round(middle) - 4; y < middle + 4; y++) data[y * side + x] = 0.9
    }
    const map = { width: side, height: side, data }
    expect(findLines(map, options, same).lines).toEqual([])
    const { lines: [line] } = findLines(map, { ...options, scoreMode: 'slow', bent: true }, same)
    expect(line!.outline.kind).toBe('polygon')
    expect(line!.score).toBeCloseTo(0.9, 5)
    expect(boundsOf(line!.outline)!.maxY).toBeLessThan(115)
  })

  test('a map of NaN, of all ones, of one pixel', () => {
    expect(findLines({ width: 4, height: 4, data: new Float32Array(16).fill(NaN) }, options, same)).toEqual({ lines: [], broken: 16, cut: 0 })
    expect(findLines({ width: side, height: side, data: new Float32Array(side * side).fill(1) }, options, same).lines[0]!.outline).toEqual({ kind: 'box', x: 0, y: 0, width: side, height: side })
    expect(findLines({ width: 1, height: 1, data: Float32Array.of(1) }, options, same).lines).toEqual([])
  })

  test('more than a thousand regions: the rest is counted', () => {
    const data = new Float32Array(300 * 300)
    for (let y = 0; y < 300; y += 8) for (let x = 0; x < 300; x += 8) for (let j = 0; j < 4; j++) data.fill(1, (y + j) * 300 + x, (y + j) * 300 + x + 4)
    expect(findLines({ width: 300, height: 300, data }, options, same).cut).toBe(38 * 38 - 1000)
  })
})
