import { normalCdf } from '#shared/agreement/normal.ts'
import { signedDistances } from './distance.ts'
import { sharesOf, trust } from './robust.ts'
import type { Votes } from './votes.ts'

export interface ShapeAverage {
  /** Mean signed distance to the border in cells, positive inside: its zero is the border of the average. */
  readonly distance: Float64Array
  /** The chance of each cell to be inside. */
  readonly inside: Float64Array
  /** One share a person. */
  readonly weights: number[]
}

/** Cells from the mean border within which people are compared. */
const zone = 3

/**
 * Shape-based averaging (Rohlfing & Maurer 2007, IEEE TITB 11(2), section II): the mean of people's signed distances to their own border. Other
 * than a vote it moves the border to where it is on average, and keeps a thing whole where people are apart by more than its
 * width. `given` weighs the people; with three or more a person whose border is far from the others' counts less (`trust`).
 * The chance of a cell: the border's place is normal with the variance of people's distances there (drawn to that of the whole border), over their number.
 */
export function shapeAverage({ grid: { columns, rows }, people, pattern, patterns }: Votes, given: readonly number[]): ShapeAverage {
  const distances = Array.from({ length: people }, (_, person) => signedDistances(Uint8Array.from(pattern, (of) => patterns[of]![person]!), columns, rows))
  let weights = sharesOf(given)
  let distance = meanOf(distances, weights)
  const rounds = people > 2 ? 3 : 0
  for (let round = 0; round < rounds; round++) {
    weights = trusted(distances, distance, given)
    distance = meanOf(distances, weights)
  }
  return { distance, inside: chances(distances, distance, weights), weights }
}

function meanOf(distances: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const mean = new Float64Array(distances[0]?.length ?? 0)
  distances.forEach((own, person) => {
    const weight = weights[person]!
    if (weight > 0) for (let at = 0; at < mean.length; at++) mean[at]! += weight * own[at]!
  })
  return mean
}

/** Each person's mean square from the mean border, over that of the middle person whose noise has the same weight. */
function trusted(distances: readonly Float64Array[], mean: Float64Array, given: readonly number[]): number[] {
  const near: number[] = []
  mean.forEach((value, at) => { if (Math.abs(value) <= zone) near.push(at) })
  const shares = sharesOf(given)
  const squares = distances.map((own, person) => near.reduce((sum, at) => sum + (own[at]! - mean[at]!) ** 2, 0) * shares[person]!)
  const usual = squares.toSorted((a, b) => a - b)[Math.floor((squares.length - 1) / 2)]! || squares.reduce((sum, own) => sum + own, 0) / squares.length
  return sharesOf(squares.map((own, person) => given[person]! * (usual > 0 ? trust(own / usual) : 1)))
}

function chances(distances: readonly Float64Array[], mean: Float64Array, weights: readonly number[]): Float64Array {
  const concentration = weights.reduce((sum, weight) => sum + weight ** 2, 0)
  const free = 1 - concentration
  const local = new Float64Array(mean.length)
  let near = 0, whole = 0
  for (let at = 0; at < mean.length; at++) {
    let sum = 0
    distances.forEach((own, person) => { sum += weights[person]! * (own[at]! - mean[at]!) ** 2 })
    local[at] = free > 1e-9 ? sum / free : 0
    if (Math.abs(mean[at]!) > zone) continue
    near++
    whole += local[at]!
  }
  const usual = near > 0 ? whole / near : 0
  const count = free > 1e-9 ? 1 / concentration - 1 : 0
  return mean.map((value, at) => {
    const variance = ((2 * usual + count * local[at]!) / (2 + count)) * concentration
    return variance > 0 ? normalCdf(value / Math.sqrt(variance)) : value > 0 ? 1 : 0
  })
}
