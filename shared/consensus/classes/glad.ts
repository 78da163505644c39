import { clamp, settled, softmaxRow, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { voteShares } from '#shared/consensus/classes/majority.ts'
import { symmetric } from '#shared/consensus/classes/oneCoin.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'

/**
 * GLAD: Whitehill, Ruvolo, Wu, Bergsma & Movellan, "Whose Vote Should Count More", NIPS 2009. A vote is right with
 * probability σ(α·β), α the worker's ability (any number; 0 guesses, negative answers the opposite), β = eᵇ > 0 the ease of
 * the task (equation 1); a wrong vote is any other class alike (their section 2.4). Priors: α and b normal with mean 1 and
 * variance 1, classes equally frequent.
 *
 * E-step: section 2.2. The M-step climbs their Q by Newton steps on one worker's α, then one task's b at a time, each
 * shortened until Q rises, instead of their conjugate gradient: the work stays linear in the number of votes × K, and the
 * penalised likelihood never falls (generalised EM).
 */
export function glad(table: VoteTable, { gold, maxIterations = 200, tolerance = 1e-7 }: EstimateOptions = {}): ClassEstimate {
  const k = table.classes.length
  const model: Model = {
    alpha: new Float64Array(table.workers.length).fill(1), b: new Float64Array(table.tasks.length).fill(1),
    right: new Float64Array(table.task.length), byWorker: rowsByWorker(table), byTask: { first: table.first, rows: Int32Array.from(table.task.keys()) },
  }
  const posterior = voteShares(table, undefined, gold)
  const objective: number[] = []
  let logLikelihood = 0
  let converged = table.task.length === 0 || k < 2
  while (objective.length < Math.max(1, maxIterations)) {
    logLikelihood = expect(table, model, posterior, gold)
    const now = logLikelihood + logPriors(model)
    const before = objective.at(-1)
    objective.push(now)
    if (before !== undefined && settled(before, now, tolerance)) converged = true
    if (converged) break
    maximise(table, model)
  }
  const typicalEase = Math.exp(model.b.reduce((sum, b) => sum + b, 0) / Math.max(1, model.b.length))
  return {
    posterior, skill: model.alpha, skillMeaning: 'ability', confusion: symmetric(model.alpha.map((alpha) => (k === 1 ? 1 : sigmoid(alpha * typicalEase))), k),
    prevalence: null, iterations: objective.length, converged, logLikelihood, objective, taskDifficulty: model.b.map((b) => Math.exp(-b)),
  }
}

interface Groups { readonly first: Int32Array; readonly rows: Int32Array }
interface Model {
  readonly alpha: Float64Array
  /** Logarithm of the ease β. */
  readonly b: Float64Array
  /** The probability that each vote is right. */
  readonly right: Float64Array
  readonly byWorker: Groups
  readonly byTask: Groups
}

export const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
/** log σ(x), exact for large |x|. */
const logSigmoid = (x: number) => (x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x)))

/** Rows by worker: those of worker w are `rows[first[w] … first[w + 1] − 1]`. */
export function rowsByWorker(table: VoteTable): Groups {
  const first = new Int32Array(table.workers.length + 1)
  for (const worker of table.worker) first[worker + 1]! += 1
  for (let w = 0; w < table.workers.length; w++) first[w + 1]! += first[w]!
  const next = first.slice()
  const rows = new Int32Array(table.worker.length)
  table.worker.forEach((worker, row) => { rows[next[worker]!++] = row })
  return { first, rows }
}

function logPriors({ alpha, b }: Model): number {
  let sum = 0
  for (const values of [alpha, b]) for (const value of values) sum -= (value - 1) ** 2 / 2
  return sum
}

function expect(table: VoteTable, model: Model, posterior: Float64Array, gold?: Int32Array): number {
  const k = table.classes.length
  const other = -Math.log(Math.max(1, k - 1))
  let logLikelihood = 0
  if (k === 1) posterior.fill(1)
  const tasks = k > 1 ? table.tasks.length : 0
  for (let i = 0; i < tasks; i++) {
    const from = i * k
    let allWrong = -Math.log(k)
    posterior.fill(0, from, from + k)
    for (let row = table.first[i]!; row < table.first[i + 1]!; row++) {
      const x = model.alpha[table.worker[row]!]! * Math.exp(model.b[i]!)
      const wrong = logSigmoid(-x) + other
      allWrong += wrong
      posterior[from + table.label[row]!]! += logSigmoid(x) - wrong
    }
    for (let j = 0; j < k; j++) posterior[from + j]! += allWrong
    const certain = gold?.[i] ?? -1
    logLikelihood += certain >= 0 ? posterior[from + certain]! : softmaxRow(posterior, from, from + k)
  }
  clamp(posterior, gold, k)
  table.label.forEach((label, row) => { model.right[row] = posterior[table.task[row]! * k + label]! })
  return logLikelihood
}

/** Two sweeps over workers and tasks. */
function maximise(table: VoteTable, model: Model): void {
  for (let sweep = 0; sweep < 2; sweep++) {
    for (let w = 0; w < table.workers.length; w++) {
      model.alpha[w] = climb(model.alpha[w]!, (alpha) => ofAlpha(table, model, w, alpha))
    }
    for (let i = 0; i < table.tasks.length; i++) {
      if (table.first[i] !== table.first[i + 1]) model.b[i] = climb(model.b[i]!, (b) => ofEase(table, model, i, b))
    }
  }
}

/** A function's value, slope and curvature at one place. */
interface Local { readonly value: number; readonly slope: number; readonly curvature: number }

/** One Newton step uphill (a gradient step where the function is not concave), at most 1 wide, halved until the value does not fall. */
function climb(at: number, of: (x: number) => Local): number {
  const here = of(at)
  let step = here.slope / Math.max(1e-3, here.curvature < 0 ? -here.curvature : 1)
  step = Math.max(-1, Math.min(1, step))
  for (let halvings = 0; halvings < 12 && Math.abs(step) > 1e-12; halvings++, step /= 2) {
    if (of(at + step).value >= here.value) return at + step
  }
  return at
}

/** Their Q as a function of one worker's α; concave. */
function ofAlpha(table: VoteTable, { right, byWorker, b }: Model, w: number, alpha: number): Local {
  let [value, slope, curvature] = [-((alpha - 1) ** 2) / 2, 1 - alpha, -1]
  for (let at = byWorker.first[w]!; at < byWorker.first[w + 1]!; at++) {
    const row = byWorker.rows[at]!
    const ease = Math.exp(b[table.task[row]!]!)
    const p = sigmoid(alpha * ease)
    const r = right[row]!
    value += r * logSigmoid(alpha * ease) + (1 - r) * logSigmoid(-alpha * ease)
    slope += (r - p) * ease
    curvature -= p * (1 - p) * ease * ease
  }
  return { value, slope, curvature }
}

/** Their Q as a function of one task's b. */
function ofEase(table: VoteTable, { right, alpha }: Model, i: number, b: number): Local {
  let [value, slope, curvature] = [-((b - 1) ** 2) / 2, 1 - b, -1]
  const ease = Math.exp(b)
  for (let row = table.first[i]!; row < table.first[i + 1]!; row++) {
    const x = alpha[table.worker[row]!]! * ease
    const p = sigmoid(x)
    const r = right[row]!
    value += r * logSigmoid(x) + (1 - r) * logSigmoid(-x)
    slope += (r - p) * x
    curvature += (r - p) * x - p * (1 - p) * x * x
  }
  return { value, slope, curvature }
}
