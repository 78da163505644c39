/** FNV-1a's prime and offset basis (Fowler, Noll & Vo; draft-eastlake-fnv). */
const prime = 0x01000193
export const basis = 0x811c9dc5

/**
 * 32 bits that look random and are the same for the same text on every machine: FNV-1a over the bytes of UTF-16 code units, begun from `seed`,
 * then MurmurHash3's finaliser (A. Appleby, public domain), so that texts that differ in their last letters alone spread too. Not for secrets.
 */
export function hash32(text: string, seed: number = basis): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit & 0xff), prime)
    hash = Math.imul(hash ^ (unit >>> 8), prime)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
