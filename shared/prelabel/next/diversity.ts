/**
 * Farthest first (Gonzalez 1985; as core-set selection, Sener & Savarese 2018): each choice is the candidate farthest from all that
 * is labelled or chosen already, so that the labels cover what there is. Vectors of length 1; the distance is 1 − cosine, 0 … 2.
 * `known`: how far each candidate is from the nearest of what is labelled (null: nothing is), for callers that keep it; then `labelled` is not looked at.
 * Candidates without a vector come last, in their order. With nothing labelled, the first is the one nearest to the mean of all.
 * Answers the indices of all candidates in their order with the distance at which each was chosen. O(candidates²) at worst, O(candidates · wanted) for `wanted` of them.
 */
export function farthestFirst(candidates: readonly (Float32Array | null)[], labelled: readonly Float32Array[], wanted = candidates.length, known: ((index: number) => number | null) | null = null): { readonly index: number; readonly distance: number }[] {
  const open = candidates.flatMap((vector, index) => (vector ? [{ vector, index }] : []))
  const nearest = new Float64Array(open.length).fill(2)
  const bring = (centre: Float32Array) => open.forEach(({ vector }, at) => { nearest[at] = Math.min(nearest[at]!, distance(vector, centre)) })
  const distances = known && open.map(({ index }) => known(index))
  if (distances) distances.forEach((far, at) => { nearest[at] = far ?? 2 })
  else for (const centre of labelled) bring(centre)
  const some = distances ? distances.some((far) => far !== null) : labelled.length > 0
  const order: { index: number; distance: number }[] = []
  const taken = new Uint8Array(open.length)
  while (order.length < Math.min(wanted, open.length)) {
    const at = order.length === 0 && !some ? nearestToMean(open.map(({ vector }) => vector)) : farthest(nearest, taken)
    taken[at] = 1
    order.push({ index: open[at]!.index, distance: nearest[at]! })
    bring(open[at]!.vector)
  }
  const rest = candidates.flatMap((vector, index) => (vector ? [] : [{ index, distance: 0 }]))
  return [...order, ...rest].slice(0, wanted)
}

export function distance(a: Float32Array, b: Float32Array): number {
  let dot = 0
  for (let at = 0; at < a.length; at++) dot += a[at]! * b[at]!
  return Math.max(0, 1 - dot)
}

function farthest(nearest: Float64Array, taken: Uint8Array): number {
  let best = -1
  for (let at = 0; at < nearest.length; at++) if (!taken[at] && (best < 0 || nearest[at]! > nearest[best]!)) best = at
  return best
}

function nearestToMean(vectors: readonly Float32Array[]): number {
  const mean = new Float32Array(vectors[0]!.length)
  for (const vector of vectors) vector.forEach((value, at) => { mean[at]! += value })
  let best = 0
  vectors.forEach((vector, at) => { if (distance(vector, mean) < distance(vectors[best]!, mean)) best = at })
  return best
}
