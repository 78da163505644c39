import fc from 'fast-check'
import { expect, test } from 'vitest'
import { intersects } from '#shared/geometry/bounds.ts'
import { box, shape } from './fixture.ts'
import { ShapeIndex } from './shapeIndex.ts'

const number = fc.integer({ min: 0, max: 200 })
const boxes = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), number, number, number, number), { maxLength: 40 })
  .map((all) => [...new Map(all.map(([id, x, y, width, height]) => [id, shape(String(id), box(x, y, width, height), id % 3)])).values()])

test('after any updates the index finds what a search of all shapes finds', () => {
  fc.assert(fc.property(fc.array(boxes, { minLength: 1, maxLength: 5 }), number, number, (states, x, y) => {
    const index = new ShapeIndex()
    for (const state of states) index.update(state)
    const bounds = { minX: x, minY: y, maxX: x + 40, maxY: y + 40 }
    const expected = states.at(-1)!.filter(({ geometry }) => geometry.kind === 'box' &&
      intersects(bounds, { minX: geometry.x, minY: geometry.y, maxX: geometry.x + geometry.width, maxY: geometry.y + geometry.height }))
    expect(index.search(bounds).map(({ annotation }) => annotation.id).sort()).toEqual(expected.map(({ id }) => id).sort())
    expect(index.size).toBe(states.at(-1)!.length)
  }))
})

test('an update tells only what changed', () => {
  const index = new ShapeIndex()
  const [a, b, moved] = [shape('a', box(0, 0, 5, 5)), shape('b', box(10, 10, 5, 5)), shape('b', box(50, 50, 5, 5))]
  index.update([a, b])
  const { gone, come } = index.update([a, moved])
  expect(gone.map(({ minX }) => minX)).toEqual([10])
  expect(come.map(({ minX }) => minX)).toEqual([50])
  expect(index.update([a, moved])).toEqual({ gone: [], come: [] })
})

test('the topmost comes first; what has no place is left out', () => {
  const index = new ShapeIndex()
  index.update([shape('low', box(0, 0, 9, 9), 1), shape('high', box(0, 0, 9, 9), 2), shape('whole', { kind: 'item' })])
  expect(index.topmost({ minX: 1, minY: 1, maxX: 2, maxY: 2 }).map(({ annotation }) => annotation.id)).toEqual(['annotation:high', 'annotation:low'])
})
