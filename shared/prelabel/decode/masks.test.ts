import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskIou } from '#shared/geometry/iou.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import { fakeSession, floats, imageInput, manifest, plainPicture } from '#shared/testing/models.ts'
import type { Head, Manifest } from '../manifest.ts'
import { predict } from '../predict.ts'
import { Prediction } from '../prediction.ts'
import type { Tensors } from '../tensor.ts'

const run = (model: Manifest, outputs: Tensors, sample = plainPicture(64, 64)) =>
  predict(model, { model: fakeSession(outputs) }, sample, { threshold: model.threshold, overlap: model.overlap, mostDetections: model.mostDetections })
const polygonIn = (prediction: Prediction | undefined): Polygon => {
  Prediction.parse(prediction)
  if (prediction?.geometry.kind !== 'polygon') throw new Error('a polygon')
  return prediction.geometry
}
/** A map of width × height from a function of the middle of each cell. */
const map = (width: number, height: number, value: (x: number, y: number) => number) => Array.from({ length: width * height }, (_, at) => value((at % width) + 0.5, Math.floor(at / width) + 0.5))
const isIn = (x: number, y: number, [x1, y1, x2, y2]: readonly number[]) => x > x1! && x < x2! && y > y1! && y < y2!

const seg: Head = { kind: 'yolo-seg', transposed: false, prototypes: null }
/** One box over 8 … 56 with two prototypes at a quarter of the size. */
const segOutputs = (coefficients: number[], prototypes: number[][]): Tensors => ({
  output0: floats([1, 7, 1], [32, 32, 48, 48, 0.9, ...coefficients]), output1: floats([1, prototypes.length, 16, 16], prototypes.flat()),
})

test('YOLO’s mask is the weighted sum of prototypes where it is above 0, cut to the box, with its hole', async () => {
  const disc = map(16, 16, (x, y) => Math.hypot(x - 8, y - 8) < 12 ? 1 : -1), hole = map(16, 16, (x, y) => (isIn(x, y, [6, 6, 10, 10]) ? 1 : 0))
  const { predictions, notes } = await run(manifest(seg, ['ring'], { task: 'segment' }), segOutputs([2, -4], [disc, hole]))
  const polygon = polygonIn(predictions[0])
  expect(notes).toEqual([])
  expect(polygon.parts.map((part) => part.length)).toEqual([2])
  // 48² around a hole of 16²: along the hole the sum goes from 2 to −2 between the middles of cells, so its border is where it should be.
  expect(Math.abs(polygonArea(polygon) - (48 * 48 - 16 * 16))).toBeLessThan(60)
  expect(predictions[0]).toMatchObject({ className: 'ring', score: expect.closeTo(0.9, 5), margin: null })
})

test('masks come in the item’s pixels, through the letterbox', async () => {
  const left = map(16, 16, (x) => (x < 8 ? 1 : -1))
  const model = manifest(seg, ['half'], { task: 'segment', input: imageInput(64, 64, { fit: 'letterbox' }) })
  // 640 × 320 lies at 16 … 48, ten times smaller: the box is 80 … 560 × 0 … 320, and the mask its left part up to 320.
  const { predictions } = await run(model, segOutputs([1, 0], [left, left]), plainPicture(640, 320))
  const polygon = polygonIn(predictions[0]), expected = encodeMask({ x: 80, y: 0, width: 240, height: 320, data: Array<number>(240 * 320).fill(1) })
  expect(maskIou(rasterise(polygon), expected)).toBeGreaterThan(0.98)
})

test('an outline of a disc stays a disc, with few points', async () => {
  const disc = map(160, 160, (x, y) => 50 - Math.hypot(x - 80, y - 80))
  const model = manifest(seg, ['disc'], { task: 'segment', input: imageInput(640, 640) })
  const outputs = { output0: floats([1, 6, 1], [320, 320, 600, 600, 0.9, 1]), output1: floats([1, 1, 160, 160], disc) }
  const { predictions } = await run(model, outputs, plainPicture(640, 640))
  const polygon = polygonIn(predictions[0])
  const expected = encodeMask({ x: 0, y: 0, width: 640, height: 640, data: map(640, 640, (x, y) => (Math.hypot(x - 320, y - 320) < 200 ? 1 : 0)) })
  expect(maskIou(rasterise(polygon), expected)).toBeGreaterThan(0.985)
  expect(polygon.parts[0]![0]!.length / 2).toBeLessThan(150)
})

test('empty masks, coefficients that are not finite, models without prototypes: notes or words', async () => {
  const model = manifest(seg, ['thing'], { task: 'segment' }), none = map(16, 16, () => -1)
  expect(await run(model, segOutputs([1, 0], [none, none]))).toMatchObject({ predictions: [], notes: ['1 box has an empty mask and was left out.'] })
  expect((await run(model, segOutputs([NaN, 0], [none, none]))).notes[0]).toContain('mask coefficients that are not finite')
  expect(await run(model, segOutputs([1, 0], [map(16, 16, () => NaN), none]))).toMatchObject({ predictions: [] })
  await expect(run(model, { output0: floats([1, 7, 1], [32, 32, 48, 48, 0.9, 1, 1]) })).rejects.toThrow('no output of mask prototypes')
  await expect(run(model, { ...segOutputs([1, 0], [none, none]), output1: floats([1, 3, 16, 16], new Float32Array(768)) })).rejects.toThrow('1 class score and 3 mask coefficients')
})

test('one mask: a polygon with its holes; specks and pinholes go', async () => {
  const value = map(32, 32, (x, y) => (isIn(x, y, [4, 4, 20, 28]) && !isIn(x, y, [8, 8, 16, 16]) ? 0.9 : isIn(x, y, [30, 30, 31, 31]) ? 0.8 : 0.1))
  const model = manifest({ kind: 'mask', output: null, activation: 'none', leastShare: 0.01 }, ['person'], { task: 'segment' })
  const { predictions } = await run(model, { alpha: floats([1, 32, 32, 1], value) })
  const polygon = polygonIn(predictions[0])
  expect(polygon.parts.map((part) => part.length)).toEqual([2])
  expect(Math.abs(polygonArea(polygon) - 4 * (16 * 24 - 64))).toBeLessThan(60)
  expect(predictions[0]!.score).toBeGreaterThan(0.75)
  const logits = await run({ ...model, head: { kind: 'mask', output: null, activation: 'sigmoid' } }, { out: floats([1, 1, 32, 32], value.map((p) => Math.log(p / (1 - p)))) })
  expect(logits.predictions).toHaveLength(1)
  expect((await run(model, { out: floats([1, 32, 32], new Float32Array(1024)) })).predictions).toEqual([])
  expect((await run(model, { out: floats([1, 32, 32], new Float32Array(1024).fill(NaN)) })).notes).toEqual(['The model gave numbers that are not finite (NaN or infinite) for 1024 of 1024 pixels; they were left out.'])
  await expect(run(model, { out: floats([1, 2, 32, 32], new Float32Array(2048)) })).rejects.toThrow('where one mask is expected')
  await expect(run(model, { out: floats([1, 1, 32, 32], new Float32Array(1024).fill(5)) })).rejects.toThrow('activation: sigmoid')
})

const names = ['sky', 'grass', 'road']
const scenes = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 144, maxLength: 144 })

test('a class a pixel: the regions’ areas add up, however scores are laid out', async () => {
  await fc.assert(fc.asyncProperty(scenes, fc.constantFrom('nchw' as const, 'nhwc' as const), async (classes, layout) => {
    const scores = layout === 'nchw' ? names.flatMap((_, c) => classes.map((value) => (value === c ? 4 : -4))) : classes.flatMap((value) => names.map((_, c) => (value === c ? 4 : -4)))
    const model = manifest({ kind: 'semantic', output: null, layout, background: 0, leastShare: 0 }, names, { task: 'segment', mostDetections: 1000 })
    const { predictions } = await run(model, { out: floats(layout === 'nchw' ? [1, 3, 12, 12] : [1, 12, 12, 3], scores) }, plainPicture(12, 12))
    const given = await run(model, { out: { type: 'int64', dims: [1, 12, 12], data: BigInt64Array.from(classes, BigInt) } }, plainPicture(12, 12))
    expect(new Set(predictions.map(({ className }) => className)).has('sky')).toBe(false)
    expect(given.predictions.length).toBe(predictions.length)
    for (const [at, name] of names.entries()) {
      if (at === 0) continue
      // Outlines are smoothed by less than a pixel; regions are 4-connected, so each is one part.
      const regions = predictions.filter(({ className }) => className === name).map(polygonIn)
      expect(regions.every(({ parts }) => parts.length === 1)).toBe(true)
      const pixels = classes.filter((value) => value === at).length
      expect(regions.length > 0).toBe(pixels > 0)
    }
  }), { numRuns: 40 })
})

test('semantic worked by hand: padding, the background, small regions and doubt', async () => {
  // The left half is grass, the right road, with a dot of grass; scores .8 / .1 / .1 as shares.
  const which = map(16, 16, (x, y) => (isIn(x, y, [13, 7, 14, 8]) ? 1 : x < 8 ? 1 : 2))
  const shares = names.flatMap((_, c) => which.map((value) => (value === c ? 0.8 : 0.1)))
  const model = manifest({ kind: 'semantic', output: null, layout: 'nchw', background: 0, leastShare: 0.02 }, names, { task: 'segment', input: imageInput(64, 64, { fit: 'letterbox' }) })
  const { predictions, notes } = await run(model, { out: floats([1, 3, 16, 16], shares) }, plainPicture(128, 64))
  expect(predictions.map(({ className }) => className).sort()).toEqual(['grass', 'road'])
  expect(polygonIn(predictions.find(({ className }) => className === 'grass')).parts).toEqual([[expect.arrayContaining([0, 0, 64, 64])]])
  expect(notes).toEqual(['1 regions smaller than 164 square pixels were left out.'])
  expect(predictions[0]).toMatchObject({ score: expect.closeTo(0.8, 5), margin: expect.closeTo(0.7, 5), entropy: expect.closeTo(-(0.8 * Math.log(0.8) + 0.2 * Math.log(0.1)), 5) })
  await expect(run({ ...model, classes: ['a', 'b'] }, { out: floats([1, 3, 16, 16], shares) })).rejects.toThrow('has 3 channels where the manifest names 2 classes')
  expect((await run({ ...model, threshold: 0.9 }, { out: floats([1, 3, 16, 16], shares) })).predictions).toEqual([])
  expect((await run(model, { out: floats([1, 3, 16, 16], shares.map((value, at) => (at === 0 ? NaN : value))) })).notes).toContain('The model gave numbers that are not finite (NaN or infinite) for 1 of 256 pixels; they were left out.')
})

test('classes of a picture', async () => {
  const model = (activation: 'none' | 'softmax' | 'sigmoid', multiple: boolean, threshold = 0.3) => manifest({ kind: 'classes', output: null, activation, multiple }, names, { task: 'classify', threshold })
  const soft = await run(model('softmax', false), { out: floats([1, 3], [Math.log(2), Math.log(7), 0]) })
  expect(soft.predictions).toEqual([{ className: 'grass', score: expect.closeTo(0.7, 6), geometry: { kind: 'item' }, text: null, margin: expect.closeTo(0.5, 6), entropy: expect.closeTo(0.8018, 4) }])
  expect((await run(model('softmax', false, 0.8), { out: floats([1, 3], [Math.log(2), Math.log(7), 0]) })).predictions).toEqual([])
  const several = await run(model('sigmoid', true), { out: floats([1, 3, 1, 1], [0, -5, 3]) })
  expect(several.predictions.map(({ className, margin }) => [className, Math.round(margin! * 100) / 100])).toEqual([['road', 0.91], ['sky', 0]])
  expect(await run(model('softmax', false), { out: floats([1, 3], [1, NaN, 2]) })).toMatchObject({ predictions: [], notes: [expect.stringContaining('not finite')] })
  await expect(run(model('none', false), { out: floats([1, 3], [4, 1, 1]) })).rejects.toThrow('softmax')
  await expect(run(model('none', false), { out: floats([1, 1000], new Float32Array(1000)) })).rejects.toThrow('1 × 1000 where 1 × 3')
})

test('embeddings have length 1; maps and tokens are averaged', async () => {
  const model = manifest({ kind: 'embedding', output: null }, [], { task: 'embed' })
  expect((await run(model, { out: floats([1, 2], [3, 4]) })).embedding).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)])
  expect((await run(model, { out: floats([1, 2, 1, 2], [2, 4, 3, 5]) })).embedding).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)])
  expect((await run(model, { out: floats([1, 2, 2], [2, 3, 4, 5]) })).embedding).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)])
  await expect(run(model, { out: floats([1, 2], [0, 0]) })).rejects.toThrow('all zeros')
  await expect(run(model, { out: floats([1, 2], [NaN, 0]) })).rejects.toThrow('not finite')
})
