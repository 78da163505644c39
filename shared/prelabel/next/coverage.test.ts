import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AssetId } from '#shared/model/id.ts'
import { assetId } from '#shared/testing/records.ts'
import { createCoverage } from './coverage.ts'
import { distance } from './diversity.ts'
import { vectorOfHash } from './look.ts'

const hashes = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 12 })
const vectorsOf = (all: readonly bigint[]) => new Map(all.map((hash, at) => [assetId(String(at)), vectorOfHash(hash.toString(16).padStart(16, '0'))!]))
const circle = (degrees: readonly number[]) => new Map(degrees.map((angle, at) => [assetId(String(at)), Float32Array.of(Math.cos(angle), Math.sin(angle))]))

const plainly = (vectors: ReadonlyMap<AssetId, Float32Array>, labelled: readonly AssetId[], asset: AssetId) =>
  (labelled.length === 0 ? null : Math.min(...labelled.map((each) => distance(vectors.get(asset)!, vectors.get(each)!))))

test('however labels come and go, the distance is that to the nearest that is labelled now', () => {
  fc.assert(fc.property(fc.oneof(hashes.map(vectorsOf), fc.array(fc.double({ min: 0, max: 6, noNaN: true }), { minLength: 1, maxLength: 12 }).map(circle)), fc.array(fc.array(fc.nat(11), { maxLength: 6 }), { maxLength: 5 }), (vectors, steps) => {
    const coverage = createCoverage()
    for (const step of steps) {
      const labelled = [...new Set(step)].map((at) => assetId(String(at))).filter((asset) => vectors.has(asset))
      const nearest = coverage(vectors, new Set(labelled))
      for (const asset of vectors.keys()) if (!labelled.includes(asset)) {
        const wanted = plainly(vectors, labelled, asset)
        if (wanted === null) expect(nearest(asset)).toBeNull()
        else expect(nearest(asset)).toBeCloseTo(wanted, 5)
      }
    }
  }))
})

test('an item without a vector is at no distance', () => {
  expect(createCoverage()(circle([0, 1]), new Set([assetId('0')]))(assetId('unseen'))).toBeNull()
})

test('two hashes that differ in n bits are n / 32 apart, and have length 1', () => {
  const [a, b] = [vectorOfHash('00000000000000ff')!, vectorOfHash('000000000000000f')!]
  expect(distance(a, b)).toBeCloseTo(4 / 32)
  expect(Math.hypot(...a)).toBeCloseTo(1)
  expect(vectorOfHash('no hash')).toBeNull()
})
