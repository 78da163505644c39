import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageInput } from '#shared/testing/models.ts'
import type { ImageInput } from '../manifest.ts'
import { frameOf, wantedSize } from './frame.ts'
import { placeOf } from './place.ts'

const letterbox = imageInput(640, 640, { fit: 'letterbox' })
const side = fc.integer({ min: 1, max: 20_000 })
const input = fc.record({
  fit: fc.constantFrom('letterbox' as const, 'top-left' as const, 'stretch' as const, 'crop' as const),
  size: fc.oneof(
    fc.record({ kind: fc.constant('fixed' as const), width: fc.integer({ min: 1, max: 1500 }), height: fc.integer({ min: 1, max: 1500 }) }),
    fc.record({ kind: fc.constant('free' as const), longest: fc.integer({ min: 1, max: 2000 }), multipleOf: fc.integer({ min: 1, max: 64 }) }),
    fc.record({ kind: fc.constant('line' as const), height: fc.integer({ min: 1, max: 64 }), leastWidth: fc.integer({ min: 1, max: 64 }), mostWidth: fc.integer({ min: 64, max: 2000 }) }),
  ),
}).map((parts): ImageInput => imageInput(1, 1, parts))

// What cv2.resize and copyMakeBorder get in Ultralytics' LetterBox(640, auto=False, scaleup=True).
test.each([
  ['its bus.jpg', 810, 1080, { contentWidth: 480, contentHeight: 640, left: 80, top: 0 }],
  ['full HD', 1920, 1080, { contentWidth: 640, contentHeight: 360, left: 0, top: 140 }],
  ['an odd space: the smaller half goes above', 640, 425, { contentWidth: 640, contentHeight: 425, left: 0, top: 107 }],
  ['a half is rounded to even', 1280, 853, { contentWidth: 640, contentHeight: 426, left: 0, top: 107 }],
  ['small pictures are enlarged', 100, 50, { contentWidth: 640, contentHeight: 320, left: 0, top: 160 }],
  ['smaller than the stride', 3, 2, { contentWidth: 640, contentHeight: 427, left: 0, top: 106 }],
  ['one pixel', 1, 1, { contentWidth: 640, contentHeight: 640, left: 0, top: 0 }],
  ['a line keeps a pixel of height', 20_000, 1, { contentWidth: 640, contentHeight: 1, left: 0, top: 319 }],
])('letterbox of %s', (_, width, height, expected) => {
  expect(frameOf(letterbox, width, height)).toMatchObject({ width: 640, height: 640, ...expected })
})

test('crop keeps the middle after the shorter side fits', () => {
  expect(frameOf(imageInput(224, 224, { fit: 'crop' }), 448, 224)).toMatchObject({ contentWidth: 448, contentHeight: 224, left: -112, top: 0 })
  expect(frameOf(imageInput(224, 224, { fit: 'crop' }), 1, 10_000)).toMatchObject({ contentWidth: 224, contentHeight: 2_240_000, left: 0, top: -1_119_888 })
})

test('free sizes are multiples, at most the longest, and never enlarged', () => {
  const free = (fit: ImageInput['fit']) => imageInput(1, 1, { fit, size: { kind: 'free', longest: 960, multipleOf: 32 } })
  expect(frameOf(free('stretch'), 1920, 1000)).toMatchObject({ width: 960, height: 512, contentWidth: 960, contentHeight: 512 })
  expect(frameOf(free('top-left'), 1920, 1000)).toMatchObject({ width: 960, height: 512, contentWidth: 960, contentHeight: 500 })
  expect(frameOf(free('stretch'), 10, 10)).toMatchObject({ width: 32, height: 32 })
  expect(frameOf(free('letterbox'), 10, 10)).toMatchObject({ width: 32, height: 32, contentWidth: 10, left: 11 })
})

test('a line’s width follows its height', () => {
  const line = imageInput(1, 1, { fit: 'top-left', size: { kind: 'line', height: 48, leastWidth: 320, mostWidth: 1000 } })
  expect(frameOf(line, 200, 100)).toMatchObject({ width: 320, height: 48, contentWidth: 96 })
  expect(frameOf(line, 1001, 100)).toMatchObject({ width: 481, contentWidth: 481 })
  expect(frameOf(line, 100_000, 10)).toMatchObject({ width: 1000, contentWidth: 1000 })
})

test('every picture has a place in every input, and points go there and back', () => {
  fc.assert(fc.property(input, side, side, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (input, width, height, across, down) => {
    const frame = frameOf(input, width, height), place = placeOf(frame)
    for (const value of [frame.width, frame.height, frame.contentWidth, frame.contentHeight]) if (!Number.isInteger(value) || value < 1) throw new Error(JSON.stringify(frame))
    if (input.fit !== 'crop') {
      expect(frame.left).toBeGreaterThanOrEqual(0)
      expect(frame.left + frame.contentWidth).toBeLessThanOrEqual(frame.width)
      expect(frame.top + frame.contentHeight).toBeLessThanOrEqual(frame.height)
    } else if (input.size.kind === 'fixed') {
      // The crop is covered.
      expect(frame.left).toBeLessThanOrEqual(0)
      expect(frame.left + frame.contentWidth).toBeGreaterThanOrEqual(frame.width)
    }
    if (input.size.kind === 'free') {
      const { longest, multipleOf } = input.size
      expect(frame.width % multipleOf).toBe(0)
      expect(Math.max(frame.width, frame.height)).toBeLessThanOrEqual(Math.max(longest, multipleOf))
    }
    expect(place.toItemX(place.toModelX(across * width))).toBeCloseTo(across * width, 5)
    expect(place.toItemY(place.toModelY(down * height))).toBeCloseTo(down * height, 5)
    // The picture's corners are the content's, but for the rounding of its sides.
    const rounding = frame.ratio === null ? 0 : 0.5 / frame.ratio
    expect(place.toItemX(frame.left)).toBe(0)
    expect(Math.abs(place.toItemX(frame.left + frame.contentWidth) - width)).toBeLessThanOrEqual(rounding + 1e-6)
    expect(Math.abs(place.toItemY(frame.top + frame.contentHeight) - height)).toBeLessThanOrEqual(rounding + 1e-6)
    const box = place.boxToItem(-1e6, -1e6, 1e6, 1e6)
    expect(box.every((value) => value >= 0) && box[2] <= width && box[3] <= height).toBe(true)
    const wanted = wantedSize(input, width, height)
    expect(wanted.width >= 1 && wanted.width <= width && wanted.height >= 1 && wanted.height <= height).toBe(true)
  }))
})
