import { clamp, softmaxRow, type ClassEstimate, type EstimateOptions } from '#shared/consensus/classes/estimate.ts'
import { rowsByWorker } from '#shared/consensus/classes/glad.ts'
import { symmetric } from '#shared/consensus/classes/oneCoin.ts'
import type { VoteTable } from '#shared/consensus/classes/votes.ts'
import { randomFrom } from '#shared/agreement/random.ts'

/** Which workers share tasks, and how far they agree beyond chance there: −1/(K−1) … 1. Rows of w: `first[w] … first[w + 1] − 1`. */
interface Covariance { readonly first: Int32Array; readonly other: Int32Array; readonly value: Float64Array }

/**
 * M-MSR: Ma & Olshevsky, "Adversarial Crowdsourcing Through Robust Rank-One Matrix Completion", NeurIPS 2020. Between two
 * one-coin workers the expected agreement beyond chance is s·s′ (their equation 3), s = (K·p − 1)/(K − 1); the vector s is completed from the pairs that
 * share tasks by alternating means that leave out the F largest and F smallest ratios (algorithm 1), with
 * F = ⌊least number of partners / 2⌋ − 1 as in the authors' program. Signs: those of the leading eigenvector, more workers
 * being right than wrong (their section 3 takes the same side). Result: a vote weighted with log((K−1)p / (1−p)); its
 * softmax is the one-coin posterior with equally frequent classes, and is what is reported.
 *
 * A worker who shares no task with anybody is taken to be as good as the median of the others, and half-way between
 * guessing and certainty where nobody shares any: then the vote decides. `skill` is p. The pairs cost the sum of squared votes per task.
 */
export function mmsr(table: VoteTable, { gold, seed = 0, maxIterations = 200, tolerance = 1e-8 }: EstimateOptions = {}): ClassEstimate {
  const k = table.classes.length
  const pairs = covariance(table)
  const { size, iterations, converged } = complete(table, pairs, seed, maxIterations, tolerance)
  const signs = leadingSigns(pairs, table.workers.length)
  const most = 1 - 1 / Math.sqrt(Math.max(1, table.tasks.length))
  const least = -1 / Math.max(1, k - 1) + 1 / Math.sqrt(Math.max(1, table.tasks.length))
  const typical = median([...size.keys()].filter((w) => pairs.first[w + 1]! > pairs.first[w]!).map((w) => size[w]! * signs[w]!))
  const skill = size.map((found, w) => {
    if (k < 2) return 1
    const value = pairs.first[w + 1] === pairs.first[w] ? typical : found
    const s = Math.max(Math.min(least, 0), Math.min(Math.max(most, 0), value * signs[w]!))
    return s * (k - 1) / k + 1 / k
  })
  const weights = skill.map((p) => (k < 2 ? 0 : Math.log((k - 1) * Math.max(p, 1e-9) / Math.max(1 - p, 1e-9))))
  const posterior = weighted(table, weights)
  clamp(posterior, gold, k)
  return { posterior, skill, skillMeaning: 'accuracy', confusion: symmetric(skill, k), prevalence: null, iterations, converged, logLikelihood: null, objective: [] }
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0.5

/** Softmax of the weights given to each class. */
function weighted(table: VoteTable, weights: Float64Array): Float64Array {
  const k = table.classes.length
  const posterior = new Float64Array(table.tasks.length * k)
  table.task.forEach((i, row) => { posterior[i * k + table.label[row]!]! += weights[table.worker[row]!]! })
  if (k === 0) return posterior
  for (let i = 0; i < table.tasks.length; i++) softmaxRow(posterior, i * k, (i + 1) * k)
  return posterior
}

function covariance(table: VoteTable): Covariance {
  const n = table.workers.length
  const byWorker = rowsByWorker(table)
  const first = new Int32Array(n + 1)
  const other: number[] = []
  const value: number[] = []
  const [common, equal] = [new Int32Array(n), new Int32Array(n)]
  for (let w = 0; w < n; w++) {
    const met: number[] = []
    for (let at = byWorker.first[w]!; at < byWorker.first[w + 1]!; at++) {
      const row = byWorker.rows[at]!
      const task = table.task[row]!
      for (let beside = table.first[task]!; beside < table.first[task + 1]!; beside++) {
        const partner = table.worker[beside]!
        if (partner === w) continue
        if (common[partner] === 0) met.push(partner)
        common[partner]! += 1
        if (table.label[row] === table.label[beside]) equal[partner]! += 1
      }
    }
    for (const partner of met.sort((a, b) => a - b)) {
      other.push(partner)
      value.push(beyondChance(equal[partner]! / common[partner]!, table.classes.length))
      common[partner] = equal[partner] = 0
    }
    first[w + 1] = other.length
  }
  return { first, other: Int32Array.from(other), value: Float64Array.from(value) }
}

const beyondChance = (agreement: number, k: number) => (k > 1 ? (agreement * k - 1) / (k - 1) : 1)

/** |s|, by alternating trimmed means of |C| / v. A worker without partners has 0. */
function complete(table: VoteTable, { first, other, value }: Covariance, seed: number, maxIterations: number, tolerance: number) {
  const n = table.workers.length
  const random = randomFrom(seed)
  let partners = Infinity
  for (let w = 0; w < n; w++) if (first[w + 1]! > first[w]!) partners = Math.min(partners, first[w + 1]! - first[w]!)
  const trim = Number.isFinite(partners) ? Math.max(0, Math.floor(partners / 2) - 1) : 0
  const u = Float64Array.from({ length: n }, () => 0.1 + 0.9 * random())
  const v = u.slice()
  const sweep = (target: Float64Array, source: Float64Array) => {
    for (let w = 0; w < n; w++) {
      const ratios: number[] = []
      for (let at = first[w]!; at < first[w + 1]!; at++) {
        const size = source[other[at]!]!
        if (size > 1e-9) ratios.push(Math.abs(value[at]!) / size)
      }
      target[w] = trimmedMean(ratios, trim, target[w]!)
    }
  }
  let [iterations, converged] = [0, n === 0]
  while (iterations < maxIterations && !converged) {
    iterations++
    const before = u.slice()
    sweep(v, u)
    sweep(u, v)
    converged = u.every((size, w) => Math.abs(size - before[w]!) < tolerance * (1 + size))
  }
  const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0))
  const scale = Math.sqrt(norm(v) / Math.max(1e-300, norm(u)))
  return { size: u.map((x, w) => (first[w + 1] === first[w] ? 0 : x * scale)), iterations, converged }
}

/** The mean without those of the F largest and F smallest values that lie beyond the present value (algorithm 1, lines 4 to 7). */
function trimmedMean(values: number[], trim: number, present: number): number {
  values.sort((a, b) => a - b)
  const low = values.filter((value) => value < present).length
  const high = values.filter((value) => value > present).length
  const kept = values.slice(Math.min(low, trim), values.length - Math.min(high, trim))
  return kept.length === 0 ? present : kept.reduce((sum, value) => sum + value, 0) / kept.length
}

/** Signs of the eigenvector of C with the largest eigenvalue, by power iteration from all ones; turned so that most are positive. */
function leadingSigns({ first, other, value }: Covariance, n: number): Float64Array {
  let vector = new Float64Array(n).fill(1)
  // No eigenvalue is larger in size than the largest row sum; with that much added to the diagonal none is negative.
  let shift = 1e-9
  for (let w = 0; w < n; w++) shift = Math.max(shift, value.subarray(first[w], first[w + 1]).reduce((sum, x) => sum + Math.abs(x), 0))
  for (let round = 0; round < 300; round++) {
    const next = vector.map((own, w) => {
      let sum = own * shift
      for (let at = first[w]!; at < first[w + 1]!; at++) sum += value[at]! * vector[other[at]!]!
      return sum
    })
    const norm = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0))
    vector = norm > 1e-300 ? next.map((x) => x / norm) : vector
  }
  const turn = vector.reduce((sum, x) => sum + Math.sign(x), 0) < 0 ? -1 : 1
  return vector.map((x) => (x * turn < 0 ? -1 : 1))
}
