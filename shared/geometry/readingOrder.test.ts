import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Bounds } from './point.ts'
import { readingOrder, type PageDirection } from './readingOrder.ts'

const line = (minX: number, minY: number, width = 200, height = 20): Bounds => ({ minX, minY, maxX: minX + width, maxY: minY + height })
const flat = (bounds: readonly Bounds[], direction: PageDirection = 'ltr') => readingOrder(bounds, { direction }).flat()
const directions = ['ltr', 'rtl', 'vertical-rl', 'vertical-lr'] as const
const anyBounds = fc.record({ x: fc.integer({ min: 0, max: 1000 }), y: fc.integer({ min: 0, max: 1000 }), width: fc.integer({ min: 1, max: 500 }), height: fc.integer({ min: 1, max: 60 }) })
  .map(({ x, y, width, height }) => line(x, y, width, height))

test('a title over two columns whose rows align with even gaps: title, left column, right column, foot', () => {
  const page = [line(0, 0, 500), line(0, 30), line(300, 30), line(0, 60), line(300, 60), line(0, 90), line(300, 90), line(100, 120, 300)]
  expect(flat(page)).toEqual([0, 1, 3, 5, 2, 4, 6, 7])
})

test('the same page in a right-to-left script begins with the right column', () => {
  const page = [line(0, 0, 500), line(0, 30), line(300, 30), line(0, 60), line(300, 60)]
  expect(flat(page, 'rtl')).toEqual([0, 2, 4, 1, 3])
})

test('vertical lines are read from the right, tier by tier', () => {
  const column = (x: number, y: number) => line(x, y, 20, 200)
  expect(flat([column(0, 0), column(30, 0), column(60, 0), column(0, 300), column(30, 300), column(60, 300)], 'vertical-rl')).toEqual([2, 1, 0, 5, 4, 3])
})

test('pieces of one row are read along it, and paragraphs are blocks', () => {
  expect(readingOrder([line(205, 2, 100), line(0, 0), line(0, 24), line(0, 90), line(0, 114)])).toEqual([[1, 0, 2], [3, 4]])
})

test('a page that lies 3 degrees askew is read as if it did not', () => {
  const turn = ({ minX, minY, maxX, maxY }: Bounds): Bounds => {
    const t = (3 * Math.PI) / 180, x = (minX + maxX) / 2, y = (minY + maxY) / 2, w = maxX - minX, h = maxY - minY
    const cx = x * Math.cos(t) - y * Math.sin(t), cy = x * Math.sin(t) + y * Math.cos(t), high = h + w * Math.tan(t)
    return { minX: cx - w / 2, maxX: cx + w / 2, minY: cy - high / 2, maxY: cy + high / 2 }
  }
  const page = [line(0, 0, 500), line(0, 30), line(300, 30), line(0, 60), line(300, 60)].map(turn)
  expect(readingOrder(page, { tilt: 3 }).flat()).toEqual([0, 1, 3, 2, 4])
})

test('every line is named once, whatever the page', () => {
  fc.assert(fc.property(fc.array(anyBounds, { maxLength: 60 }), fc.constantFrom(...directions), (page, direction) => {
    expect(flat(page, direction).toSorted((a, b) => a - b)).toEqual(page.map((_, index) => index))
  }))
})

test('an ordered page stays as it is, and the order does not depend on how the lines came', () => {
  fc.assert(fc.property(fc.uniqueArray(anyBounds, { maxLength: 40, selector: (bounds) => JSON.stringify(bounds) }), fc.constantFrom(...directions), (page, direction) => {
    const ordered = flat(page, direction).map((index) => page[index]!)
    expect(flat(ordered, direction).map((index) => ordered[index]!)).toEqual(ordered)
  }))
})

test('lines in one place keep the order they came in', () => expect(flat([line(5, 5), line(5, 5), line(5, 5)])).toEqual([0, 1, 2]))

test('no lines, no order', () => expect(readingOrder([])).toEqual([]))
