import type { Votes } from './votes.ts'

export interface StapleOptions {
  /**
   * The prior chance of a cell to be inside. A number is the same for all cells (Warfield's global prior γ); a field gives one for each cell,
   * as from an atlas. Left out: the mean of all votes, the paper's choice where there is no better knowledge.
   */
  readonly prior?: number | ArrayLike<number> | undefined
  /**
   * How many cells outside all areas are counted. How much background is around a thing changes STAPLE's answer: the more of it, the surer
   * everybody's specificity, and the more is inside that only two people marked. `balanced`, the default: as many as make the mean vote ½ (none when it is less already),
   * so the answer does not depend on the margin of the grid; `all`: those of the grid, as in the paper.
   */
  readonly background?: 'balanced' | 'all' | undefined
  /** Before the first E-step, everybody's sensitivity and specificity. Default 0.99999, as the reference program (ITK) has it. */
  readonly start?: number | undefined
  readonly maxIterations?: number | undefined
}

export interface Staple {
  /** The chance of each pattern's cells to be inside; with a prior for each cell, its mean over the pattern's cells. */
  readonly ofPattern: Float64Array
  /** The chance of each cell, row by row. */
  readonly inside: Float64Array
  /** Of what is inside, the share each person marked; of what is outside, the share they did not. */
  readonly sensitivity: Float64Array
  readonly specificity: Float64Array
  /** The prior: the mean of the field where one was given. */
  readonly prior: number
  readonly iterations: number
  readonly converged: boolean
}

/** Sensitivities and specificities stay so far from 0 and 1, that no vote is ever beyond doubt and no logarithm infinite. */
const least = 1e-6

/**
 * STAPLE for two labels (Warfield, Zou & Wells 2004, IEEE TMI 23(7)). E-step: the chance of a cell is
 * f Π p^d (1 − p)^(1−d) over that plus (1 − f) Π q^(1−d) (1 − q)^d. M-step: p is the share of the inside that was marked, q of the
 * outside that was not. Cells with the same votes share one chance, so an iteration costs as much as there are patterns, not cells
 * (with a prior for each cell it costs one exponential a cell). Stops when no p or q changes by more than 1e-7.
 *
 * Nobody marked anything: all 0. One person, or all alike: their area.
 */
export function staple(votes: Votes, { prior, background = 'balanced', start = 0.99999, maxIterations = 500 }: StapleOptions = {}): Staple {
  const { people, patterns } = votes
  const cells = countedCells(votes, background)
  const field = typeof prior === 'object' ? prior : null
  const mean = typeof prior === 'number' ? prior : field ? meanOf(field) : meanVote(votes, cells)
  const sensitivity = new Float64Array(people).fill(start), specificity = new Float64Array(people).fill(start)
  let ofPattern = new Float64Array(patterns.length)
  let iterations = 0, converged = meanVote(votes, cells) === 0
  while (!converged && iterations < maxIterations) {
    iterations++
    const evidence = Float64Array.from(patterns, (own) => logOdds(own, sensitivity, specificity))
    ofPattern = field ? meanByPattern(votes, field, evidence) : evidence.map((own) => logistic(own + logit(mean)))
    converged = maximise(votes, cells, ofPattern, sensitivity, specificity) < 1e-7
  }
  const evidence = Float64Array.from(patterns, (own) => logOdds(own, sensitivity, specificity))
  const nothing = iterations === 0
  const inside = new Float64Array(votes.pattern.length)
  for (let at = 0; at < inside.length; at++) {
    const of = votes.pattern[at]!
    inside[at] = field && !nothing ? logistic(evidence[of]! + logit(field[at]!)) : ofPattern[of]!
  }
  return { ofPattern, inside, sensitivity, specificity, prior: mean, iterations, converged }
}

function countedCells({ cells, patterns, people }: Votes, background: 'balanced' | 'all'): number[] {
  if (background === 'all') return cells
  let marks = 0, marked = 0
  patterns.forEach((own, at) => {
    marks += cells[at]! * own.reduce((sum, vote) => sum + vote, 0)
    if (at > 0) marked += cells[at]!
  })
  return cells.map((count, at) => (at === 0 ? Math.max(0, (2 * marks) / people - marked) : count))
}

function meanVote({ patterns, people }: Votes, cells: readonly number[]): number {
  let marks = 0, all = 0
  patterns.forEach((own, at) => {
    marks += cells[at]! * own.reduce((sum, vote) => sum + vote, 0)
    all += cells[at]!
  })
  return all > 0 && people > 0 ? marks / (all * people) : 0
}

const meanOf = (field: ArrayLike<number>): number => {
  let sum = 0
  for (let at = 0; at < field.length; at++) sum += field[at]!
  return field.length > 0 ? sum / field.length : 0
}

const bounded = (value: number): number => Math.min(1 - least, Math.max(least, value))
const logit = (value: number): number => Math.log(bounded(value) / (1 - bounded(value)))
const logistic = (value: number): number => 1 / (1 + Math.exp(-value))

function logOdds(votes: Uint8Array, sensitivity: Float64Array, specificity: Float64Array): number {
  let sum = 0
  votes.forEach((vote, person) => {
    const p = bounded(sensitivity[person]!), q = bounded(specificity[person]!)
    sum += vote ? Math.log(p / (1 - q)) : Math.log((1 - p) / q)
  })
  return sum
}

function meanByPattern({ pattern, cells }: Votes, field: ArrayLike<number>, evidence: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(evidence.length)
  for (let at = 0; at < pattern.length; at++) sums[pattern[at]!]! += logistic(evidence[pattern[at]!]! + logit(field[at]!))
  return sums.map((sum, of) => (cells[of]! > 0 ? sum / cells[of]! : 0))
}

/** The greatest change. */
function maximise({ patterns, people }: Votes, cells: readonly number[], ofPattern: Float64Array, sensitivity: Float64Array, specificity: Float64Array): number {
  let inside = 0, outside = 0
  patterns.forEach((_, at) => {
    inside += cells[at]! * ofPattern[at]!
    outside += cells[at]! * (1 - ofPattern[at]!)
  })
  let change = 0
  for (let person = 0; person < people; person++) {
    let hit = 0, left = 0
    patterns.forEach((own, at) => {
      if (own[person]) hit += cells[at]! * ofPattern[at]!
      else left += cells[at]! * (1 - ofPattern[at]!)
    })
    const p = inside > 0 ? hit / inside : sensitivity[person]!, q = outside > 0 ? left / outside : specificity[person]!
    change = Math.max(change, Math.abs(p - sensitivity[person]!), Math.abs(q - specificity[person]!))
    sensitivity[person] = p
    specificity[person] = q
  }
  return change
}
