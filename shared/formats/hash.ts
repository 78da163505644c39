/** FNV-1a's prime and MurmurHash3's finishing constants (public domain). */
const prime = 0x01000193

function hash32(text: string, seed: number): number {
  let hash = seed
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    hash = Math.imul(hash ^ (code & 0xff), prime)
    hash = Math.imul(hash ^ (code >>> 8), prime)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A number in [0, 1) that looks random and is the same for the same text on every machine. Not for secrets. */
export function hashed(text: string): number {
  return (hash32(text, 0x811c9dc5) * 2 ** 21 + (hash32(text, 0x1b873593) >>> 11)) / 2 ** 53
}
