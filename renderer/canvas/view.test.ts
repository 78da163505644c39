import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toImage, toScreen } from '#shared/geometry/point.ts'
import { fit, frame, isSeen, keepInSight, scaleLimits, wheelIntent, zoomAt } from './view.ts'

const size = fc.record({ width: fc.integer({ min: 1, max: 12_000 }), height: fc.integer({ min: 1, max: 12_000 }) })
const element = fc.record({ width: fc.integer({ min: 40, max: 4000 }), height: fc.integer({ min: 40, max: 4000 }) })
const place = fc.double({ min: -5000, max: 5000, noNaN: true })
const view = fc.record({ scale: fc.double({ min: 0.01, max: 128, noNaN: true }), offsetX: place, offsetY: place })
const wheel = (part: Partial<WheelEvent>) => wheelIntent({ deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false, ...part })

test('zooming keeps the image point under the cursor, also at the limits', () => {
  fc.assert(fc.property(view, place, place, fc.double({ min: 0.01, max: 100, noNaN: true }), (view, x, y, factor) => {
    const before = toImage({ x, y }, view)
    const there = toScreen(before, zoomAt(view, { x, y }, factor, [0.01, 128]))
    expect(there.x).toBeCloseTo(x, 5)
    expect(there.y).toBeCloseTo(y, 5)
  }))
})

test('zooming in and out by the same factor comes back', () => {
  fc.assert(fc.property(view, place, place, (view, x, y) => {
    const there = zoomAt(zoomAt(view, { x, y }, 1.5, [1e-6, 1e6]), { x, y }, 1 / 1.5, [1e-6, 1e6])
    expect(there.scale).toBeCloseTo(view.scale, 9)
    expect(there.offsetX).toBeCloseTo(view.offsetX, 5)
  }))
})

test('a fitted picture is whole, centred and within the limits, from 1 × 1 to 12,000 × 12,000', () => {
  fc.assert(fc.property(size, element, (picture, element) => {
    const view = fit(picture, element)
    expect(isSeen({ minX: 0, minY: 0, maxX: picture.width, maxY: picture.height }, view, element)).toBe(true)
    expect(view.offsetX * 2 + picture.width * view.scale).toBeCloseTo(element.width, 6)
    const [min, max] = scaleLimits(picture, element)
    expect(view.scale).toBeGreaterThanOrEqual(min)
    expect(view.scale).toBeLessThanOrEqual(max)
    expect(keepInSight(view, picture, element)).toBe(view)
  }))
})

test('a picture cannot be lost out of sight', () => {
  fc.assert(fc.property(view, size, element, (view, picture, element) => {
    const kept = keepInSight(view, picture, element)
    expect(kept.offsetX).toBeLessThan(element.width)
    expect(kept.offsetX + picture.width * kept.scale).toBeGreaterThan(0)
    const again = keepInSight(kept, picture, element)
    expect(again.offsetX).toBeCloseTo(kept.offsetX, 6)
  }))
})

test('framing a shape shows all of it', () => {
  const bounds = { minX: 100, minY: 50, maxX: 900, maxY: 75 }
  expect(isSeen(bounds, frame(bounds, { width: 800, height: 600 }, { scale: 1, offsetX: 0, offsetY: 0 }), { width: 800, height: 600 })).toBe(true)
})

test('a mouse wheel zooms, a pinch zooms, two fingers sideways pan, shift pans sideways', () => {
  expect(wheel({ deltaY: -120 })).toMatchObject({ kind: 'zoom', factor: expect.closeTo(Math.exp(0.24)) })
  expect(wheel({ deltaY: 5, ctrlKey: true })).toMatchObject({ kind: 'zoom', factor: expect.closeTo(Math.exp(-0.05)) })
  expect(wheel({ deltaX: 4, deltaY: 10 })).toEqual({ kind: 'pan', dx: -4, dy: -10 })
  expect(wheel({ deltaY: 120, shiftKey: true })).toEqual({ kind: 'pan', dx: -120, dy: 0 })
})
