import { clamp, settled, softmaxRow, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { voteShares } from '#shared/consensus/classes/majority.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'

/**
 * One-coin Dawid–Skene (Zhang, Chen, Zhou & Jordan, "Spectral Methods Meet EM", JMLR 2016, section 2): a worker is right
 * with one probability p whatever the class, and else picks any of the others alike. M-step: p = expected share of right
 * votes; classes have estimated frequencies. EM from the vote's shares; with one parameter a worker further starts are not needed.
 */
export function oneCoin(table: VoteTable, { gold, maxIterations = 1000, tolerance = 1e-10 }: EstimateOptions = {}): ClassEstimate {
  const k = table.classes.length
  const posterior = voteShares(table, undefined, gold)
  const prevalence = new Float64Array(k)
  const skill = new Float64Array(table.workers.length)
  const objective: number[] = []
  let converged = table.task.length === 0
  while (objective.length < Math.max(1, maxIterations)) {
    maximise(table, posterior, prevalence, skill)
    const now = expect(table, posterior, prevalence, skill, gold)
    const before = objective.at(-1)
    objective.push(now)
    if (before === undefined || !settled(before, now, tolerance)) continue
    converged = true
    break
  }
  return {
    posterior, prevalence, skill, skillMeaning: 'accuracy', confusion: symmetric(skill, k), iterations: objective.length,
    converged, logLikelihood: objective.at(-1)!, objective,
  }
}

function maximise(table: VoteTable, posterior: Float64Array, prevalence: Float64Array, skill: Float64Array): void {
  const k = table.classes.length
  prevalence.fill(0)
  posterior.forEach((share, at) => { prevalence[at % k]! += share / table.tasks.length })
  skill.fill(0)
  const votes = new Float64Array(table.workers.length)
  table.worker.forEach((worker, row) => {
    votes[worker]! += 1
    skill[worker]! += posterior[table.task[row]! * k + table.label[row]!]!
  })
  votes.forEach((count, worker) => { skill[worker] = count > 0 ? Math.min(1, skill[worker]! / count) : 1 / Math.max(1, k) })
}

function expect(table: VoteTable, posterior: Float64Array, prevalence: Float64Array, skill: Float64Array, gold?: Int32Array): number {
  const k = table.classes.length
  const right = skill.map(Math.log)
  const wrong = skill.map((p) => Math.log((1 - p) / Math.max(1, k - 1)))
  const logPrevalence = prevalence.map(Math.log)
  let logLikelihood = 0
  for (let i = 0; i < table.tasks.length; i++) {
    const from = i * k
    for (let j = 0; j < k; j++) {
      let sum = logPrevalence[j]!
      for (let row = table.first[i]!; row < table.first[i + 1]!; row++) {
        sum += (table.label[row] === j ? right : wrong)[table.worker[row]!]!
      }
      posterior[from + j] = sum
    }
    const certain = gold?.[i] ?? -1
    if (certain >= 0) logLikelihood += posterior[from + certain]!
    else if (k > 0) logLikelihood += softmaxRow(posterior, from, from + k)
  }
  clamp(posterior, gold, k)
  return logLikelihood
}

/** The confusion matrices of workers who are right with the given probabilities and err evenly. */
export function symmetric(skill: Float64Array, k: number): Float64Array {
  const confusion = new Float64Array(skill.length * k * k)
  for (let at = 0; at < confusion.length; at++) {
    const p = skill[Math.floor(at / (k * k))]!
    confusion[at] = k === 1 ? 1 : Math.floor(at / k) % k === at % k ? p : (1 - p) / (k - 1)
  }
  return confusion
}
