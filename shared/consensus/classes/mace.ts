import { clamp, settled, softmaxRow, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'

export interface MaceOptions extends EstimateOptions {
  /** `vb`: variational Bayes with the paper's priors, what the paper recommends; `em`: maximum likelihood, smoothed. Default `vb`. */
  readonly training?: 'vb' | 'em'
  /** Default 10, as in the paper. */
  readonly starts?: number
}

/** Parameters: θ, the probability that a worker does not spam, and ξ, what they answer when they do [worker][class]. */
interface Model { readonly theta: Float64Array; readonly spam: Float64Array; readonly strategy: Float64Array }
interface Counts { readonly known: Float64Array; readonly spammed: Float64Array; readonly strategy: Float64Array }

/**
 * MACE: Hovy, Berg-Kirkpatrick, Vaswani & Hovy, "Learning Whom to Trust with MACE", NAACL 2013. On each task a worker either
 * knows, and gives the true class, or spams (probability 1 − θ) and answers by a habit ξ of their own; classes are equally
 * frequent. Section 3.2: `em` adds a pseudo-count of 0.01 / K to every fractional count; `vb` has Beta(½, ½) priors on θ and
 * Dirichlet(10) on ξ. 10 random starts of 50 iterations; the one with the best marginal likelihood is kept.
 *
 * With `em` the objective is the smoothed likelihood and never falls; with `vb` it is the marginal likelihood at the
 * variational parameters, which may fall a little on its way (the bound that VB raises is another figure).
 */
export function mace(table: VoteTable, options: MaceOptions = {}): ClassEstimate {
  const { starts = 10, seed = 0 } = options
  const random = randomFrom(seed)
  const runs = Array.from({ length: Math.max(1, starts) }, () => train(table, initial(table, random), options))
  const kept = runs.reduce((best, run) => (run.objective.at(-1)! > best.objective.at(-1)! + 1e-9 ? run : best))
  return {
    posterior: kept.posterior, skill: kept.model.theta, skillMeaning: 'competence', confusion: confusionOf(table, kept.model),
    prevalence: null, iterations: kept.objective.length, converged: kept.converged, logLikelihood: kept.logLikelihood, objective: kept.objective,
    starts: runs.map((run) => ({ from: 'random', logLikelihood: run.logLikelihood, iterations: run.objective.length, kept: run === kept })),
  }
}

/** As in the authors' program: knowing, spamming and each habit start near each other, between 1 and 1.5, normalised. */
function initial(table: VoteTable, random: () => number): Model {
  const k = table.classes.length
  const theta = new Float64Array(table.workers.length)
  const strategy = new Float64Array(table.workers.length * k)
  for (let w = 0; w < theta.length; w++) {
    const [knows, spams] = [1 + random() / 2, 1 + random() / 2]
    theta[w] = knows / (knows + spams)
    let sum = 0
    for (let l = 0; l < k; l++) sum += strategy[w * k + l] = 1 + random() / 2
    for (let l = 0; l < k; l++) strategy[w * k + l]! /= sum
  }
  return { theta, spam: theta.map((value) => 1 - value), strategy }
}

function train(table: VoteTable, model: Model, { training = 'vb', gold, maxIterations = 50, tolerance = 1e-9 }: MaceOptions) {
  const k = table.classes.length
  const posterior = new Float64Array(table.tasks.length * k)
  const counts: Counts = { known: new Float64Array(table.workers.length), spammed: new Float64Array(table.workers.length), strategy: new Float64Array(table.workers.length * k) }
  const objective: number[] = []
  let [logLikelihood, converged] = [0, table.task.length === 0]
  for (;;) {
    logLikelihood = expect(table, model, posterior, counts, gold)
    const now = logLikelihood + (training === 'em' ? logSmoothing(model, 0.01 / Math.max(1, k)) : 0)
    const before = objective.at(-1)
    objective.push(now)
    if (before !== undefined && Math.abs(now - before) <= tolerance * (1 + Math.abs(now)) && settled(before, now, tolerance)) converged = true
    if (converged || objective.length >= Math.max(1, maxIterations)) return { posterior, model, objective, logLikelihood, converged }
    if (training === 'em') maximise(model, counts, k)
    else maximiseVariationally(model, counts, k)
  }
}

/** Posterior of the classes, expected counts of knowing and spamming, and the marginal log-likelihood (their equation 1). */
function expect(table: VoteTable, { theta, spam, strategy }: Model, posterior: Float64Array, counts: Counts, gold?: Int32Array): number {
  const k = table.classes.length
  let logLikelihood = 0
  posterior.fill(k > 0 ? -Math.log(k) : 0)
  const other = strategy.map((share, at) => Math.log(spam[Math.floor(at / k)]! * share))
  const match = strategy.map((share, at) => Math.log(spam[Math.floor(at / k)]! * share + theta[Math.floor(at / k)]!) - other[at]!)
  const tasks = k > 0 ? table.tasks.length : 0
  for (let i = 0; i < tasks; i++) {
    let guesses = 0
    for (let row = table.first[i]!; row < table.first[i + 1]!; row++) {
      const l = table.label[row]!
      const at = table.worker[row]! * k + l
      guesses += other[at]!
      posterior[i * k + l]! += match[at]!
    }
    for (let j = 0; j < k; j++) posterior[i * k + j]! += guesses
    const certain = gold?.[i] ?? -1
    logLikelihood += certain >= 0 ? posterior[i * k + certain]! : softmaxRow(posterior, i * k, (i + 1) * k)
  }
  clamp(posterior, gold, k)
  counts.known.fill(0)
  counts.spammed.fill(0)
  counts.strategy.fill(0)
  for (let row = 0; row < table.task.length; row++) {
    const [w, l] = [table.worker[row]!, table.label[row]!]
    const guessed = spam[w]! * strategy[w * k + l]!
    const knew = posterior[table.task[row]! * k + l]! * theta[w]! / Math.max(1e-300, guessed + theta[w]!)
    counts.known[w]! += knew
    counts.spammed[w]! += 1 - knew
    counts.strategy[w * k + l]! += 1 - knew
  }
  return logLikelihood
}

function maximise({ theta, spam, strategy }: Model, counts: Counts, k: number): void {
  const smoothing = 0.01 / k
  for (let w = 0; w < theta.length; w++) {
    const votes = counts.known[w]! + counts.spammed[w]! + 2 * smoothing
    theta[w] = (counts.known[w]! + smoothing) / votes
    spam[w] = (counts.spammed[w]! + smoothing) / votes
    for (let l = 0; l < k; l++) strategy[w * k + l] = (counts.strategy[w * k + l]! + smoothing) / (counts.spammed[w]! + k * smoothing)
  }
}

/** exp ψ(count + prior) over exp ψ(their sum): the means of the logarithms (Johnson 2007; the paper's section 3.2). They add up to less than 1. */
function maximiseVariationally({ theta, spam, strategy }: Model, counts: Counts, k: number): void {
  for (let w = 0; w < theta.length; w++) {
    const votes = digamma(counts.known[w]! + counts.spammed[w]! + 1)
    theta[w] = Math.exp(digamma(counts.known[w]! + 0.5) - votes)
    spam[w] = Math.exp(digamma(counts.spammed[w]! + 0.5) - votes)
    const spammed = digamma(counts.spammed[w]! + 10 * k)
    for (let l = 0; l < k; l++) strategy[w * k + l] = Math.exp(digamma(counts.strategy[w * k + l]! + 10) - spammed)
  }
}

function logSmoothing({ theta, spam, strategy }: Model, smoothing: number): number {
  let sum = 0
  for (const values of [theta, spam, strategy]) for (const value of values) sum += smoothing * Math.log(value)
  return sum
}

function confusionOf(table: VoteTable, { theta, spam, strategy }: Model): Float64Array {
  const k = table.classes.length
  const confusion = new Float64Array(theta.length * k * k)
  for (let w = 0; w < theta.length; w++) {
    for (let j = 0; j < k; j++) {
      let sum = 0
      const from = (w * k + j) * k
      for (let l = 0; l < k; l++) sum += confusion[from + l] = spam[w]! * strategy[w * k + l]! + (l === j ? theta[w]! : 0)
      for (let l = 0; l < k; l++) confusion[from + l]! /= sum
    }
  }
  return confusion
}

/** ψ(x) for x > 0: the recurrence up to 6, then the asymptotic series (Abramowitz & Stegun 6.3.5, 6.3.18); error below 10⁻¹⁰. */
export function digamma(x: number): number {
  let sum = 0
  let at = x
  for (; at < 6; at++) sum -= 1 / at
  const inverse = 1 / (at * at)
  return sum + Math.log(at) - 1 / (2 * at) - inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))))
}
