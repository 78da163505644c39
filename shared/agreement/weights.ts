/** How much a near miss counts: not at all, in proportion to the distance, or to its square. */
export const weightings = ['none', 'linear', 'quadratic'] as const
export type Weighting = (typeof weightings)[number]

/**
 * Agreement of two categories, 0 to 1, 1 on the diagonal (Cohen 1968, "Weighted kappa", with weights for agreement): 1 − d/max or
 * 1 − (d/max)², d the distance of their positions. Row-major, size · size.
 */
export function agreementWeights(positions: ArrayLike<number>, weighting: Weighting): Float64Array {
  const size = positions.length
  const most = size > 0 ? positions[size - 1]! - positions[0]! : 0
  const weights = new Float64Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const distance = most > 0 ? Math.abs(positions[a]! - positions[b]!) / most : 0
      weights[a * size + b] = a === b ? 1 : weighting === 'none' ? 0 : weighting === 'linear' ? 1 - distance : 1 - distance ** 2
    }
  }
  return weights
}
