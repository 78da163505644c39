/** Grey levels that the 9 × 8 picture must span; below, a blank page or a plain colour, the signs of the differences are noise. */
const leastContrast = 8

/**
 * The 64-bit difference hash of a grey picture of 9 × 8 pixels (row by row), as 16 hex digits: bit = 1 where a pixel is
 * brighter than its right neighbour (N. Krawetz, "Kind of Like That", 2013). Null where the picture is too flat to tell.
 */
export function differenceHash(grey: Uint8Array): string | null {
  if (grey.length < 72) return null
  let least = 255
  let most = 0
  let hash = 0n
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 9; x++) {
      const value = grey[y * 9 + x]!
      least = Math.min(least, value)
      most = Math.max(most, value)
      if (x < 8) hash = (hash << 1n) | (value > grey[y * 9 + x + 1]! ? 1n : 0n)
    }
  }
  return most - least < leastContrast ? null : hash.toString(16).padStart(16, '0')
}
