import { median, sharesOf } from './robust.ts'

/** Where one person's habit stands, coordinate by coordinate, and the variance of each. */
export interface Standing { readonly at: readonly number[]; readonly variance: readonly number[] }

export interface CommonZero {
  /** One share a person: the zero is the mean of the standings with these weights. */
  readonly weights: number[]
  /** Variance of each coordinate of the zero. */
  readonly variance: number[]
}

/** So many people have no habit to speak of. */
const without = 0.6
const rounds = 8
/** Of many people only those about whom most is known are held to be without in turn. */
const candidates = 24

/**
 * Which habit is none. People's drawings tell only how their habits differ; if all share one, no data can tell. What is assumed: `without` of all people have hardly any
 * habit (a normal of width `usual`), the others one of any size (exponential); of these the share `upwards` on the upper side. So where most stand together, the zero is there, wherever the others are; of two
 * people who stand apart it is in the middle, or nearer the lower one where habits mostly go upwards.
 *
 * Each person in turn (of many, 24) is held to be without; the zero that follows (by EM for who else is) has the weight of its likelihood, squared: between the mean and the most
 * likely, because an overlap suffers from an error itself, not from its square.
 */
export function commonZero(people: readonly Standing[], usual: number, upwards = 0.5): CommonZero {
  const dimensions = people[0]?.at.length ?? 0
  const wide = widthOf(people, usual)
  const doubt = ({ variance }: Standing) => variance.reduce((sum, own) => sum + own, 0)
  const known = people.map((_, p) => p).sort((a, b) => doubt(people[a]!) - doubt(people[b]!) || people[a]!.at[0]! - people[b]!.at[0]!).slice(0, candidates)
  const found = known.map((p) => zeroAround(people, p, { usual, wide, upwards }))
  // Those that came to the same zero are one.
  const twins = (one: Candidate) => found.reduce((sum, other) => sum + Math.exp(-8 * one.zero.reduce((squared, value, d) => squared + ((value - other.zero[d]!) / usual) ** 2, 0)), 0)
  const most = Math.max(...found.map(({ likelihood }) => likelihood))
  const chances = sharesOf(found.map((one) => Math.exp(one.likelihood - most) / twins(one)))
  const counted = sharesOf(found.map((one) => Math.exp(2 * (one.likelihood - most)) / twins(one)))
  const weights = people.map((_, p) => found.reduce((sum, one, at) => sum + counted[at]! * one.weights[p]!, 0))
  const mean = (d: number) => people.reduce((sum, { at }, p) => sum + weights[p]! * at[d]!, 0)
  const variance = Array.from({ length: dimensions }, (_, d) => found.reduce((sum, { zero, variance: own }, at) => sum + chances[at]! * (own[d]! + (zero[d]! - mean(d)) ** 2), 0))
  return { weights, variance }
}

interface Model { readonly usual: number; readonly wide: number; readonly upwards: number }
interface Candidate { readonly zero: number[]; readonly weights: number[]; readonly variance: number[]; readonly likelihood: number }

/** How far the habits that some have reach: from how far all are apart, but well beyond the usual. */
function widthOf(people: readonly Standing[], usual: number): number {
  const away = (people[0]?.at ?? []).map((_, d) => {
    const middle = median(people.map(({ at }) => at[d]!))
    return people.reduce((sum, { at }) => sum + Math.abs(at[d]! - middle), 0) / people.length
  })
  return Math.max(5 * usual, 2 * Math.max(0, ...away))
}

function zeroAround(people: readonly Standing[], first: number, model: Model): Candidate {
  const dimensions = people[first]!.at.length
  let zero = [...people[first]!.at]
  let weights: number[] = [], likelihood = 0, variance: number[] = []
  for (let round = 0; round < rounds; round++) {
    const chances = people.map((one) => chanceWithout(one, zero, model))
    likelihood = chances.reduce((sum, { log }) => sum + log, 0)
    const precisions = people.map((one, p) => chances[p]!.without / (model.usual ** 2 + one.variance.reduce((sum, own) => sum + own, 0) / dimensions))
    weights = sharesOf(precisions)
    zero = zero.map((_, d) => people.reduce((sum, { at }, p) => sum + weights[p]! * at[d]!, 0))
    variance = zero.map((_, d) => people.reduce((sum, one, p) => sum + weights[p]! ** 2 * (model.usual ** 2 + one.variance[d]!), 0))
  }
  return { zero, weights, variance, likelihood }
}

/** The chance that a person is without habit if the zero is there, and the logarithm of how likely their standing is. */
function chanceWithout({ at, variance }: Standing, zero: readonly number[], { usual, wide, upwards }: Model): { without: number; log: number } {
  // Smooth about the zero itself, where rounding would choose.
  const up = Math.tanh(at.reduce((sum, value, d) => sum + value - zero[d]!, 0) / at.length / usual)
  let narrow = Math.log(without), broad = Math.log((1 - without) * (1 + up * (2 * upwards - 1)))
  at.forEach((value, d) => {
    const own = usual ** 2 + variance[d]!, off = value - zero[d]!
    narrow -= Math.log(2 * Math.PI * own) / 2 + off ** 2 / own / 2
    const reach = Math.sqrt(wide ** 2 + variance[d]!)
    broad -= Math.log(2 * reach) + Math.abs(off) / reach
  })
  const most = Math.max(narrow, broad)
  const log = most + Math.log(Math.exp(narrow - most) + Math.exp(broad - most))
  return { without: Math.exp(narrow - log), log }
}
