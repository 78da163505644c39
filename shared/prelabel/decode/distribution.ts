/** 1 / (1 + e^−x). */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** e^x / Σ e^x in place over `count` values from `at`, `step` apart; shifted by the greatest, so that nothing overflows. */
export function softmax(values: Float32Array | Float64Array, at = 0, count = values.length, step = 1): void {
  let most = -Infinity, sum = 0
  for (let i = 0; i < count; i++) most = Math.max(most, values[at + i * step]!)
  for (let i = 0; i < count; i++) sum += values[at + i * step] = Math.exp(values[at + i * step]! - most)
  for (let i = 0; i < count; i++) values[at + i * step]! /= sum
}

/** How sure a choice of class is. */
export interface Certainty { readonly margin: number | null; readonly entropy: number | null }
export const unknownCertainty: Certainty = { margin: null, entropy: null }

/**
 * The lead of the best class over the second, 0 … 1, and the entropy in nats of the scores divided by their sum: of the class, given that
 * there is something. Null with fewer than two classes, as nothing is left to doubt, or scores that are not finite.
 */
export function certaintyOf(scores: ArrayLike<number>): Certainty {
  if (scores.length < 2) return unknownCertainty
  let best = -Infinity, second = -Infinity, sum = 0
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    sum += score
    if (score > best) { second = best; best = score } else if (score > second) second = score
  }
  if (!(sum > 0) || !Number.isFinite(sum)) return unknownCertainty
  let entropy = 0
  for (let i = 0; i < scores.length; i++) {
    const share = scores[i]! / sum
    if (share > 0) entropy -= share * Math.log(share)
  }
  return { margin: Math.min(Math.max(best - second, 0), 1), entropy: Math.max(entropy, 0) }
}
