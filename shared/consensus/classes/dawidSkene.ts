import { clamp, settled, softmaxRow, type ClassEstimate, type EstimateOptions, type Start } from '#shared/consensus/classes/estimate.ts'
import { voteShares } from '#shared/consensus/classes/majority.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'

export interface DawidSkeneOptions extends EstimateOptions {
  /** How many starts, the one from the vote's shares among them. Default 5. */
  readonly starts?: number
  /** A pseudo-count that is added to every cell of every confusion matrix and to every class's frequency. Default 0: maximum likelihood, as in the paper. */
  readonly smoothing?: number
}

const equalSupport = 2
/** So many iterations decide which start runs on. */
const race = 20

/** Parameters: prevalence [K], and the confusion as logarithms [worker][given class][true class], the order in which the E-step reads. */
interface Fit {
  readonly posterior: Float64Array
  readonly prevalence: Float64Array
  readonly logConfusion: Float64Array
  readonly objective: readonly number[]
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Dawid & Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied Statistics 28
 * (1979): one confusion matrix a worker, one frequency a class. M-step: equations 2.3 and 2.4; E-step: 2.5; likelihood:
 * 2.7 without the multinomial coefficient; first start: 3.1, the vote's shares.
 *
 * EM climbs to the nearest summit, so further starts give every task one of its own votes at random; each runs 20
 * iterations, and the best of them runs on if it is then ahead of the vote's start (after Biernacki, Celeux & Govaert 2003). It replaces the first start when its
 * log-likelihood is more than 2 higher, the limit within which two explanations have equal support (Edwards, "Likelihood",
 * 1972); within that limit the summit next to the vote is kept, so that luck with the seed decides nothing. On the table of
 * the paper the best of 600 random starts is −191.57, 1.32 above the paper's −192.89: the paper's is kept. All are reported.
 * A class that no task of a worker can have, by the votes of all on those tasks, stays impossible there (their row for it
 * holds nothing; it is shown as uniform): so a table in which no two workers share a task comes out as the votes, and does not collapse into one class. The work of an iteration is linear in votes × K
 * + workers × K². With `smoothing` > 0 the objective is the likelihood with a Dirichlet(1 + smoothing) prior on every row.
 */
export function dawidSkene(table: VoteTable, options: DawidSkeneOptions = {}): ClassEstimate {
  const { starts = 5, seed = 0, maxIterations = 1000 } = options
  const k = table.classes.length
  const votes = climb(table, voteShares(table, undefined, options.gold), maxIterations, options)
  const fits: { from: Start['from']; fit: Fit }[] = [{ from: 'votes', fit: votes }]
  const random = randomFrom(seed)
  const further = k > 1 && table.task.length > 0 ? starts - 1 : 0
  for (let start = 0; start < further; start++) {
    fits.push({ from: 'random', fit: climb(table, drawn(table, random, options.gold), Math.min(race, maxIterations), options) })
  }
  const best = fits.slice(1).sort((a, b) => b.fit.objective.at(-1)! - a.fit.objective.at(-1)!)[0]
  const leads = best !== undefined && best.fit.objective.at(-1)! >= votes.objective.slice(0, race).at(-1)!
  if (leads) best.fit = furtherOn(table, best.fit, maxIterations, options)
  const kept = best !== undefined && best.fit.objective.at(-1)! > votes.objective.at(-1)! + equalSupport ? best.fit : votes
  return {
    posterior: kept.posterior, prevalence: kept.prevalence, ...workersOf(table, kept), skillMeaning: 'accuracy',
    iterations: kept.iterations, converged: kept.converged, logLikelihood: kept.logLikelihood, objective: kept.objective,
    starts: fits.map(({ from, fit }) => ({ from, logLikelihood: fit.logLikelihood, iterations: fit.iterations, kept: fit === kept })),
  }
}

function furtherOn(table: VoteTable, fit: Fit, maxIterations: number, options: DawidSkeneOptions): Fit {
  const rest = climb(table, fit.posterior, maxIterations - fit.iterations, options)
  return { ...rest, objective: [...fit.objective, ...rest.objective], iterations: fit.iterations + rest.iterations }
}

/** EM from a posterior, until the objective settles. */
export function climb(table: VoteTable, from: Float64Array, maxIterations: number, { gold, smoothing = 0, tolerance = 1e-8 }: DawidSkeneOptions): Fit {
  const k = table.classes.length
  const posterior = from.slice()
  const logConfusion = new Float64Array(table.workers.length * k * k)
  const prevalence = new Float64Array(k)
  const objective: number[] = []
  let [logLikelihood, converged] = [0, table.task.length === 0]
  while (objective.length < Math.max(1, maxIterations)) {
    const logPrior = maximise(table, posterior, prevalence, logConfusion, smoothing)
    logLikelihood = expect(table, posterior, prevalence, logConfusion, gold)
    const now = logLikelihood + logPrior
    const before = objective.at(-1)
    objective.push(now)
    if (before === undefined || !settled(before, now, tolerance)) continue
    converged = true
    break
  }
  return { posterior, prevalence, logConfusion, objective, logLikelihood, iterations: objective.length, converged }
}

/** Equations 2.3 and 2.4. Returns the logarithm of the prior at the new parameters, 0 without smoothing. */
function maximise(table: VoteTable, posterior: Float64Array, prevalence: Float64Array, logConfusion: Float64Array, smoothing: number): number {
  const k = table.classes.length
  const { task, worker, label } = table
  prevalence.fill(smoothing)
  for (let at = 0; at < posterior.length; at++) prevalence[at % k]! += posterior[at]!
  logConfusion.fill(smoothing)
  for (let row = 0; row < task.length; row++) {
    const cell = (worker[row]! * k + label[row]!) * k
    const from = task[row]! * k
    for (let j = 0; j < k; j++) logConfusion[cell + j]! += posterior[from + j]!
  }
  const total = prevalence.reduce((sum, value) => sum + value, 0)
  let logPrior = 0
  for (let j = 0; j < k; j++) {
    prevalence[j] = total > 0 ? prevalence[j]! / total : 1 / k
    if (smoothing > 0) logPrior += smoothing * Math.log(prevalence[j]!)
  }
  for (let w = 0; w < table.workers.length; w++) {
    for (let j = 0; j < k; j++) logPrior += normaliseRow(logConfusion, w * k * k + j, k, smoothing)
  }
  return logPrior
}

/** Counts of one true class to logarithms of shares, in place; cells are K apart. */
function normaliseRow(cells: Float64Array, from: number, k: number, smoothing: number): number {
  let sum = 0
  let logPrior = 0
  for (let l = 0; l < k; l++) sum += cells[from + l * k]!
  for (let l = 0; l < k; l++) {
    const at = from + l * k
    cells[at] = sum > 1e-300 ? Math.log(cells[at]! / sum) : -Infinity
    if (smoothing > 0) logPrior += smoothing * cells[at]!
  }
  return logPrior
}

/** Equation 2.5; returns the log-likelihood, equation 2.7. A certain class counts with its own likelihood alone. */
function expect(table: VoteTable, posterior: Float64Array, prevalence: Float64Array, logConfusion: Float64Array, gold?: Int32Array): number {
  const k = table.classes.length
  const { first, worker, label } = table
  const logPrevalence = prevalence.map(Math.log)
  let logLikelihood = 0
  for (let i = 0; i < table.tasks.length; i++) {
    const from = i * k
    for (let j = 0; j < k; j++) posterior[from + j] = logPrevalence[j]!
    for (let row = first[i]!; row < first[i + 1]!; row++) {
      const cell = (worker[row]! * k + label[row]!) * k
      for (let j = 0; j < k; j++) posterior[from + j]! += logConfusion[cell + j]!
    }
    const certain = gold?.[i] ?? -1
    if (certain >= 0) logLikelihood += posterior[from + certain]!
    else if (k > 0) logLikelihood += softmaxRow(posterior, from, from + k)
  }
  clamp(posterior, gold, k)
  return logLikelihood
}

/** Every task gets one of its own votes, drawn at random; a task without votes has equal shares. */
export function drawn(table: VoteTable, random: () => number, gold?: Int32Array): Float64Array {
  const k = table.classes.length
  const shares = new Float64Array(table.tasks.length * k)
  for (let i = 0; i < table.tasks.length; i++) {
    const [from, to] = [table.first[i]!, table.first[i + 1]!]
    if (from === to) shares.fill(1 / k, i * k, (i + 1) * k)
    else shares[i * k + table.label[from + Math.floor(random() * (to - from))]!] = 1
  }
  clamp(shares, gold, k)
  return shares
}

/** Confusion matrices in reading order, and each worker's expected share of right answers under the classes' frequencies. */
function workersOf(table: VoteTable, { logConfusion, prevalence }: Fit): { confusion: Float64Array; skill: Float64Array } {
  const k = table.classes.length
  const confusion = new Float64Array(logConfusion.length)
  const skill = new Float64Array(table.workers.length)
  for (let w = 0; w < table.workers.length; w++) {
    for (let j = 0; j < k; j++) {
      const possible = hasEvidence(logConfusion, w * k * k + j, k)
      for (let l = 0; l < k; l++) confusion[(w * k + j) * k + l] = possible ? Math.exp(logConfusion[(w * k + l) * k + j]!) : 1 / k
      skill[w]! += prevalence[j]! * confusion[(w * k + j) * k + j]!
    }
  }
  return { confusion, skill }
}

function hasEvidence(cells: Float64Array, from: number, k: number): boolean {
  for (let l = 0; l < k; l++) if (cells[from + l * k]! > -Infinity) return true
  return false
}
