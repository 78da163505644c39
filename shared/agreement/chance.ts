import type { Estimator } from './bootstrap.ts'
import { countPatterns, type Ratings } from './ratings.ts'
import { chanceAgreement, meanWeightOf, type AgreementWeights } from './weights.ts'

/** How agreement by chance is reckoned; `observed` takes none out, `unanimous` asks that all who judged a unit agree. */
export type ChanceModel = 'fleiss' | 'scott' | 'gwet' | 'observed' | 'unanimous'

/**
 * Coefficients that do not ask who said what, (pa − pe) / (1 − pe), for any number of raters and with missing values:
 * pa is the mean over units with two ratings or more of the (weighted) share of agreeing pairs (Fleiss 1971, "Measuring
 * nominal scale agreement among many raters"; for missing values Gwet 2014, Handbook of Inter-Rater Reliability, 4th edition, chapter 2), pe is
 * - `fleiss`: Σ w π π (Fleiss 1971), π the mean over all units of the categories' shares (for missing values as Gwet 2014 and
 *   R's irrCAC have it). With the same number of ratings everywhere it is Fleiss' own.
 * - `scott`: the same over the units with two ratings or more, π from the pooled ratings (Scott 1955, "Reliability of content analysis"). For two raters Scott's pi.
 * - `gwet`: AC1, Σ π (1 − π) / (q − 1) (Gwet 2008, "Computing inter-rater reliability and its variance in the presence of
 *   high agreement"); with weights AC2, times Tw / q, Tw the sum of the weights (Gwet 2014, chapter 3).
 * Null without units to compare, or where pe is 1. One category alone gives AC1 = 1 and no kappa or pi.
 */
export function chanceEstimator(ratings: Ratings, model: ChanceModel, weights: AgreementWeights): Estimator {
  const size = ratings.categories.length
  const patterns = countPatterns(ratings, model === 'fleiss' || model === 'gwet' ? 1 : 2)
  const times = Float64Array.from(patterns, (pattern) => pattern.times)
  const agreeing = patterns.map(({ categories, counts, total }) => {
    if (model === 'unanimous') return categories.length === 1 ? 1 : 0
    let pairs = 0
    for (let i = 0; i < categories.length; i++)
      for (let j = 0; j < categories.length; j++) pairs += counts[i]! * (counts[j]! - (i === j ? 1 : 0)) * weights.of(categories[i]!, categories[j]!)
    return total > 1 ? pairs / (total * (total - 1)) : 0
  })
  const entries = patterns.reduce((sum, pattern) => sum + pattern.categories.length, 0)
  const meanWeight = model === 'gwet' ? meanWeightOf(weights) : 1
  const shares = new Float64Array(size)

  const expected = (given: Float64Array): number => {
    shares.fill(0)
    let sum = 0
    patterns.forEach(({ categories, counts, total }, at) => {
      const each = model === 'scott' ? given[at]! : given[at]! / total
      sum += each * total
      for (let i = 0; i < categories.length; i++) shares[categories[i]!]! += each * counts[i]!
    })
    shares.forEach((share, at) => { shares[at] = share / sum })
    if (model !== 'gwet') return chanceAgreement(weights, shares, shares)
    return size > 1 ? (meanWeight / (size - 1)) * shares.reduce((pe, share) => pe + share * (1 - share), 0) : 0
  }
  return { times, steps: entries + times.length + (weights.plain ? size : size * size), estimate(given) {
    let pa = 0, units = 0
    patterns.forEach(({ total }, at) => {
      if (total < 2) return
      pa += given[at]! * agreeing[at]!
      units += given[at]!
    })
    if (units === 0) return null
    pa /= units
    if (model === 'observed' || model === 'unanimous') return pa
    const pe = expected(given)
    return 1 - pe > 1e-12 ? (pa - pe) / (1 - pe) : null
  } }
}
