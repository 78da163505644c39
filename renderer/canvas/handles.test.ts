import { expect, test } from 'vitest'
import { box } from './fixture.ts'
import { midpointsOf, shownHandles } from './handles.ts'

const ring = (count: number) => Array.from({ length: count }, (_, i) => [100 + 80 * Math.cos((i * 2 * Math.PI) / count), 100 + 80 * Math.sin((i * 2 * Math.PI) / count)]).flat()

test('a box has 8 grips, fewer when it is too small to hold them, and one at the least', () => {
  expect(shownHandles(box(0, 0, 100, 100), 1)).toHaveLength(8)
  expect(shownHandles(box(0, 0, 100, 100), 0.2)).toHaveLength(4)
  expect(shownHandles(box(0, 0, 100, 100), 0.1).map(({ handle }) => handle)).toEqual([{ kind: 'side', side: 'se' }])
})

test('grips of a long outline show when it is large enough to tell them apart', () => {
  expect(shownHandles({ kind: 'polygon', parts: [[ring(400)]] }, 1)).toHaveLength(0)
  expect(shownHandles({ kind: 'polygon', parts: [[ring(400)]] }, 10)).toHaveLength(400)
})

test('long edges show their middles, the closing edge too', () => {
  const square = { kind: 'polygon', parts: [[[0, 0, 100, 0, 100, 100, 0, 100]]] } as const
  expect(midpointsOf({ kind: 'polygon', parts: [[[...square.parts[0][0]]]] }, 1)).toContainEqual({ x: 0, y: 50 })
  expect(midpointsOf({ kind: 'polygon', parts: [[[...square.parts[0][0]]]] }, 0.3)).toEqual([])
})
