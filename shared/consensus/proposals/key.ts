/**
 * A short name for a set of ids: the same for any order. Two lanes of 32 bits (the mixing of MurmurHash3's finaliser, Austin Appleby,
 * public domain); among a million sets the chance of one collision is 3 · 10⁻⁸.
 */
export function keyOf(ids: readonly string[]): string {
  let a = 0x9e3779b9, b = 0x85ebca6b
  for (const id of [...ids].sort()) {
    for (let at = 0; at <= id.length; at++) {
      const code = at < id.length ? id.charCodeAt(at) : 0x10000
      a = Math.imul(a ^ code, 0x85ebca6b)
      a ^= a >>> 13
      b = Math.imul(b ^ code, 0xc2b2ae35)
      b ^= b >>> 16
    }
  }
  return hex(mixed(a ^ ids.length)) + hex(mixed(b ^ a))
}

function mixed(value: number): number {
  let state = value ^ (value >>> 16)
  state = Math.imul(state, 0x85ebca6b)
  state ^= state >>> 13
  state = Math.imul(state, 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

const hex = (value: number) => value.toString(16).padStart(8, '0')
