import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageInput, plainPicture } from '#shared/testing/models.ts'
import type { ImageSample } from '../sample.ts'
import { preprocess } from './preprocess.ts'
import { resample } from './resample.ts'

/** A grey picture from rows of numbers. */
const grey = (...rows: number[][]): ImageSample => ({
  kind: 'image', width: rows[0]!.length, height: rows.length, picture: { width: rows[0]!.length, height: rows.length, data: Uint8Array.from(rows.flat().flatMap((value) => [value, value, value])) },
})
const whole = (width: number, height: number) => ({ fullWidth: width, fullHeight: height, left: 0, top: 0, width, height })
const reds = (data: ArrayLike<number>) => Array.from(data).filter((_, at) => at % 3 === 0)

// cv2.resize(…, interpolation=cv2.INTER_LINEAR): centres at half-pixels, edges repeated.
test('bilinear between half-pixel centres', () => {
  expect(reds(resample(grey([0, 100]).picture, whole(4, 1)))).toEqual([0, 25, 75, 100])
  expect(reds(resample(grey([0, 100, 200, 40]).picture, whole(2, 1)))).toEqual([50, 120])
  expect(reds(resample(grey([0, 40, 80]).picture, whole(1, 1)))).toEqual([40])
  expect(reds(resample(grey([10]).picture, whole(3, 2)))).toEqual([10, 10, 10, 10, 10, 10])
})

test('any size to any other is what the definition says, whole or cut', () => {
  const size = fc.integer({ min: 1, max: 9 })
  fc.assert(fc.property(size, size, size, size, fc.infiniteStream(fc.nat(255)), size, size, (width, height, toWidth, toHeight, values, x, y) => {
    const picture = { width, height, data: Uint8Array.from({ length: width * height * 3 }, () => values.next().value as number) }
    const left = x % toWidth, top = y % toHeight
    const out = resample(picture, { fullWidth: toWidth, fullHeight: toHeight, left, top, width: toWidth - left, height: toHeight - top })
    const at = (to: number, full: number, from: number) => Math.min(Math.max((to + 0.5) * from / full - 0.5, 0), from - 1)
    for (let row = top; row < toHeight; row++) {
      for (let column = left; column < toWidth; column++) {
        const sx = at(column, toWidth, width), sy = at(row, toHeight, height), x0 = Math.floor(sx), y0 = Math.floor(sy)
        const pick = (px: number, py: number) => picture.data[(Math.min(py, height - 1) * width + Math.min(px, width - 1)) * 3 + 1]!
        const value = (pick(x0, y0) * (1 - sx + x0) + pick(x0 + 1, y0) * (sx - x0)) * (1 - sy + y0) + (pick(x0, y0 + 1) * (1 - sx + x0) + pick(x0 + 1, y0 + 1) * (sx - x0)) * (sy - y0)
        if (Math.abs(out[((row - top) * (toWidth - left) + column - left) * 3 + 1]! - value) > 0.502) throw new Error(`${row}, ${column}`)
      }
    }
  }), { numRuns: 200 })
})

test('letterbox: padded, normalised, channel by channel', () => {
  const { tensor, place } = preprocess(imageInput(4, 4, { fit: 'letterbox', mean: [0.5, 0, 0], deviation: [0.5, 1, 1] }), plainPicture(4, 2, [255, 0, 51]))
  expect(tensor.dims).toEqual([1, 3, 4, 4])
  const pad = Math.fround(114 / 255)
  expect(Array.from(tensor.data as Float32Array).slice(0, 12)).toEqual([...Array(4).fill(Math.fround((114 / 255 - 0.5) / 0.5)), ...Array(8).fill(1)])
  expect(Array.from(tensor.data as Float32Array).slice(32)).toEqual([...Array(4).fill(pad), ...Array(8).fill(Math.fround(0.2)), ...Array(4).fill(pad)])
  expect(place.boxToItem(0, 1, 4, 3)).toEqual([0, 0, 4, 2])
})

test('pixel by pixel, blue first, as bytes', () => {
  const { tensor } = preprocess(imageInput(2, 1, { layout: 'nhwc', channels: 'bgr', type: 'uint8', scale: 1 }), plainPicture(2, 1, [1, 2, 3]))
  expect([tensor.type, tensor.dims, Array.from(tensor.data as Uint8Array)]).toEqual(['uint8', [1, 1, 2, 3], [3, 2, 1, 3, 2, 1]])
})

test('grey is the luma of BT.601', () => {
  const { tensor } = preprocess(imageInput(1, 1, { channels: 'grey', scale: 1 }), plainPicture(1, 1, [255, 0, 0]))
  expect([tensor.dims, Array.from(tensor.data as Float32Array)]).toEqual([[1, 1, 1, 1], [76]])
})

test('a picture that the decoder shrank already lies where the item does', () => {
  const input = imageInput(64, 64, { fit: 'letterbox' })
  const small = { ...plainPicture(64, 32, [9, 9, 9]), width: 6400, height: 3200 }
  const { tensor, place } = preprocess(input, small)
  expect(place.boxToItem(0, 16, 64, 48)).toEqual([0, 0, 6400, 3200])
  expect((tensor.data as Float32Array)[16 * 64]).toBe(Math.fround(9 / 255))
})

test('crop shows the middle', () => {
  const { tensor, place } = preprocess(imageInput(2, 2, { fit: 'crop', scale: 1 }), grey([1, 2, 3, 4], [5, 6, 7, 8]))
  expect(Array.from(tensor.data as Float32Array).slice(0, 4)).toEqual([2, 3, 6, 7])
  expect(place.boxToItem(0, 0, 2, 2)).toEqual([1, 0, 3, 2])
})

test.each([[1, 1], [1, 5000], [5000, 1], [3, 2]])('%i × %i goes through every fit', (width, height) => {
  for (const fit of ['letterbox', 'top-left', 'stretch', 'crop'] as const) {
    const { tensor } = preprocess(imageInput(32, 32, { fit }), plainPicture(width, height, [255, 255, 255]))
    expect((tensor.data as Float32Array).every((value) => value === 1 || value === Math.fround(114 / 255))).toBe(true)
    expect((tensor.data as Float32Array).includes(1)).toBe(true)
  }
})

test('a picture without pixels, or with too few, is refused in words', () => {
  expect(() => preprocess(imageInput(4, 4), plainPicture(0, 4))).toThrow('has no pixels')
  expect(() => preprocess(imageInput(4, 4), { ...plainPicture(2, 2), picture: { width: 2, height: 2, data: new Uint8Array(5) } })).toThrow('5 bytes where 2 × 2 pixels have 12')
  expect(() => preprocess(imageInput(100_000, 100_000), plainPicture(2, 2))).toThrow('too large')
})
