import { expect, test } from 'vitest'
import { rasterise } from '#shared/geometry/rasterise.ts'
import type { Mask } from '#shared/model/geometry.ts'
import type { Picture } from '#shared/prelabel/sample.ts'
import type { Session, Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import { coarseSide } from '../feeds.ts'
import { frameOf } from '../frame.ts'
import { appearanceOf, labOf, overlap } from './appearance.ts'
import { coverageOf, featuresOf } from './features.ts'
import { likenessMap, likenessOf } from './likeness.ts'
import { placesOf } from './places.ts'
import { prototypesOf } from './prototypes.ts'
import { alikeLooks, beginSearch, coversSame, lookAt, stabilityOf } from './search.ts'

const box = (x: number, y: number, width: number, height: number): Mask => ({ kind: 'mask', x, y, width, height, counts: [0, width * height] })
const disc = (x: number, y: number, r: number): Mask => rasterise({ kind: 'polygon', parts: [[Array.from({ length: 40 }, (_, i) => (Math.PI * i) / 20).flatMap((a) => [x + r * Math.cos(a), y + r * Math.sin(a)])]] })
const shape = (mask: Mask) => ({ mask, stepX: 1, stepY: 1 })

/** A picture of 256 × 128 in a square of 256, seen in 16 × 16 cells of 16 pixels: ground (1, 0, 0), things (0, 1, 0). */
const frame = frameOf(256, 128, 256)
function embedding(things: readonly (readonly [column: number, row: number])[]): Tensor {
  const data = new Float32Array(3 * 256)
  data.fill(1, 0, 256)
  // Behind the picture, where nothing may be found.
  for (let cell = 8 * 16; cell < 256; cell++) data[256 + cell] = 5
  for (const [column, row] of things) {
    for (const cell of [row * 16 + column, row * 16 + column + 1, (row + 1) * 16 + column, (row + 1) * 16 + column + 1]) {
      data[cell] = 0
      data[256 + cell] = 1
    }
  }
  return { type: 'float32', dims: [1, 3, 16, 16], data }
}
const things = [[1, 1], [6, 4], [12, 2]] as const
const masks = things.map(([column, row]) => box(column * 16, row * 16, 32, 32))

test('features are of the picture alone, about its mean and of length 1', () => {
  const features = featuresOf(embedding(things), frame)
  expect([features.columns, features.rows, features.channels, features.scale]).toEqual([16, 8, 3, 1 / 16])
  for (let cell = 0; cell < 128; cell++) expect(Math.hypot(...features.data.subarray(cell * 3, cell * 3 + 3))).toBeCloseTo(1)
  expect(() => featuresOf({ type: 'float32', dims: [1, 3], data: new Float32Array(3) }, frame)).toThrow('no map of features')
})

test('coverage is the share of each cell, whatever the steps of the mask', () => {
  const features = featuresOf(embedding(things), frame)
  const whole = coverageOf(shape(box(8, 0, 16, 16)), features), halved = coverageOf({ mask: box(4, 0, 8, 8), stepX: 2, stepY: 2 }, features)
  expect([whole[0], whole[1], whole[2]]).toEqual([0.5, 0.5, 0])
  expect([...halved]).toEqual([...whole])
})

test('places are where the map stands out: one a thing, none behind the picture', () => {
  const features = featuresOf(embedding(things), frame)
  const likeness = likenessOf(features, [shape(masks[0]!)])!
  expect(likeness.area).toBeCloseTo(4)
  const places = placesOf(likenessMap(features, likeness), features, 0.6, 0.5, 10)
  expect(masks.map((mask) => places.filter(({ x, y }) => x > mask.x && x < mask.x + 32 && y > mask.y && y < mask.y + 32).length > 0)).toEqual([true, true, true])
  expect(places.every(({ y }) => y < 128)).toBe(true)
  expect(placesOf(likenessMap(features, likeness), features, 0.6, 0.5, 2)).toHaveLength(2)
})

test('an example smaller than half a cell says nothing; neither does an empty one', () => {
  const features = featuresOf(embedding(things), frame)
  expect(likenessOf(features, [shape(box(16, 16, 8, 8))])).toBeNull()
  expect(likenessOf(features, [shape(box(300, 300, 40, 40))])).toBeNull()
})

test('prototypes: the same cells give the same ones, and cells that point apart get their own', () => {
  const features = { columns: 4, rows: 1, channels: 2, scale: 1, data: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1) }
  const two = prototypesOf(features, [0, 1, 2, 3], 2)
  expect(two.map((one) => [...one])).toEqual([[1, 0], [0, 1]])
  expect(prototypesOf(features, [], 3)).toEqual([])
  expect(prototypesOf(features, [2], 4)).toHaveLength(1)
})

/** Red things on grey. */
function picture(colours: readonly (readonly [Mask, readonly [number, number, number]])[], width = 256, height = 128): Picture {
  const data = new Uint8Array(width * height * 3).fill(128)
  for (const [mask, colour] of colours) for (let y = mask.y; y < mask.y + mask.height; y++) for (let x = mask.x; x < mask.x + mask.width; x++) data.set(colour, (y * width + x) * 3)
  return { width, height, data }
}
const red = [200, 30, 30] as const, blue = [30, 30, 200] as const

test('CIELAB as published (Lindbloom’s calculator, D65): white, red and mid grey', () => {
  for (const [rgb, lab] of [[[255, 255, 255], [100, 0, 0]], [[255, 0, 0], [53.24, 80.09, 67.2]], [[119, 119, 119], [50.03, 0, 0]]] as const) labOf(rgb[0], rgb[1], rgb[2]).forEach((value, at) => expect(value).toBeCloseTo(lab[at]!, 1))
})

test('appearance: size and turn are nothing, colour and shape are', () => {
  const page = picture([[box(0, 0, 32, 32), red], [box(64, 0, 16, 16), red], [box(128, 0, 32, 32), blue], [box(192, 0, 60, 15), red]])
  const of = (mask: Mask) => appearanceOf(shape(mask), page, 256, 128)!
  const square = of(box(0, 0, 32, 32))
  expect(square.stretch).toBeCloseTo(1 / 6, 3)
  expect(of(disc(16, 64, 15)).stretch).toBeCloseTo(1 / (2 * Math.PI), 2)
  expect(alikeLooks(square, of(box(64, 0, 16, 16)))).toBeCloseTo(1, 2)
  expect(alikeLooks(square, of(box(128, 0, 32, 32)))).toBeLessThan(0.05)
  expect(alikeLooks(square, of(box(192, 0, 60, 15)))).toBeLessThan(0.6)
  expect(of(box(192, 0, 60, 15)).stretch).toBeCloseTo(appearanceOf(shape(box(192, 40, 15, 60)), page, 256, 128)!.stretch)
  expect(appearanceOf(shape({ ...box(0, 0, 4, 4), counts: [16] }), page, 256, 128)).toBeNull()
  expect(overlap([0.5, 0.5], [0.5, 0.5])).toBeCloseTo(1)
})

const floats = (data: Float32Array, dims: number[]): Tensor => ({ type: 'float32', dims, data })

/** Cuts out the thing under the point, or what `answer` says; counts how often it is asked. */
function decoder(answer: (x: number, y: number, boxed: boolean) => Mask | null): Session & { asked: number } {
  const made = {
    asked: 0, inputs: [], outputs: [],
    async run(feeds: Tensors): Promise<Tensors> {
      made.asked++
      const points = feeds['point_coords']!.data as Float32Array, boxed = feeds['point_labels']!.data[0] === 2
      const at = boxed ? points.subarray(4, 6) : points
      const mask = answer(at[0]!, at[1]!, boxed), logits = new Float32Array(256 * 128).fill(-5)
      if (mask) for (let y = mask.y; y < mask.y + mask.height; y++) logits.fill(5, y * 256 + mask.x, y * 256 + mask.x + mask.width)
      return { masks: floats(logits, [1, 1, 128, 256]), iou_predictions: floats(Float32Array.of(0.95), [1, 1]), low_res_masks: floats(new Float32Array(coarseSide ** 2), [1, 1, coarseSide, coarseSide]) }
    },
  }
  return made
}
const under = (x: number, y: number) => masks.find((mask) => x >= mask.x && x < mask.x + 32 && y >= mask.y && y < mask.y + 32) ?? null
const at = (mask: Mask) => ({ x: mask.x + 16, y: mask.y + 16, score: 1 })

test('what looks as the example is found at once; what is of another colour, or nothing, is not', async () => {
  const image = embedding(things)
  const search = beginSearch(image, frame, picture([[masks[0]!, red], [masks[1]!, red], [masks[2]!, blue]]), [masks[0]!])!
  expect(search.places.length).toBeGreaterThanOrEqual(3)
  const all = decoder(under)
  expect(await lookAt(all, image, search, at(masks[1]!))).toMatchObject({ cutout: { mask: { x: 96, y: 64 } }, score: expect.closeTo(1, 1) })
  expect(all.asked).toBe(1)
  expect(await lookAt(all, image, search, at(masks[2]!))).toBeNull()
  expect(all.asked).toBe(2)
  expect(await lookAt(decoder(() => null), image, search, at(masks[1]!))).toBeNull()
})

test('a part is asked about again with the size of the example; something far larger is not the same', async () => {
  const image = embedding(things)
  const search = beginSearch(image, frame, picture([[masks[0]!, red], [masks[1]!, red]]), [masks[0]!])!
  const half = decoder((x, y, boxed) => { const whole = under(x, y); return whole && !boxed ? { ...whole, height: 12, counts: [0, 32 * 12] } : whole })
  expect(await lookAt(half, image, search, at(masks[1]!))).toMatchObject({ cutout: { mask: { height: 32 } } })
  expect(half.asked).toBe(2)
  expect(await lookAt(decoder(() => box(0, 0, 200, 120)), image, search, at(masks[1]!))).toBeNull()
})

test('a mask that hangs on the threshold is not stable', () => {
  const of = (...logits: number[]) => stabilityOf({ masks: floats(Float32Array.from(logits), [1, 1, 1, logits.length]) })
  expect(of(5, 5, -5)).toBe(1)
  expect(of(5, 0.5, -0.5, -5)).toBeCloseTo(1 / 3)
  expect(of(-5)).toBe(0)
})

test('two masks are one thing when they share half of the smaller; what is far larger is what it lies on', () => {
  expect(coversSame(box(0, 0, 10, 10), box(0, 0, 10, 10))).toBe(true)
  expect(coversSame(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBe(true)
  expect(coversSame(box(0, 0, 10, 10), box(6, 0, 10, 10))).toBe(false)
  expect(coversSame(box(0, 0, 10, 10), box(0, 0, 40, 40))).toBe(false)
  expect(coversSame(box(0, 0, 10, 10), box(20, 20, 10, 10))).toBe(false)
})
