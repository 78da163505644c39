import { expect, test } from 'vitest'
import { rowAfter } from './rowAfter.ts'

test('keys stay inside the list', () => {
  expect(rowAfter('ArrowDown', 99_999, 100_000, 20)).toBe(99_999)
  expect(rowAfter('PageUp', 5, 100_000, 20)).toBe(0)
  expect(rowAfter('End', 0, 100_000, 20)).toBe(99_999)
  expect(rowAfter('Home', 50, 100_000, 20)).toBe(0)
  expect(rowAfter('x', 0, 10, 5)).toBeNull()
  expect(rowAfter('ArrowDown', 0, 0, 5)).toBeNull()
})
