import { expect, test } from 'vitest'
import { box, shape } from './fixture.ts'
import { handlesOf, tooDense } from './handles.ts'
import { hitsAt } from './hits.ts'
import { ShapeIndex } from './shapeIndex.ts'

const polygon = shape('p', { kind: 'polygon', parts: [[[0, 0, 100, 0, 100, 100, 0, 100]]] }, 1)
const frame = shape('b', box(20, 20, 60, 60), 2)
function scene(gripped = [polygon], visible = () => true) {
  const index = new ShapeIndex()
  index.update([polygon, frame])
  return { index, gripped, visible }
}

test('shapes come topmost first', () => {
  expect(hitsAt({ x: 50, y: 50 }, 1, scene([])).map(({ annotation }) => annotation)).toEqual(['annotation:b', 'annotation:p'])
})

test('a vertex of the selection comes before its edge, the edge before shapes', () => {
  expect(hitsAt({ x: 101, y: 101 }, 1, scene()).map(({ kind }) => kind)).toEqual(['handle', 'edge', 'shape'])
  expect(hitsAt({ x: 101, y: 50 }, 1, scene())[0]).toEqual({ kind: 'edge', annotation: 'annotation:p', part: 0, ring: 0, after: 1 })
})

test('tolerance is in CSS pixels: closer in, less of the image', () => {
  expect(hitsAt({ x: 105, y: 50 }, 1, scene([]))).toHaveLength(1)
  expect(hitsAt({ x: 105, y: 50 }, 4, scene([]))).toHaveLength(0)
})

test('a hidden shape cannot be hit', () => {
  expect(hitsAt({ x: 50, y: 50 }, 1, scene([], () => false))).toEqual([])
})

test('a box has 8 grips, fewer when it is too small to hold them', () => {
  expect(handlesOf(box(0, 0, 100, 100), 1)).toHaveLength(8)
  expect(handlesOf(box(0, 0, 100, 100), 0.1)).toHaveLength(4)
})

test('grips of a long outline show when it is large enough to tell them apart', () => {
  const ring = Array.from({ length: 400 }, (_, i) => [100 + 80 * Math.cos((i * Math.PI) / 200), 100 + 80 * Math.sin((i * Math.PI) / 200)]).flat()
  expect(tooDense({ kind: 'polygon', parts: [[ring]] }, 1)).toBe(true)
  expect(tooDense({ kind: 'polygon', parts: [[ring]] }, 10)).toBe(false)
})
