const bandBits = 16
const bandCount = 4

type Entry<Value> = { hash: bigint; value: Value }

/**
 * 64-bit hashes that can be asked for near ones. By the pigeonhole principle two hashes that differ in at most 7 bits
 * have one of four 16-bit bands that differs in at most 1, so that a look at 4 × 17 buckets finds them all, whatever
 * the number of hashes (Norouzi, Punjani & Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012).
 */
export class HammingIndex<Value> {
  /** The most bits that `nearest` can be asked for. */
  static readonly maxBits = 7
  readonly #bands: Map<number, Entry<Value>[]>[] = Array.from({ length: bandCount }, () => new Map())

  /** `hash`: 16 hex digits. */
  add(hash: string, value: Value): void {
    const entry = { hash: BigInt(`0x${hash}`), value }
    this.#bands.forEach((band, index) => {
      const key = bandOf(entry.hash, index)
      const bucket = band.get(key)
      if (bucket) bucket.push(entry)
      else band.set(key, [entry])
    })
  }

  /** The value whose hash differs least, the first added where several do; null where all differ in more than `maxBits` (at most 7). */
  nearest(hash: string, maxBits: number): { value: Value; bits: number } | null {
    if (maxBits > HammingIndex.maxBits) throw new RangeError(`asked for ${maxBits} bits; ${HammingIndex.maxBits} is the most`)
    const wanted = BigInt(`0x${hash}`)
    let best: { value: Value; bits: number } | null = null
    for (const [index, band] of this.#bands.entries()) {
      const key = bandOf(wanted, index)
      for (let flip = -1; flip < bandBits; flip++) {
        for (const entry of band.get(flip < 0 ? key : key ^ (1 << flip)) ?? []) {
          const bits = differingBits(wanted, entry.hash)
          if (bits <= maxBits && (best === null || bits < best.bits)) best = { value: entry.value, bits }
        }
        if (best?.bits === 0) return best
      }
    }
    return best
  }
}

/** In how many of 64 bits two hashes differ. */
export function differingBits(a: bigint, b: bigint): number {
  const difference = a ^ b
  return ones(Number(difference & 0xffffffffn)) + ones(Number(difference >> 32n))
}

/** The ones of a 32-bit number (Warren, Hacker's Delight, 5-1). */
function ones(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

const bandOf = (hash: bigint, index: number) => Number((hash >> BigInt(index * bandBits)) & 0xffffn)
