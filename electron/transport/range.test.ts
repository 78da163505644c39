import { expect, test } from 'vitest'
import { parseRange } from './range.ts'

// RFC 9110, section 14.1.2: the examples for a representation of 10 000 bytes.
test.each([
  ['bytes=0-499', { start: 0, end: 499 }],
  ['bytes=500-999', { start: 500, end: 999 }],
  ['bytes=-500', { start: 9500, end: 9999 }],
  ['bytes=9500-', { start: 9500, end: 9999 }],
  ['bytes=0-', { start: 0, end: 9999 }],
  ['bytes=9999-20000', { start: 9999, end: 9999 }],
])('%s', (header, range) => {
  expect(parseRange(header, 10_000)).toEqual(range)
})

test('past the end or of no length is unsatisfiable', () => {
  expect(parseRange('bytes=10000-', 10_000)).toBe('unsatisfiable')
  expect(parseRange('bytes=-0', 10_000)).toBe('unsatisfiable')
  expect(parseRange('bytes=0-', 0)).toBe('unsatisfiable')
})

test('no header, a malformed one, another unit or several ranges give the whole body', () => {
  for (const header of [null, '', 'bytes=-', 'bytes=5-2', 'lines=0-3', 'bytes=0-1,5-9', 'bytes=a-b']) expect(parseRange(header, 10_000)).toBeNull()
})
