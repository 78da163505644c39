/**
 * A 64-bit perceptual hash as a vector of length 1: a bit is ±1/8. The distance of two (1 − cosine) is then the number of bits in which
 * they differ over 32. What every picture has; an embedding sees more. Null for what is no hash.
 */
export function vectorOfHash(hash: string): Float32Array | null {
  if (!/^[0-9a-f]{16}$/u.test(hash)) return null
  const vector = new Float32Array(64)
  for (let digit = 0; digit < 16; digit++) {
    const four = Number.parseInt(hash[digit]!, 16)
    for (let bit = 0; bit < 4; bit++) vector[digit * 4 + bit] = (four >> (3 - bit)) & 1 ? 1 / 8 : -1 / 8
  }
  return vector
}
