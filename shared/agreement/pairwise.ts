import type { Estimator } from './bootstrap.ts'
import type { Ratings } from './ratings.ts'
import { chanceAgreement, type AgreementWeights } from './weights.ts'

/** Who with whom, on which unit, saying what: sorted by pair. */
interface Meetings {
  /** Where each pair's meetings begin, and their end at last. */
  readonly starts: Int32Array
  readonly pairs: readonly (readonly [first: number, second: number])[]
  readonly unit: Int32Array
  readonly first: Int32Array
  readonly second: Int32Array
}

function meetingsOf(units: Ratings['units'], raters: readonly string[]): Meetings {
  const total = units.reduce((sum, unit) => sum + (unit.raters.length * (unit.raters.length - 1)) / 2, 0)
  const pairOf = new Float64Array(total)
  const columns = { unit: new Int32Array(total), first: new Int32Array(total), second: new Int32Array(total) }
  let at = 0
  units.forEach((unit, index) => {
    for (let i = 0; i < unit.raters.length; i++) {
      for (let j = i + 1; j < unit.raters.length; j++, at++) {
        pairOf[at] = unit.raters[i]! * raters.length + unit.raters[j]!
        columns.unit[at] = index
        columns.first[at] = unit.categories[i]!
        columns.second[at] = unit.categories[j]!
      }
    }
  })
  const order = pairOf.map((pair, index) => pair * total + index).sort()
  const starts: number[] = [], pairs: [number, number][] = []
  let last = -1
  order.forEach((key, index) => {
    const pair = Math.floor(key / total)
    if (pair === last) return
    last = pair
    starts.push(index)
    pairs.push([Math.floor(pair / raters.length), pair % raters.length])
  })
  const sorted = (column: Int32Array) => Int32Array.from(order, (key) => column[key % total]!)
  return { starts: Int32Array.from([...starts, total]), pairs, unit: sorted(columns.unit), first: sorted(columns.first), second: sorted(columns.second) }
}

/** One pair of people: the coefficient (null where it has none) and the units that both judged. */
export interface PairValue { readonly first: string; readonly second: string; readonly value: number | null; readonly n: number }

export interface PairwiseEstimator extends Estimator { readonly pairs: readonly PairValue[] }

/**
 * Cohen's kappa (Cohen 1960, equation 1; weighted, Cohen 1968) between two people over the units both judged; for more
 * people the mean over the pairs that have a value (Light 1971). A pair has none when both used one and the same category only:
 * chance agreement is 1. With `observed` the share of agreement, chance left in: the mean of the pairs' percentages.
 */
export function pairwiseEstimator(ratings: Ratings, weights: AgreementWeights, kind: 'kappa' | 'observed'): PairwiseEstimator {
  const size = ratings.categories.length
  const units = ratings.units.filter((unit) => unit.raters.length > 1)
  const { starts, pairs, unit, first, second } = meetingsOf(units, ratings.raters)
  const rows = new Float64Array(size), columns = new Float64Array(size)

  const valueOf = (pair: number, given: Float64Array): number | null => {
    const from = starts[pair]!, to = starts[pair + 1]!
    let sum = 0, agreed = 0
    for (let at = from; at < to; at++) {
      const weight = given[unit[at]!]!
      sum += weight
      agreed += weight * weights.of(first[at]!, second[at]!)
      rows[first[at]!]! += weight
      columns[second[at]!]! += weight
    }
    const chance = kind === 'kappa' ? chanceAgreement(weights, rows, columns) : 0
    for (let at = from; at < to; at++) rows[first[at]!] = columns[second[at]!] = 0
    if (sum === 0) return null
    if (kind === 'observed') return agreed / sum
    const left = sum * sum - chance
    return left > 1e-9 * sum * sum ? (agreed * sum - chance) / left : null
  }
  const times = new Float64Array(units.length).fill(1)
  return {
    times, steps: unit.length * 3 + pairs.length * (weights.plain ? size : size * size),
    estimate(given) {
      let sum = 0, count = 0
      for (let pair = 0; pair < pairs.length; pair++) {
        const value = valueOf(pair, given)
        if (value === null) continue
        sum += value
        count++
      }
      return count > 0 ? sum / count : null
    },
    pairs: pairs.map(([a, b], at) => ({ first: ratings.raters[a]!, second: ratings.raters[b]!, value: valueOf(at, times), n: starts[at + 1]! - starts[at]! })),
  }
}
