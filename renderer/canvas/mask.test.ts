import { expect, test } from 'vitest'
import type { Mask } from '#shared/model/geometry.ts'
import { decodeMask } from './mask.ts'

// 3 wide, 2 high; columns: (0, 1), (1, 1), (0, 1).
const mask: Mask = { kind: 'mask', x: 5, y: 5, width: 3, height: 2, counts: [1, 3, 1, 1] }

test('column-major runs become rows', () => {
  expect([...decodeMask(mask).alpha]).toEqual([0, 255, 0, 255, 255, 255])
})

test('a large mask is decoded from every second pixel of each row and column', () => {
  expect(decodeMask(mask, 2)).toMatchObject({ width: 2, height: 1, alpha: new Uint8Array([0, 0]) })
  const full: Mask = { kind: 'mask', x: 0, y: 0, width: 5, height: 5, counts: [0, 25] }
  expect(decodeMask(full, 2).alpha).toEqual(new Uint8Array(9).fill(255))
})

test('runs beyond the rectangle are cut off, an empty mask has no pixels', () => {
  expect([...decodeMask({ ...mask, counts: [0, 100] }).alpha]).toEqual([255, 255, 255, 255, 255, 255])
  expect(decodeMask({ ...mask, width: 0, height: 0, counts: [0] }).alpha).toHaveLength(0)
})
