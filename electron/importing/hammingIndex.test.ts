import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { differingBits, HammingIndex } from './hammingIndex.ts'

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const hex = (value: bigint) => value.toString(16).padStart(16, '0')

test('finds as near a hash as comparing all does', () => {
  // Hashes a few bits apart, so that there is something to find.
  const cluster = fc.tuple(hash, fc.array(fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 10 }), { minLength: 1, maxLength: 12 }))
  fc.assert(fc.property(cluster, fc.integer({ min: 0, max: 7 }), ([wanted, flips], maxBits) => {
    const hashes = flips.map((bits) => bits.reduce((value, bit) => value ^ (1n << BigInt(bit)), wanted))
    const index = new HammingIndex<bigint>()
    for (const each of hashes) index.add(hex(each), each)
    const least = Math.min(...hashes.map((each) => differingBits(wanted, each)))
    expect(index.nearest(hex(wanted), maxBits)?.bits ?? null).toBe(least <= maxBits ? least : null)
  }))
})

test('differing bits are counted over all 64', () => {
  expect(differingBits(0n, 2n ** 64n - 1n)).toBe(64)
  expect(differingBits(0x8000000000000001n, 0n)).toBe(2)
})
