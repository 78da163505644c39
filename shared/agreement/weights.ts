/** How much a near miss counts: not at all, in proportion to the distance, or to its square. */
export const weightings = ['none', 'linear', 'quadratic'] as const
export type Weighting = (typeof weightings)[number]

export interface AgreementWeights {
  /** Whether two categories agree fully or not at all. */
  readonly plain: boolean
  readonly size: number
  /** Agreement of two categories by their index, 0 to 1, 1 on the diagonal. */
  of(a: number, b: number): number
}

/** 1 − d/max or 1 − (d/max)², d the distance of two categories' positions (Cohen 1968, "Weighted kappa", as weights for agreement). */
export function agreementWeights(positions: ArrayLike<number>, weighting: Weighting): AgreementWeights {
  const size = positions.length
  let low = Infinity, high = -Infinity
  for (let at = 0; at < size; at++) {
    low = Math.min(low, positions[at]!)
    high = Math.max(high, positions[at]!)
  }
  const most = high > low ? high - low : 1
  const distance = (a: number, b: number) => Math.abs(positions[a]! - positions[b]!) / most
  if (weighting === 'none') return { plain: true, size, of: (a, b) => (a === b ? 1 : 0) }
  return { plain: false, size, of: weighting === 'linear' ? (a, b) => 1 - distance(a, b) : (a, b) => 1 - distance(a, b) ** 2 }
}

/** The mean over the categories of the sum of a category's weights: Gwet's Tw / q, 1 for plain agreement. */
export function meanWeightOf({ plain, size, of }: AgreementWeights): number {
  if (plain || size === 0) return 1
  let sum = 0
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) sum += of(a, b)
  return sum / size
}

/** Σ p(a) q(b) w(a, b): agreement by chance of two distributions. */
export function chanceAgreement({ plain, size, of }: AgreementWeights, p: Float64Array, q: Float64Array): number {
  let sum = 0
  for (let a = 0; a < size; a++) {
    if (p[a] === 0) continue
    if (plain) sum += p[a]! * q[a]!
    else for (let b = 0; b < size; b++) sum += p[a]! * q[b]! * of(a, b)
  }
  return sum
}
