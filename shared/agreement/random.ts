/**
 * Numbers in [0, 1) from a seed, the same on every machine: the same seed gives the same estimate.
 * The generator is mulberry32 (Tommy Ettinger, public domain), with a period of 2³².
 */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A stream of whole numbers. */
export interface Random {
  /** From 0 to below `count`, which is below 2³². */
  below(count: number): number
}

/** Whole numbers from a seed: enough to resample some thousand units some thousand times. */
export function seededRandom(seed: number): Random {
  const next = randomFrom(seed)
  return { below: (count) => Math.floor(next() * count) }
}
