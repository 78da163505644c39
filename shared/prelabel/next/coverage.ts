import type { AssetId } from '#shared/model/id.ts'
import { distance } from './diversity.ts'

/** How far items are from the nearest of those that are labelled: 0 … 2; null where nothing is labelled, and of an item without a vector. */
export type Nearest = (asset: AssetId) => number | null

/**
 * Keeps those distances for a growing set of labelled items: what is new costs items · newly labelled. Where the vectors are others than the last
 * time, or an item is labelled no more, all is reckoned anew. Vectors that are bits (±1/8, of perceptual hashes) are compared as bits.
 */
export function createCoverage() {
  let vectors: ReadonlyMap<AssetId, Float32Array> = new Map()
  let brought = new Set<AssetId>()
  let far = new Map<AssetId, number>()
  let places = new Map<AssetId, number>()
  let distanceOf: (a: number, b: number) => number = () => 2

  const begin = (now: ReadonlyMap<AssetId, Float32Array>) => {
    vectors = now
    brought = new Set()
    far = new Map()
    places = new Map([...now.keys()].map((asset, at) => [asset, at]))
    const all = [...now.values()]
    const bits = bitsOf(all)
    distanceOf = bits ? (a, b) => (ones(bits[a * 2]! ^ bits[b * 2]!) + ones(bits[a * 2 + 1]! ^ bits[b * 2 + 1]!)) / 32 : (a, b) => distance(all[a]!, all[b]!)
  }
  const bring = (centres: readonly number[], labelled: ReadonlySet<AssetId>) => {
    for (const [asset, place] of places) {
      // Nobody asks how far what is labelled is from itself.
      if (labelled.has(asset)) continue
      let least = far.get(asset) ?? 2
      for (const centre of centres) least = Math.min(least, distanceOf(place, centre))
      far.set(asset, least)
    }
  }
  return (now: ReadonlyMap<AssetId, Float32Array>, labelled: ReadonlySet<AssetId>): Nearest => {
    if (now !== vectors || [...brought].some((asset) => !labelled.has(asset))) begin(now)
    const fresh = [...labelled].filter((asset) => !brought.has(asset) && places.has(asset))
    for (const asset of fresh) brought.add(asset)
    if (fresh.length > 0) bring(fresh.map((asset) => places.get(asset)!), labelled)
    const some = brought.size > 0, known = far
    return (asset) => (some ? known.get(asset) ?? null : null)
  }
}

/** Two numbers of 32 bits each for vectors of 64 numbers that are ±1/8; null where one is not. */
function bitsOf(vectors: readonly Float32Array[]): Int32Array | null {
  const bits = new Int32Array(vectors.length * 2)
  for (const [at, vector] of vectors.entries()) {
    if (vector.length !== 64) return null
    for (let bit = 0; bit < 64; bit++) {
      if (Math.abs(vector[bit]!) !== 1 / 8) return null
      if (vector[bit]! > 0) bits[at * 2 + (bit >> 5)]! |= 1 << (bit & 31)
    }
  }
  return bits
}

/** How many bits are set, of 32 (Warren, Hacker's Delight, figure 5-2). */
function ones(given: number): number {
  let x = given - ((given >>> 1) & 0x55_55_55_55)
  x = (x & 0x33_33_33_33) + ((x >>> 2) & 0x33_33_33_33)
  x = (x + (x >>> 4)) & 0x0f_0f_0f_0f
  return Math.imul(x, 0x01_01_01_01) >>> 24
}
