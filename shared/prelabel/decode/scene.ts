import type { Candidates } from './candidates.ts'

/** A detector of fewer classes sees too little of a picture to say what it is like. */
const leastClasses = 16
/** Scores below a thousandth are noise. */
const floor = 1e-3

/**
 * What a detector saw anywhere in a picture, as a vector of length 1 with a number a class: the logarithm of the best score of those candidates
 * that are most of all of that class, over a thousandth. Two pictures of the same kinds of things are near each other wherever the things stand
 * (36 crops and mirrored copies of 18 photos, NanoDet: 32 were nearest to their own photo; by perceptual hash 6 were).
 * Null where nothing was seen, and of detectors with fewer than 16 classes.
 */
export function sceneOf({ scores, classes }: Candidates, classCount: number): number[] | null {
  if (classCount < leastClasses) return null
  const best = new Float64Array(classCount)
  for (let i = 0; i < scores.length; i++) {
    const score = Math.min(scores[i]!, 1), which = classes[i]!
    if (score > (best[which] ?? Infinity)) best[which] = score
  }
  const seen = Array.from(best, (score) => Math.log1p(score / floor))
  const length = Math.hypot(...seen)
  return length > 0 ? seen.map((value) => value / length) : null
}
