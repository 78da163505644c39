import { expect, test } from 'vitest'
import { columnsFor, lookAt, moved, paneSize, viewportOf, zoomed } from './look.ts'

const item = { width: 1000, height: 800 }
const pane = { width: 300, height: 200 }
const thing = { minX: 100, minY: 100, maxX: 200, maxY: 150 }

test('a thing fills a pane, its middle in the middle, and is never shown larger than eightfold', () => {
  const look = lookAt(thing, pane)
  expect(look).toEqual({ scale: 3, x: 150, y: 125 })
  expect(viewportOf(look, pane)).toEqual({ scale: 3, offsetX: 150 - 450, offsetY: 100 - 375 })
  expect(lookAt({ minX: 4, minY: 4, maxX: 6, maxY: 6 }, pane).scale).toBe(8)
})

test('zooming keeps what lies under the pointer, in every pane alike', () => {
  const before = lookAt(thing, pane)
  const at = { x: 210, y: 40 }
  const pointUnder = (look: typeof before) => [look.x + (at.x - pane.width / 2) / look.scale, look.y + (at.y - pane.height / 2) / look.scale]
  const after = zoomed(before, 1.7, at, pane, item)
  expect(after.scale).toBeCloseTo(5.1)
  expect(pointUnder(after)[0]).toBeCloseTo(pointUnder(before)[0]!)
  expect(pointUnder(after)[1]).toBeCloseTo(pointUnder(before)[1]!)
})

test('what is dragged follows the pointer, and the middle stays on the item', () => {
  expect(moved({ scale: 2, x: 150, y: 125 }, 20, -10, item)).toEqual({ scale: 2, x: 140, y: 130 })
  expect(moved({ scale: 2, x: 150, y: 125 }, 5000, -5000, item)).toEqual({ scale: 2, x: 0, y: 800 })
})

test('wide things stand above each other, tall ones beside each other, and square ones in a grid', () => {
  const room = { width: 660, height: 560 }
  expect(columnsFor(4, room, { minX: 0, minY: 0, maxX: 400, maxY: 60 }, 1)).toBe(1)
  expect(columnsFor(4, room, { minX: 0, minY: 0, maxX: 60, maxY: 400 }, 1)).toBe(4)
  expect(columnsFor(4, room, { minX: 0, minY: 0, maxX: 100, maxY: 100 }, 1)).toBe(2)
  expect(paneSize(3, 2, { width: 101, height: 41 }, 1)).toEqual({ width: 50, height: 20 })
})
