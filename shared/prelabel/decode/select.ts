/** Boxes looked at by non-maximum suppression, at most; the best ones. (Ultralytics' `max_nms`.) */
export const mostCandidates = 30_000

/**
 * The places of the scores that are at least `threshold`, best first, equal ones in order; at most `most` of them. Scores are 0 or more; NaN
 * is never chosen. Linear time before the best `most` are sorted: a radix selection on the bits of the scores.
 */
export function select(scores: Float32Array, threshold: number, most = mostCandidates): { readonly chosen: Uint32Array, readonly passed: number } {
  // Compared as 32-bit numbers, as a score of 0.3 is a little more than 0.3.
  const least = Math.fround(Math.max(threshold, 0))
  let passed = 0
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= least) passed++
  const [bar, atBar] = passed > most ? barOf(scores, least, most) : [least, Infinity]
  const chosen = new Uint32Array(Math.min(passed, most))
  let count = 0, equal = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    if (score > bar || (score === bar && equal++ < atBar)) chosen[count++] = i
  }
  return { chosen: chosen.sort((a, b) => scores[b]! - scores[a]! || a - b), passed }
}

/** The score of the `most`-th best, and how many of exactly that score belong to them. */
function barOf(scores: Float32Array, least: number, most: number): [number, number] {
  // The bits of floats that are 0 or more sort as whole numbers: first the upper half of the bits, then the lower half among those alike.
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length)
  const counts = new Uint32Array(65_536)
  for (let i = 0; i < bits.length; i++) if (scores[i]! >= least) counts[scores[i] === 0 ? 0 : bits[i]! >>> 16]!++
  const [upper, left] = descend(counts, most)
  counts.fill(0)
  for (let i = 0; i < bits.length; i++) {
    const bit = scores[i] === 0 ? 0 : bits[i]!
    if (scores[i]! >= least && bit >>> 16 === upper) counts[bit & 0xffff]!++
  }
  const [lower, atBar] = descend(counts, left)
  return [new Float32Array(Uint32Array.of(((upper << 16) | lower) >>> 0).buffer)[0]!, atBar]
}

/** From the top, the slot in which the `wanted`-th lies, and the how-manieth of it that is. */
function descend(counts: Uint32Array, wanted: number): [number, number] {
  let left = wanted
  for (let slot = counts.length - 1; slot > 0; slot--) {
    if (counts[slot]! >= left) return [slot, left]
    left -= counts[slot]!
  }
  return [0, left]
}
