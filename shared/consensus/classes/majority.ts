import { clamp, winners, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'

/**
 * The share of (weighted) votes for each class of each task; a task without votes, or whose weights add up to nothing,
 * has equal shares. Weights are per worker and not negative.
 */
export function voteShares(table: VoteTable, weights?: Float64Array, gold?: Int32Array): Float64Array {
  const k = table.classes.length
  const shares = new Float64Array(table.tasks.length * k)
  for (let i = 0; i < table.tasks.length; i++) {
    let sum = 0
    for (let row = table.first[i]!; row < table.first[i + 1]!; row++) {
      const weight = weights?.[table.worker[row]!] ?? 1
      shares[i * k + table.label[row]!]! += weight
      sum += weight
    }
    for (let j = 0; j < k; j++) shares[i * k + j] = sum > 0 ? shares[i * k + j]! / sum : 1 / k
  }
  clamp(shares, gold, k)
  return shares
}

/** The share of each worker's votes that match the given classes (−1 is matched by nothing and counts for nothing); `none` for a worker without any. */
export function agreementWith(table: VoteTable, classes: Int32Array, none: number): Float64Array {
  const hits = new Float64Array(table.workers.length)
  const votes = new Float64Array(table.workers.length)
  table.worker.forEach((worker, row) => {
    const truth = classes[table.task[row]!]!
    if (truth < 0) return
    votes[worker]! += 1
    if (truth === table.label[row]) hits[worker]! += 1
  })
  return hits.map((hit, worker) => (votes[worker]! > 0 ? hit / votes[worker]! : none))
}

/** Agreement of a worker who gave no vote that counts: as good as guessing. */
export const guessing = (table: VoteTable) => 1 / Math.max(1, table.classes.length)

/**
 * The plurality vote. The probability of a class is its share of the votes; of tied classes the first in the table's
 * order (numbers by value, then words by code unit) wins, whoever voted first. Skill: agreement with the result.
 */
export function majorityVote(table: VoteTable, { gold }: EstimateOptions = {}): ClassEstimate {
  const posterior = voteShares(table, undefined, gold)
  return {
    posterior, skill: agreementWith(table, winners(table, posterior, gold), guessing(table)), skillMeaning: 'agreement',
    confusion: null, prevalence: null, iterations: 1, converged: true, logLikelihood: null, objective: [],
  }
}
