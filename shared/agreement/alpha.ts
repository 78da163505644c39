import type { Estimator } from './bootstrap.ts'
import { countPatterns, type CountPattern, type Ratings } from './ratings.ts'

/** What the values mean: names, ranks, numbers with even steps, numbers with a true zero. */
export const levels = ['nominal', 'ordinal', 'interval', 'ratio'] as const
export type Level = (typeof levels)[number]

/**
 * Krippendorff's alpha (K. Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", sections C and D: alpha = 1 − Do/De over
 * the coincidences of values within units, with the difference functions for nominal, ordinal, interval and ratio data). Values may be missing; units with a single value
 * do not count. At most 1; 0 where agreement is as by chance. No value (null) when fewer than two values can be paired or all are
 * the same: without variation, chance cannot be told from agreement.
 */
export function alphaEstimator(ratings: Ratings, level: Level): Estimator {
  const patterns = countPatterns(ratings, 2)
  const times = Float64Array.from(patterns, (pattern) => pattern.times)
  const entries = patterns.reduce((sum, pattern) => sum + pattern.categories.length, 0)
  const size = ratings.categories.length
  const totals = new Float64Array(size)
  const count = (weights: Float64Array) => {
    totals.fill(0)
    let sum = 0
    patterns.forEach(({ categories, counts, total }, at) => {
      const weight = weights[at]!
      if (weight === 0) return
      sum += weight * total
      for (let i = 0; i < categories.length; i++) totals[categories[i]!]! += weight * counts[i]!
    })
    return sum
  }
  const alpha = (sum: number, within: number, between: number) => (between > 0 ? 1 - ((sum - 1) * within) / between : null)
  const weighted = (weights: Float64Array, each: ArrayLike<number>) => {
    let sum = 0
    for (let at = 0; at < times.length; at++) sum += weights[at]! * each[at]!
    return sum
  }

  if (level === 'ordinal') {
    const positions = new Float64Array(size)
    return { times, steps: entries * 3 + size, estimate(weights) {
      const sum = count(weights)
      midranks(totals, sum, positions)
      const within = patterns.map((pattern, at) => (weights[at] === 0 ? 0 : spread(pattern, positions)))
      return alpha(sum, weighted(weights, within), squaresBetween(totals, sum, positions))
    } }
  }
  if (level === 'nominal') {
    const within = patterns.map(({ counts, total }) => counts.reduce((sum, n) => sum + n * (total - n), 0) / (total - 1))
    return { times, steps: entries + times.length + size, estimate(weights) {
      const sum = count(weights)
      return alpha(sum, weighted(weights, within), sum * sum - totals.reduce((squares, n) => squares + n * n, 0))
    } }
  }
  const numbers = ratings.numbers ?? new Float64Array(size)
  if (level === 'interval') {
    const within = patterns.map((pattern) => spread(pattern, numbers))
    return { times, steps: entries + times.length + size, estimate(weights) {
      const sum = count(weights)
      return alpha(sum, weighted(weights, within), squaresBetween(totals, sum, numbers))
    } }
  }
  const within = patterns.map((pattern) => ratioWithin(pattern, numbers))
  return { times, steps: entries + times.length + size * size, estimate(weights) {
    const sum = count(weights)
    return alpha(sum, weighted(weights, within), ratioPairs(numbers, totals))
  } }
}

/** The ordinal difference is the difference of midranks: the values from c to k, the ends by half. */
function midranks(totals: Float64Array, sum: number, into: Float64Array) {
  let before = -sum / 2
  totals.forEach((n, at) => {
    into[at] = before + n / 2
    before += n
  })
}

/** The squared differences of a unit's ordered pairs over (m − 1): 2 m / (m − 1) times the squares around the unit's mean. */
function spread({ categories, counts, total }: CountPattern, positions: Float64Array): number {
  let mean = 0
  for (let i = 0; i < categories.length; i++) mean += counts[i]! * positions[categories[i]!]!
  mean /= total
  let squares = 0
  for (let i = 0; i < categories.length; i++) squares += counts[i]! * (positions[categories[i]!]! - mean) ** 2
  return (2 * total * squares) / (total - 1)
}

/** The squared differences of all ordered pairs of values. */
function squaresBetween(totals: Float64Array, sum: number, positions: Float64Array): number {
  let mean = 0
  for (let at = 0; at < totals.length; at++) mean += totals[at]! * positions[at]!
  mean /= sum || 1
  let squares = 0
  for (let at = 0; at < totals.length; at++) squares += totals[at]! * (positions[at]! - mean) ** 2
  return 2 * sum * squares
}

const ratioDifference = (c: number, k: number) => (c + k === 0 ? 0 : ((c - k) / (c + k)) ** 2)

function ratioPairs(numbers: Float64Array, totals: Float64Array): number {
  let sum = 0
  for (let c = 0; c < numbers.length; c++) {
    if (totals[c] === 0) continue
    for (let k = c + 1; k < numbers.length; k++) sum += totals[c]! * totals[k]! * ratioDifference(numbers[c]!, numbers[k]!)
  }
  return 2 * sum
}

function ratioWithin({ categories, counts, total }: CountPattern, numbers: Float64Array): number {
  let sum = 0
  for (let i = 0; i < categories.length; i++)
    for (let j = i + 1; j < categories.length; j++) sum += counts[i]! * counts[j]! * ratioDifference(numbers[categories[i]!]!, numbers[categories[j]!]!)
  return (2 * sum) / (total - 1)
}
