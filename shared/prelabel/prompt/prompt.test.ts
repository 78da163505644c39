import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { crossesItself } from '#shared/geometry/crossing.ts'
import { maskIou } from '#shared/geometry/iou.ts'
import { encodeMask, maskArea } from '#shared/geometry/mask.ts'
import { polygonArea, polygonOfRing } from '#shared/geometry/polygon.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import type { Session, Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import { answerPrompt } from './answer.ts'
import { boundsOfCutout, readMasks, type Cutout } from './cutout.ts'
import { coarseSide, decoderFeeds } from './feeds.ts'
import { frameOf, maskSize } from './frame.ts'
import { maskOf, polygonOf, withFewerPoints } from './outline.ts'
import { startMask } from './startMask.ts'
import { strokePoints } from './stroke.ts'

const embedding: Tensor = { type: 'float32', dims: [1, 2, 1, 1], data: Float32Array.of(1, 2) }
const floats = (data: number[], dims: number[]): Tensor => ({ type: 'float32', dims, data: Float32Array.from(data) })
const coarse = (first: number, masks = 1): Tensor => floats(Array.from({ length: masks * coarseSide ** 2 }, (_, i) => first + Math.floor(i / coarseSide ** 2)), [1, masks, coarseSide, coarseSide])

test('the longest side fills the square, the other is rounded (ResizeLongestSide)', () => {
  expect(frameOf(4000, 3000, 1024)).toMatchObject({ width: 1024, height: 768, scale: 0.256 })
  expect(frameOf(600, 400, 1024)).toMatchObject({ width: 1024, height: 683 })
  expect(frameOf(3, 5000, 1024)).toMatchObject({ width: 1, height: 1024 })
})

test('masks are asked for in the item’s own pixels where it has fewer than the square', () => {
  expect(maskSize(frameOf(600, 400, 1024))).toEqual({ width: 600, height: 400 })
  expect(maskSize(frameOf(4000, 3000, 1024))).toEqual({ width: 1024, height: 768 })
})

test('points go in as pixels of the square with one padding point; a box as two corners and none', () => {
  const frame = frameOf(2048, 1024, 1024)
  const points = decoderFeeds(embedding, { points: [{ x: 100, y: 40, positive: true }, { x: 300, y: 20, positive: false }], box: null }, null, frame)
  expect([...points['point_coords']!.data]).toEqual([50, 20, 150, 10, 0, 0])
  expect([...points['point_labels']!.data]).toEqual([1, 0, -1])
  expect(points['point_coords']!.dims).toEqual([1, 3, 2])
  expect([...points['has_mask_input']!.data]).toEqual([0])
  expect([...points['orig_im_size']!.data]).toEqual([512, 1024])
  const box = decoderFeeds(embedding, { points: [{ x: 100, y: 40, positive: true }], box: { minX: 10, minY: 20, maxX: 30, maxY: 60 } }, new Float32Array(coarseSide ** 2), frame)
  expect([...box['point_coords']!.data]).toEqual([5, 10, 15, 30, 50, 20])
  expect([...box['point_labels']!.data]).toEqual([2, 3, 1])
  expect([...box['has_mask_input']!.data]).toEqual([1])
})

test('a stroke gives points at even distances with its ends', () => {
  expect(strokePoints([0, 0, 10, 0, 10, 10], true, 5).map(({ x, y }) => [x, y])).toEqual([[0, 0], [5, 0], [10, 0], [10, 5], [10, 10]])
  expect(strokePoints([3, 4], false, 5)).toEqual([{ x: 3, y: 4, positive: false }])
  expect(strokePoints([3, 4, 3, 4], false, 5)).toHaveLength(1)
  expect(strokePoints([0, 0, 1000, 0], true, 5)).toHaveLength(8)
})

test('of several masks the one with the highest expected IoU is taken, and its own coarse logits', () => {
  const masks = floats([1, -1, -1, -1, /* second: */ -1, 1, 1, -1], [1, 2, 2, 2])
  const { cutout, coarse: logits } = readMasks({ masks, iou_predictions: floats([0.3, 0.8], [1, 2]), low_res_masks: coarse(5, 2) }, 4, 4)
  expect(cutout).toMatchObject({ stepX: 2, stepY: 2, score: expect.closeTo(0.8) })
  expect(maskArea(cutout!.mask)).toBe(2)
  expect(logits[0]).toBe(6)
  expect(logits).toHaveLength(coarseSide ** 2)
})

test('NaN in the scores is passed over, and all NaN is an error in words', () => {
  const masks = floats([1, 1, 1, 1, -1, 1, 1, -1], [1, 2, 2, 2])
  const scores = (...values: number[]) => ({ masks, iou_predictions: floats(values, [1, 2]), low_res_masks: coarse(0, 2) })
  expect(maskArea(readMasks(scores(Number.NaN, 0.1), 2, 2).cutout!.mask)).toBe(2)
  expect(() => readMasks(scores(Number.NaN, Number.NaN), 2, 2)).toThrow('gave no number')
  expect(() => readMasks({ masks: floats([1], [1]) }, 2, 2)).toThrow('not those of a Segment Anything model')
})

test('an empty mask, and one of NaN, is no cutout', () => {
  for (const value of [-1, Number.NaN]) {
    expect(readMasks({ masks: floats([value, value, value, value], [1, 1, 2, 2]), iou_predictions: floats([0.9], [1, 1]), low_res_masks: coarse(0) }, 2, 2).cutout).toBeNull()
  }
})

/** A 40 × 40 square, with a hole of 10 × 10 and with one stray pixel inside and one outside. */
function squareWithNoise(): number[] {
  const data = Array.from({ length: 60 * 60 }, () => -1)
  const fill = (x: number, y: number, side: number, value: number) => { for (let r = y; r < y + side; r++) for (let c = x; c < x + side; c++) data[r * 60 + c] = value }
  fill(10, 10, 40, 1)
  fill(20, 20, 10, -1)
  fill(45, 45, 1, -1)
  fill(2, 2, 1, 1)
  return data
}

test('specks and pinholes go, a real hole stays', () => {
  const { cutout } = readMasks({ masks: floats(squareWithNoise(), [1, 1, 60, 60]), iou_predictions: floats([0.9], [1, 1]), low_res_masks: coarse(0) }, 120, 120)
  const polygon = polygonOf(cutout!, 1)
  expect(polygon.parts).toHaveLength(1)
  expect(polygon.parts[0]).toHaveLength(2)
  expect(polygonArea(polygon)).toBe((40 * 40 - 100) * 4)
  expect(boundsOfCutout(cutout!)).toEqual({ minX: 20, minY: 20, maxX: 100, maxY: 100 })
  expect(maskArea(maskOf(cutout!))).toBe((40 * 40 - 100) * 4)
})

test('simplifying keeps parts and holes and lets no rings meet, whatever the mask and the tolerance', () => {
  const bitmaps = fc.tuple(fc.array(fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), { minLength: 9, maxLength: 9 }), fc.constantFrom(0.5, 1, 2, 5))
  fc.assert(fc.property(bitmaps, ([rows, tolerance]) => {
    const big = rows.flatMap((row) => Array.from({ length: 3 }, () => row.flatMap((pixel) => [pixel, pixel, pixel]))).flat()
    const mask = encodeMask({ x: 0, y: 0, width: 27, height: 27, data: big.map(Number) })
    if (maskArea(mask) === 0) return
    const cutout: Cutout = { mask, stepX: 1, stepY: 1, score: 1 }
    const exact = polygonOf(cutout, 0), simple = polygonOf(cutout, tolerance)
    expect(simple.parts.map((part) => part.length)).toEqual(exact.parts.map((part) => part.length))
    for (const ring of simple.parts.flat()) if (!exact.parts.flat().some((same) => same.join() === ring.join())) expect(crossesItself(ring)).toBe(false)
  }), { numRuns: 60 })
})

test.each([10, 20, 40, 150])('a disc of radius %d loses less than a hundredth of itself at the usual tolerance, and has few points', (radius) => {
  const side = 2 * radius + 1
  const mask = encodeMask({ x: 0, y: 0, width: side, height: side, data: Uint8Array.from({ length: side * side }, (_, at) => (Math.hypot((at % side) - radius, Math.floor(at / side) - radius) < radius ? 1 : 0)) })
  const polygon = polygonOf({ mask, stepX: 1, stepY: 1, score: 1 }, 1.5)
  expect(maskIou(rasterise(polygon), mask)).toBeGreaterThan(0.99)
  expect(polygon.parts[0]![0]!.length / 2).toBeLessThanOrEqual(34)
})

test('a hole that a coarse outline would cut through keeps the outline finer there', () => {
  const bumped = [0, 0, 100, 0, 100, 100, 60, 100, 50, 108, 40, 100, 0, 100]
  const simple = withFewerPoints({ kind: 'polygon', parts: [[bumped, [48, 90, 48, 103, 52, 103, 52, 90]]] }, 10)
  expect(simple.parts[0]![0]).toEqual(bumped)
  expect(withFewerPoints(polygonOfRing(bumped), 10).parts[0]![0]).toEqual([0, 0, 100, 0, 100, 100, 0, 100])
})

test('a shape to begin with becomes logits of the coarse mask', () => {
  const frame = frameOf(2048, 1024, 1024)
  const logits = startMask(polygonOfRing([0, 0, 1024, 0, 1024, 512, 0, 512]), frame)
  expect(logits[0]).toBeGreaterThan(0)
  expect(logits[63 * coarseSide + 127]).toBeGreaterThan(0)
  expect(logits[63 * coarseSide + 128]).toBeLessThan(0)
  expect(logits[64 * coarseSide]).toBeLessThan(0)
})

test('the answer lies in item pixels', async () => {
  let fed: Tensors = {}
  const decoder: Session = {
    inputs: [], outputs: [],
    run: async (feeds) => {
      fed = feeds
      const [height = 0, width = 0] = feeds['orig_im_size']!.data as Float32Array
      const masks = new Float32Array(width * height).fill(-1)
      masks.fill(1, 0, width)
      return { masks: { type: 'float32', dims: [1, 1, height, width], data: masks }, iou_predictions: floats([0.9], [1, 1]), low_res_masks: coarse(0) }
    },
  }
  const { cutout } = await answerPrompt(decoder, embedding, { points: [{ x: 10, y: 0, positive: true }], box: null }, null, frameOf(2048, 1024, 1024))
  expect(boundsOf(polygonOf(cutout!, 1))).toEqual({ minX: 0, minY: 0, maxX: 2048, maxY: 2 })
  expect(fed['image_embeddings']).toBe(embedding)
  await expect(answerPrompt(decoder, embedding, { points: [], box: null }, null, frameOf(8, 8, 8))).rejects.toThrow('needs a point or a box')
})

test('the outline rasterises back to the mask when nothing is simplified', () => {
  const mask = encodeMask({ x: 3, y: 4, width: 3, height: 2, data: [1, 1, 0, 0, 1, 1] })
  expect(rasterise(polygonOf({ mask, stepX: 1, stepY: 1, score: 1 }, 0))).toEqual(mask)
})

test('a mask to begin with that outweighs a point against it is left out, and the answer that heeds the points is taken', async () => {
  const begun: boolean[] = []
  const decoder: Session = {
    inputs: [], outputs: [],
    run: async (feeds) => {
      const started = feeds['has_mask_input']!.data[0] === 1
      begun.push(started)
      const masks = new Float32Array(64).fill(started ? 1 : -1)
      masks.fill(1, 0, 8)
      return { masks: { type: 'float32', dims: [1, 1, 8, 8], data: masks }, iou_predictions: floats([0.9], [1, 1]), low_res_masks: coarse(0) }
    },
  }
  const ask = (y: number) => answerPrompt(decoder, embedding, { points: [{ x: 3, y: 0.5, positive: true }, { x: 3, y, positive: false }], box: null }, new Float32Array(coarseSide ** 2), frameOf(8, 8, 8))
  expect(maskArea((await ask(6)).cutout!.mask)).toBe(8)
  expect(begun).toEqual([true, false])
  // Neither answer heeds this one: the one that was begun with stays.
  expect(maskArea((await ask(0.5)).cutout!.mask)).toBe(64)
})

test('specks and pinholes beside each other do not change places', () => {
  const data = Array.from({ length: 60 * 60 }, (_, at) => (at % 60 < 40 ? 1 : -1))
  for (let row = 20; row < 26; row++) for (let column = 36; column < 44; column++) data[row * 60 + column] = (row + column) % 2 === 0 ? 1 : -1
  const { cutout } = readMasks({ masks: floats(data, [1, 1, 60, 60]), iou_predictions: floats([0.9], [1, 1]), low_res_masks: coarse(0) }, 60, 60)
  expect(polygonOf(cutout!, 0).parts.map((part) => part.length)).toEqual([1])
})
