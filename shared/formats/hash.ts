import { basis, hash32 } from '#shared/model/hash.ts'

/** A number in [0, 1) that looks random and is the same for the same text on every machine. Not for secrets. */
export function hashed(text: string): number {
  return (hash32(text, basis) * 2 ** 21 + (hash32(text, 0x1b873593) >>> 11)) / 2 ** 53
}
