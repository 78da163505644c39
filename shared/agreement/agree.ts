import { alphaEstimator, type Level } from './alpha.ts'
import { bootstrapInterval, type BootstrapOptions, type Estimator, type Interval } from './bootstrap.ts'
import { chanceEstimator, type ChanceModel } from './chance.ts'
import { pairwiseEstimator, type PairValue } from './pairwise.ts'
import { collectRatings, type Rating, type Ratings } from './ratings.ts'
import { agreementWeights, type Weighting } from './weights.ts'

export const metrics = ['alpha', 'kappa', 'fleiss', 'ac1', 'ac2', 'pi', 'observed', 'pairwise', 'unanimous'] as const
export type Metric = (typeof metrics)[number]

export interface AgreeOptions extends BootstrapOptions {
  readonly metric: Metric
  /** Default nominal. */
  readonly level?: Level | undefined
  /** For kappa, AC2 and pi; default by the level: nominal none, ordinal linear, interval and ratio quadratic (AC2 at least linear). */
  readonly weights?: Weighting | undefined
  /** The categories from low to high, where they are words. */
  readonly order?: readonly string[] | undefined
  /** False saves the work of the interval. */
  readonly interval?: boolean | undefined
}

/** A figure with its interval, or the reason why there is none: never NaN. */
export type Agreement = {
  readonly metric: Metric
  readonly level: Level
  readonly weights: Weighting
  /** Null when the bootstrap has no answer: see `bootstrapInterval`. */
  readonly interval: Interval | null
  /** Units with at least two ratings: the ones that can agree. */
  readonly n: number
  /** All units, ratings and people given. */
  readonly units: number
  readonly ratings: number
  readonly raters: number
  readonly categories: readonly string[]
  /** For kappa and pairwise: the pairs of people. */
  readonly pairs: readonly PairValue[] | null
} & ({ readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string })

const models: Partial<Record<Metric, ChanceModel>> = { fleiss: 'fleiss', ac1: 'gwet', ac2: 'gwet', pi: 'scott', observed: 'observed', unanimous: 'unanimous' }

/** Weighted coefficients compare every category with every other. */
const mostWeighted = 3000

/**
 * How far people agree, by one coefficient with a bootstrap interval over units. Answers for the degenerate cases:
 * - no ratings, one person, or no unit judged twice: no value, with the reason;
 * - everybody uses one category: alpha, kappa, Fleiss' kappa and pi have no value (chance agreement is 1), AC1 and AC2 are 1;
 * - perfect agreement over two categories or more: 1;
 * - words where the level needs numbers, or an order of three or more, negative numbers at the ratio level: no value, with the reason.
 */
export function agree(given: Iterable<Rating>, options: AgreeOptions): Agreement {
  return agreeOn(collectRatings(given, options.order), options)
}

/** The same on ratings already collected. */
export function agreeOn(ratings: Ratings, options: AgreeOptions): Agreement {
  const { metric, level = 'nominal' } = options
  const weights = options.weights ?? usualWeights(metric, level)
  const n = ratings.units.filter((unit) => unit.raters.length > 1).length
  const facts = { metric, level, weights, n, units: ratings.units.length, ratings: ratings.count, raters: ratings.raters.length, categories: ratings.categories, pairs: null }
  const obstacle = obstacleOf(ratings, n, options, weights)
  if (obstacle !== null) return { ...facts, value: null, reason: obstacle, interval: null }
  const estimator = estimatorOf(ratings, metric, level, weights)
  const value = estimator.estimate(estimator.times)
  const pairs = 'pairs' in estimator ? (estimator as ReturnType<typeof pairwiseEstimator>).pairs : null
  if (value === null) return { ...facts, pairs, value, reason: withoutValue(metric), interval: null }
  if (!Number.isFinite(value)) return { ...facts, pairs, value: null, reason: 'The numbers are too large to be squared. Give them in a larger unit.', interval: null }
  return { ...facts, pairs, value, reason: null, interval: options.interval === false ? null : bootstrapInterval(estimator, value, options) }
}

function usualWeights(metric: Metric, level: Level): Weighting {
  if (metric === 'alpha' || metric === 'fleiss' || metric === 'ac1') return 'none'
  if (level === 'nominal') return metric === 'ac2' ? 'linear' : 'none'
  return level === 'ordinal' ? 'linear' : 'quadratic'
}

function estimatorOf(ratings: Ratings, metric: Metric, level: Level, weighting: Weighting): Estimator {
  if (metric === 'alpha') return alphaEstimator(ratings, level)
  const byNumber = (level === 'interval' || level === 'ratio') && ratings.numbers !== null
  const weights = agreementWeights(byNumber ? ratings.numbers! : ratings.categories.map((_, at) => at), weighting)
  const model = models[metric]
  return model ? chanceEstimator(ratings, model, weights) : pairwiseEstimator(ratings, weights, metric === 'kappa' ? 'kappa' : 'observed')
}

function obstacleOf(ratings: Ratings, n: number, { metric, level = 'nominal', order }: AgreeOptions, weights: Weighting): string | null {
  if (ratings.count === 0) return 'There are no ratings.'
  if (ratings.raters.length === 1) return `There is one person only ("${ratings.raters[0]}"). Agreement needs two.`
  if (n === 0) return 'No unit was judged by two people.'
  const stranger = order && ratings.categories.find((category) => !order.includes(category))
  if (stranger !== undefined) return `The order given lacks the value "${stranger}".`
  const word = ratings.categories.find((category) => category.trim() === '' || !Number.isFinite(Number(category)))
  if (level !== 'nominal' && level !== 'ordinal') {
    if (word !== undefined) return `The ${level} level needs numbers, and "${word}" is none.`
    if (level === 'ratio' && ratings.numbers!.some((number) => number < 0)) return 'The ratio level needs numbers from 0 up, and there are negative ones.'
  }
  // Of two categories every order says the same.
  if ((level === 'ordinal' || weights !== 'none') && !ratings.ordered && ratings.categories.length > 2) return `"${word}" and the others are words. Say their order from low to high.`
  if (metric !== 'alpha' && weights !== 'none' && ratings.categories.length > mostWeighted) return `There are ${ratings.categories.length} different values, and weighted coefficients take ${mostWeighted} at most. Use alpha.`
  return null
}

function withoutValue(metric: Metric): string {
  return metric === 'kappa'
    ? 'No pair of people has a kappa: each used one and the same category only, so that chance cannot be told from agreement.'
    : 'All ratings that can be compared are the same: without variation, chance cannot be told from agreement.'
}
