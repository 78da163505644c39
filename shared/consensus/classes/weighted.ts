import { winners, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { agreementWith, guessing, voteShares } from '#shared/consensus/classes/majority.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'

/**
 * Wawa, "worker agreement with aggregate" (Appen; as crowd-kit documents it): a majority vote, each worker's share of votes
 * that match it, and a second vote weighted with these shares. One pass, no likelihood.
 */
export function wawa(table: VoteTable, { gold }: EstimateOptions = {}): ClassEstimate {
  const skill = agreementWith(table, winners(table, voteShares(table, undefined, gold), gold), guessing(table))
  return {
    posterior: voteShares(table, skill, gold), skill, skillMeaning: 'agreement',
    confusion: null, prevalence: null, iterations: 1, converged: true, logLikelihood: null, objective: [],
  }
}

/**
 * ZeroBasedSkill (as crowd-kit documents it): skills start at 1/K + 10⁻⁵; each round takes the vote weighted by skill and
 * moves each skill towards the worker's agreement with it, by a rate that is 1 at first and halves every 20 rounds
 * (100 rounds at most). Ends when a round changes no skill.
 */
export function zeroBasedSkill(table: VoteTable, { gold, maxIterations = 100 }: EstimateOptions = {}): ClassEstimate {
  let skill = new Float64Array(table.workers.length).fill(guessing(table) + 1e-5)
  let rate = 1
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    iterations++
    if (iterations % 20 === 0) rate *= 0.5
    const agreement = agreementWith(table, winners(table, voteShares(table, skill, gold), gold), guessing(table))
    const next = skill.map((value, worker) => value + rate * (agreement[worker]! - value))
    converged = next.every((value, worker) => Math.abs(value - skill[worker]!) < 1e-12)
    skill = next
  }
  return {
    posterior: voteShares(table, skill, gold), skill, skillMeaning: 'agreement',
    confusion: null, prevalence: null, iterations, converged, logLikelihood: null, objective: [],
  }
}
