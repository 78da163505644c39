import { clamp, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { normalFrom } from '#shared/consensus/random.ts'

/**
 * KOS: Karger, Oh & Shah, "Iterative Learning for Reliable Crowdsourcing Systems", NIPS 2011, algorithm 1. For two classes:
 * messages of tasks x_{i→j} and of workers y_{j→i} along every vote, each the sum of the others', starting from N(1, 1). They
 * are scaled to unit length after each round (the result depends on their direction alone).
 *
 * The method is for two classes. With more, it runs once for each class against the rest, and the class with the most
 * votes-by-reliability in its favour wins: an extension that the paper does not cover.
 *
 * It gives no probability. What is reported is the share of the reliability that speaks for the class, (1 + x̂ᵢ/Σ|y|) / 2, and over
 * several classes those shares divided by their sum. `skill` is the worker's final message between −1 and 1 (the mean over
 * the classes); a single vote a worker leaves nothing to learn from, and such workers get 0; where all are 0, every vote counts the same.
 * Certain classes replace the result and do not take part in the messages.
 */
export function kos(table: VoteTable, { gold, seed = 0, maxIterations = 100, tolerance = 1e-9 }: EstimateOptions = {}): ClassEstimate {
  const k = table.classes.length
  const posterior = new Float64Array(table.tasks.length * k).fill(1 / Math.max(1, k))
  const skill = new Float64Array(table.workers.length)
  const against = k === 2 ? [0] : k < 2 ? [] : Array.from({ length: k }, (_, j) => j)
  let [iterations, converged] = [0, true]
  for (const positive of against) {
    const run = twoClasses(table, positive, randomFrom(seed), maxIterations, tolerance)
    run.favour.forEach((share, i) => { posterior[i * k + positive] = share })
    run.reliability.forEach((value, w) => { skill[w]! += value / against.length })
    iterations = Math.max(iterations, run.iterations)
    converged &&= run.converged
  }
  const tasks = k > 1 ? table.tasks.length : 0
  for (let i = 0; i < tasks; i++) {
    if (k === 2) posterior[i * 2 + 1] = 1 - posterior[i * 2]!
    const sum = posterior.subarray(i * k, (i + 1) * k).reduce((total, share) => total + share, 0)
    for (let j = 0; j < k; j++) posterior[i * k + j] = sum > 0 ? posterior[i * k + j]! / sum : 1 / k
  }
  clamp(posterior, gold, k)
  return { posterior, skill, skillMeaning: 'reliability', confusion: null, prevalence: null, iterations, converged, logLikelihood: null, objective: [] }
}

function twoClasses(table: VoteTable, positive: number, random: () => number, maxIterations: number, tolerance: number) {
  const { task, worker, label } = table
  const sign = Float64Array.from(label, (at) => (at === positive ? 1 : -1))
  let y = unit(Float64Array.from(label, () => 1 + normalFrom(random)))
  let [iterations, converged] = [0, false]
  while (iterations < maxIterations && !converged) {
    iterations++
    const x = others(task, table.tasks.length, sign, y)
    const next = unit(others(worker, table.workers.length, sign, x))
    converged = next.every((value, row) => Math.abs(value - y[row]!) < tolerance)
    y = next
  }
  if (y.every((value) => value === 0)) y.fill(1)
  // The messages fix the answers up to their sign; the paper takes workers to be more often right than wrong.
  if (y.reduce((sum, value) => sum + value, 0) < 0) y = y.map((value) => -value)
  const reliability = workerMeans(table, y)
  const favour = new Float64Array(table.tasks.length)
  for (let i = 0; i < favour.length; i++) {
    let [speaking, all] = [0, 0]
    for (let row = table.first[i]!; row < table.first[i + 1]!; row++) {
      speaking += sign[row]! * y[row]!
      all += Math.abs(y[row]!)
    }
    favour[i] = all > 0 ? Math.min(1, Math.max(0, (1 + speaking / all) / 2)) : 0.5
  }
  return { favour, reliability, iterations, converged }
}

/** For every vote the sum of sign × message over the other votes of its group. */
function others(group: Int32Array, groups: number, sign: Float64Array, message: Float64Array): Float64Array {
  const sums = new Float64Array(groups)
  group.forEach((at, row) => { sums[at]! += sign[row]! * message[row]! })
  return message.map((value, row) => sums[group[row]!]! - sign[row]! * value)
}

/** Scaled to a mean square of 1; all zeros stay. */
function unit(values: Float64Array): Float64Array {
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length))
  return norm > 1e-300 ? values.map((value) => value / norm) : values.fill(0)
}

/** Each worker's mean message, over the largest in size. */
function workerMeans(table: VoteTable, y: Float64Array): Float64Array {
  const sums = new Float64Array(table.workers.length)
  const votes = new Float64Array(table.workers.length)
  table.worker.forEach((w, row) => { sums[w]! += y[row]!; votes[w]! += 1 })
  const means = sums.map((sum, w) => (votes[w]! > 0 ? sum / votes[w]! : 0))
  const most = means.reduce((best, value) => Math.max(best, Math.abs(value)), 0)
  return most > 0 ? means.map((value) => value / most) : means
}
