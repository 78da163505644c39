import { normalCdf } from '#shared/agreement/normal.ts'
import type { Polygon } from '#shared/model/geometry.ts'
import { outlineDistances } from './outlineDistance.ts'
import { sharesOf, trust } from './robust.ts'
import { cellsIn, type Grid } from './votes.ts'

export interface ShapeAverage {
  /** Mean signed distance to the border in cells, positive inside: its zero is the border of the average. */
  readonly distance: Float64Array
  /** The chance of each cell to be inside. */
  readonly inside: Float64Array
  /** One share a person. */
  readonly weights: number[]
}

const nowhere: Polygon = { kind: 'polygon', parts: [] }

/** Cells from the mean border within which the variance is pooled. */
const zone = 3

/**
 * Shape-based averaging (Rohlfing & Maurer 2007, IEEE TITB 11(2)): the mean of people's signed distances to their own border. Other
 * than a vote it moves the border to where it is on average, and keeps a thing whole where people are apart by more than its
 * width. `given` weighs the people; with three or more a person whose border is far from the others' counts less (`trust`).
 * The chance of a cell: the border's place is normal with the variance of people's distances there (drawn to that of the whole border), over their number.
 */
export function shapeAverage(outlines: readonly (Polygon | null)[], grid: Grid, given: readonly number[]): ShapeAverage {
  const cells = outlines.map((outline) => (outline ? cellsIn(outline, grid) : new Uint8Array(grid.columns * grid.rows)))
  const distances = outlines.map((outline, at) => outlineDistances(outline ?? nowhere, grid, cells[at]!))
  const some = given.map((weight, at) => (cells[at]!.includes(1) ? weight : 0))
  const weights = outlines.length > 2 ? trusted(distances, some) : sharesOf(some)
  const distance = meanOf(distances, weights)
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

/** By each person's mean square from the median of all near anybody's border, over that of the middle person; less than a cell is no distance. */
function trusted(distances: readonly Float64Array[], given: readonly number[]): number[] {
  const shares = sharesOf(given)
  const squares = distances.map(() => 0)
  const own = new Float64Array(distances.length)
  let near = 0
  for (let at = 0; at < distances[0]!.length; at++) {
    let close = false
    for (let p = 0; p < own.length; p++) {
      own[p] = distances[p]![at]!
      if (Math.abs(own[p]!) <= 1) close = true
    }
    if (!close) continue
    near++
    const middle = middleOf(own)
    for (let p = 0; p < own.length; p++) squares[p]! += (distances[p]![at]! - middle) ** 2
  }
  const scaled = squares.map((sum, p) => (sum / Math.max(1, near)) * shares[p]!)
  const usual = Math.max(scaled.toSorted((a, b) => a - b)[Math.floor((scaled.length - 1) / 2)]!, 1 / distances.length)
  return sharesOf(scaled.map((square, p) => given[p]! * trust(square / usual)))
}

/** The median; sorts the values. */
function middleOf(sorted: Float64Array): number {
  sorted.sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function chances(distances: readonly Float64Array[], mean: Float64Array, weights: readonly number[]): Float64Array {
  const concentration = weights.reduce((sum, weight) => sum + weight ** 2, 0)
  const free = 1 - concentration
  const local = new Float64Array(mean.length)
  let near = 0, whole = 0
  for (let at = 0; at < mean.length; at++) {
    let sum = 0
    for (let person = 0; person < distances.length; person++) sum += weights[person]! * (distances[person]![at]! - mean[at]!) ** 2
    local[at] = free > 1e-9 ? sum / free : 0
    if (Math.abs(mean[at]!) > zone) continue
    near++
    whole += local[at]!
  }
  const usual = near > 0 ? whole / near : 0
  const count = free > 1e-9 ? 1 / concentration - 1 : 0
  return mean.map((value, at) => {
    const variance = ((2 * usual + count * local[at]!) / (2 + count)) * concentration
    if (!(variance * 36 > value * value)) return value > 0 ? 1 : 0
    return normalCdf(value / Math.sqrt(variance))
  })
}
