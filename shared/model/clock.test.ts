import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tick, wallMs, type Clock } from './clock.ts'

test('readings only ever grow, whatever the wall clock does', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { minLength: 2 }), (walls) => {
    let last: Clock | null = null
    for (const wall of walls) {
      const next = tick(last, wall, 'aaaaaaaa')
      if (last !== null) expect(next > last).toBe(true)
      expect(wallMs(next)).toBeGreaterThanOrEqual(wall)
      last = next
    }
  }))
})

test('a counter that is full borrows a millisecond', () => {
  const full = '000000000001-ffff-aaaaaaaa' as Clock
  expect(tick(full, 0, 'aaaaaaaa')).toBe('000000000002-0000-aaaaaaaa')
})
