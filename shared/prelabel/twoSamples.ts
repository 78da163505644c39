import { seededRandom } from '#shared/agreement/random.ts'

/** What one unit of resampling (a person on an item) contributes: the sum of its values and how many. */
export interface Cluster { readonly sum: number; readonly n: number }

export interface Difference { readonly difference: number | null; readonly low: number | null; readonly high: number | null }

const replicates = 1000

/** The mean of all values of all clusters; null without any. */
export function meanOf(clusters: readonly Cluster[]): { readonly n: number; readonly value: number | null } {
  let sum = 0, n = 0
  for (const cluster of clusters) { sum += cluster.sum; n += cluster.n }
  return { n, value: n === 0 ? null : sum / n }
}

/**
 * The mean of `a` minus the mean of `b` with a 95 % percentile interval of the two-sample bootstrap over clusters (Efron & Tibshirani 1993, An
 * Introduction to the Bootstrap, sections 8.3 and 13.3): each sample is drawn from itself. No interval with fewer than two clusters in
 * either. The same for the same data.
 */
export function differenceOfMeans(a: readonly Cluster[], b: readonly Cluster[], seed = 1): Difference {
  const first = meanOf(a).value, second = meanOf(b).value
  if (first === null || second === null) return { difference: null, low: null, high: null }
  const difference = first - second
  if (a.length < 2 || b.length < 2) return { difference, low: null, high: null }
  const random = seededRandom(seed)
  const drawn = (clusters: readonly Cluster[]): number | null => {
    let sum = 0, n = 0
    for (let draw = 0; draw < clusters.length; draw++) {
      const cluster = clusters[random.below(clusters.length)]!
      sum += cluster.sum
      n += cluster.n
    }
    return n === 0 ? null : sum / n
  }
  const values: number[] = []
  for (let replicate = 0; replicate < replicates; replicate++) {
    const left = drawn(a), right = drawn(b)
    if (left !== null && right !== null) values.push(left - right)
  }
  values.sort((x, y) => x - y)
  return { difference, low: quantile(values, 0.025), high: quantile(values, 0.975) }
}

/** Linear between the order statistics (Hyndman & Fan 1996, type 7); `values` sorted. Null for none. */
export function quantile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null
  const at = p * (values.length - 1)
  const low = values[Math.floor(at)]!, high = values[Math.ceil(at)]!
  return low + (high - low) * (at - Math.floor(at))
}
