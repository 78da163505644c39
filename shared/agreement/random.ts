/** A stream of whole numbers, the same for the same seed on every machine. */
export interface Random { below(count: number): number }

/** Mulberry32 (T. Ettinger, public domain): 32 bits of state, enough to resample some thousand units some thousand times. `count` below 2³². */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return {
    below(count) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * count)
    },
  }
}
