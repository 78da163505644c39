import { normalCdf, normalQuantile } from './normal.ts'
import { seededRandom } from './random.ts'

/** A coefficient as a function of how often each kind of unit was seen. */
export interface Estimator {
  /** How many units of each kind there are. */
  readonly times: Float64Array
  /** The coefficient when kind `i` was seen `weights[i]` times; null where it has no value. */
  estimate(weights: Float64Array): number | null
  /** The coefficient with one unit of each kind left out, in their order, where that is cheaper than to ask `estimate` for each. */
  leftOut?(): readonly (number | null)[]
  /** Elementary steps of one estimate, roughly: it limits the number of replicates. */
  readonly steps: number
}

export interface BootstrapOptions {
  readonly seed?: number | undefined
  /** Default 1000, and down to 200 on large tables. */
  readonly replicates?: number | undefined
  /** Default 0.95. */
  readonly confidence?: number | undefined
}

export interface Interval { readonly low: number; readonly high: number; readonly confidence: number; readonly replicates: number }

/** Elementary steps that an interval may take, about a second. */
const budget = 1e7
const most = 1000, least = 200
/** Above this an estimate is too dear to be repeated. */
const mostSteps = 3e6
/** Above this many steps of the jackknife the acceleration is taken as 0 (bias-corrected, BC): with many units it is near it. */
const jackknifeBudget = 3e6

/**
 * A bias-corrected and accelerated bootstrap interval over units (Efron & Tibshirani 1993, An Introduction to the Bootstrap,
 * section 14.3, equations 14.9 to 14.15): units are drawn with replacement, all their ratings with them. Ties of the replicates with
 * the estimate count half. Replicates without a value are left out. Null with fewer than two units, when more than half of the
 * replicates have no value, when none or all of them reach the estimate (resampling changes what is measured, as where pairs of people share
 * two or three units), or when an estimate is too dear to be repeated. Deterministic for a seed.
 */
export function bootstrapInterval(estimator: Estimator, value: number, options: BootstrapOptions = {}): Interval | null {
  const { seed = 1, confidence = 0.95 } = options
  const units = estimator.times.reduce((sum, times) => sum + times, 0)
  if (units < 2 || estimator.steps > mostSteps) return null
  const replicates = options.replicates ?? Math.min(most, Math.max(least, Math.floor(budget / (estimator.steps + units))))
  const values = replicatesOf(estimator, units, replicates, seed)
  if (values.length * 2 < replicates) return null
  values.sort()
  let below = 0
  for (const one of values) below += one < value - 1e-12 ? 1 : one <= value + 1e-12 ? 0.5 : 0
  if (below === 0 || below === values.length) return null
  const bias = normalQuantile(below / values.length)
  const acceleration = estimator.leftOut || estimator.times.length * estimator.steps <= jackknifeBudget ? accelerationOf(estimator) : 0
  const at = (p: number) => {
    const z = bias + normalQuantile(p)
    return quantile(values, normalCdf(bias + z / (1 - acceleration * z)))
  }
  const tail = (1 - confidence) / 2
  return { low: at(tail), high: at(1 - tail), confidence, replicates: values.length }
}

function replicatesOf({ times, estimate }: Estimator, units: number, replicates: number, seed: number): Float64Array {
  const resamples = resamplesOf(times, units, replicates, seed)
  const weights = new Float64Array(times.length)
  const values: number[] = []
  for (let replicate = 0; replicate < replicates; replicate++) {
    resamples(replicate, weights)
    const value = estimate(weights)
    if (value !== null) values.push(value)
  }
  return Float64Array.from(values)
}

type Resamples = (replicate: number, into: Float64Array) => void

/** Draws as many units as there are; `into[kind]` is how often a kind was drawn. Replicates are asked for in order. */
function resamplesOf(times: Float64Array, units: number, replicates: number, seed: number): Resamples {
  if (units === times.length && units * replicates <= mostKept) return keptResamples(units, replicates, seed)
  const kindOf = new Int32Array(units)
  let at = 0
  times.forEach((count, kind) => { kindOf.fill(kind, at, (at += count)) })
  const random = seededRandom(seed)
  return (_, into) => {
    into.fill(0)
    for (let draw = 0; draw < units; draw++) into[kindOf[random.below(units)]!]!++
  }
}

/** The resamples last drawn, 8 bits a unit: a report asks for the same ones for each of its figures. */
let kept: { readonly key: string; readonly counts: Uint8Array } | null = null
const mostKept = 4e6

function keptResamples(units: number, replicates: number, seed: number): Resamples {
  const key = `${units} ${replicates} ${seed}`
  const { counts } = (kept = kept?.key === key ? kept : { key, counts: drawCounts(units, replicates, seed) })
  return (replicate, into) => {
    const from = replicate * units
    for (let unit = 0; unit < units; unit++) into[unit] = counts[from + unit]!
  }
}

function drawCounts(units: number, replicates: number, seed: number): Uint8Array {
  const counts = new Uint8Array(units * replicates)
  const random = seededRandom(seed)
  for (let replicate = 0; replicate < replicates; replicate++)
    for (let draw = 0; draw < units; draw++) counts[replicate * units + random.below(units)]!++
  return counts
}

/** The acceleration from the jackknife over units, equation 14.15. */
function accelerationOf(estimator: Estimator): number {
  const left: [value: number, times: number][] = []
  const all = estimator.leftOut?.() ?? leftOutOf(estimator)
  all.forEach((value, kind) => { if (value !== null) left.push([value, estimator.times[kind]!]) })
  const count = left.reduce((sum, [, n]) => sum + n, 0)
  const mean = left.reduce((sum, [value, n]) => sum + value * n, 0) / Math.max(1, count)
  let squares = 0, cubes = 0
  for (const [value, n] of left) {
    squares += n * (mean - value) ** 2
    cubes += n * (mean - value) ** 3
  }
  return squares > 1e-24 ? cubes / (6 * squares ** 1.5) : 0
}

function leftOutOf({ times, estimate }: Estimator): (number | null)[] {
  const weights = times.slice()
  return Array.from(times, (count, kind) => {
    weights[kind] = count - 1
    const value = estimate(weights)
    weights[kind] = count
    return value
  })
}

/** Linear between the order statistics; `values` sorted, not empty. */
function quantile(values: Float64Array, p: number): number {
  const at = Math.min(1, Math.max(0, p)) * (values.length - 1)
  const low = values[Math.floor(at)]!, high = values[Math.ceil(at)]!
  return low + (high - low) * (at - Math.floor(at))
}
