import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleAsset } from '#shared/formats/samples.ts'
import { nearDuplicatePairs } from './nearDuplicates.ts'

const asset = (number: number, hash: bigint) => sampleAsset(number, `${number}.jpg`, { perceptualHash: hash.toString(16).padStart(16, '0') })

test('finds a pair just when at most six bits differ', () => {
  const bits = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 12 })
  fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), bits, (hash, turned) => {
    const other = turned.reduce((value, bit) => value ^ (1n << BigInt(bit)), hash)
    expect(nearDuplicatePairs([asset(1, hash), asset(2, other)]).length > 0).toBe(turned.length <= 6)
  }))
})
