import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'

/** As the import's report tells near-duplicates: at most so many of the hash's 64 bits differ. */
const nearBits = 6
// Of seven bands at least one is equal where at most six bits differ (Norouzi, Punjani and Fleet 2012).
const bands = [[0, 10], [10, 9], [19, 9], [28, 9], [37, 9], [46, 9], [55, 9]] as const

/** Pairs of pictures that look almost alike; a split must not part them. */
export function nearDuplicatePairs(assets: readonly Asset[]): [AssetId, AssetId][] {
  const hashes = assets.flatMap((asset) => (asset.kind === 'image' && asset.perceptualHash !== null
    ? [{ id: asset.id, high: parseInt(asset.perceptualHash.slice(0, 8), 16), low: parseInt(asset.perceptualHash.slice(8), 16), whole: BigInt(`0x${asset.perceptualHash}`) }]
    : []))
  const pairs: [AssetId, AssetId][] = []
  for (const [from, bits] of bands) {
    for (const alike of Map.groupBy(hashes, ({ whole }) => BigInt.asUintN(bits, whole >> BigInt(from))).values()) {
      for (const [index, a] of alike.entries()) {
        for (const b of alike.slice(index + 1)) if (ones(a.high ^ b.high) + ones(a.low ^ b.low) <= nearBits) pairs.push([a.id, b.id])
      }
    }
  }
  return pairs
}

/** Bits set in a 32-bit number (Warren, "Hacker's Delight", 5-1). */
function ones(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
