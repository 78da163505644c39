import type { VoteTable } from '#shared/consensus/classes/votes.ts'

/** What every estimator answers. Nothing in it is ever NaN. K is the number of classes. */
export interface ClassEstimate {
  /** Tasks × K, row by row; each row adds up to 1 (no columns where there is no class). */
  readonly posterior: Float64Array
  /** A figure for each worker; what it means is the method's: see `skillMeaning`. */
  readonly skill: Float64Array
  readonly skillMeaning: SkillMeaning
  /** Workers × K × K, [worker][true class][given class], rows adding up to 1; null where the method has none. */
  readonly confusion: Float64Array | null
  /** How frequent each class is held to be, K; null where the method takes all as equally frequent or holds none. */
  readonly prevalence: Float64Array | null
  readonly iterations: number
  readonly converged: boolean
  /** Natural logarithm of the likelihood of all votes (no multinomial coefficients); null where the method has no likelihood. */
  readonly logLikelihood: number | null
  /** What the method raises, after each iteration (for EM: the log-likelihood, plus the log-prior where it has one); empty where it raises nothing. */
  readonly objective: readonly number[]
  /** One entry a start, where there are several. */
  readonly starts?: readonly Start[]
  /** What else the method found, by name: per-task difficulty and the like. */
  readonly taskDifficulty?: Float64Array
}

export interface Start { readonly from: 'votes' | 'random'; readonly logLikelihood: number; readonly iterations: number; readonly kept: boolean }

/**
 * `accuracy`: share of right answers, 0 … 1, by the method's own estimate. `agreement`: share of the worker's votes that
 * match the result, 0 … 1. `ability`: GLAD's α, any number, 0 = guessing. `competence`: MACE's probability of not
 * spamming, 0 … 1. `reliability`: KOS's message, −1 … 1, negative = answers the opposite.
 */
export type SkillMeaning = 'accuracy' | 'agreement' | 'ability' | 'competence' | 'reliability'

export interface EstimateOptions {
  /** Default 0. */
  readonly seed?: number
  /** From `goldOf`: the class that is certain, or −1. A certain class is taken as given; skills are learned from it. */
  readonly gold?: Int32Array | undefined
  readonly maxIterations?: number
  /** EM stops when its objective rises by less than this share of its size. */
  readonly tolerance?: number
}

/** The most likely class of each task; the first wins a tie; −1 for a task without votes and without a certain class. */
export function winners(table: VoteTable, posterior: Float64Array, gold?: Int32Array): Int32Array {
  const k = table.classes.length
  return Int32Array.from(table.tasks, (_, i) => {
    if (gold !== undefined && gold[i]! >= 0) return gold[i]!
    if (table.first[i] === table.first[i + 1]) return -1
    let best = 0
    // A posterior within rounding of the best is a tie.
    for (let j = 1; j < k; j++) if (posterior[i * k + j]! > posterior[i * k + best]! + 1e-12) best = j
    return best
  })
}

/**
 * Turns a row of logarithms into probabilities in place and returns the logarithm of their sum. When every class is
 * impossible (−∞), all are equally likely and the answer is −∞.
 */
export function softmaxRow(row: Float64Array, from: number, to: number): number {
  let most = -Infinity
  for (let at = from; at < to; at++) if (row[at]! > most) most = row[at]!
  if (most === -Infinity) {
    row.fill(1 / (to - from), from, to)
    return -Infinity
  }
  let sum = 0
  for (let at = from; at < to; at++) sum += row[at] = Math.exp(row[at]! - most)
  for (let at = from; at < to; at++) row[at]! /= sum
  return most + Math.log(sum)
}

/** Certain classes replace whatever stands in the posterior. */
export function clamp(posterior: Float64Array, gold: Int32Array | undefined, k: number): void {
  gold?.forEach((at, i) => {
    if (at < 0) return
    posterior.fill(0, i * k, (i + 1) * k)
    posterior[i * k + at] = 1
  })
}

/** Whether EM may stop: the objective rose by less than the tolerance, relative to its size. */
export const settled = (before: number, now: number, tolerance: number) => now - before <= tolerance * (Math.abs(now) + 1)
