import type { Estimator } from './bootstrap.ts'
import type { ItemTable } from './itemTable.ts'

/** What a mark says about its thing; null is an answer, undefined none. `mark` is undefined where the person marked nothing there. */
export type ValueOf = (mark: { readonly label: string | null } | undefined) => string | undefined

const absent = '\u0000absent', unnamed = '\u0000unnamed'

/** The label, and for who marked nothing "missing" as a value of its own. */
export const labelOrMissing: ValueOf = (mark) => (mark ? mark.label ?? unnamed : absent)
/** The label; who marked nothing says nothing. */
export const labelIfMarked: ValueOf = (mark) => (mark ? mark.label ?? unnamed : undefined)
/** What `isLabel` says of a mark with the label. */
export const thisLabel = 'this'
/** One label against all else, "missing" included. */
export const isLabel = (label: string): ValueOf => (mark) => (mark?.label === label ? thisLabel : 'other')

/** What one item adds to alpha: its values that can be paired, and how far they differ. */
export interface ItemTally {
  /** Disagreeing ordered pairs of values of one thing over (m − 1), summed over things; and the values of things that have two or more. */
  readonly within: number
  readonly total: number
  /** Of those, how often each value was given. */
  readonly values: ReadonlyMap<string, number>
  /** Things that two values were given for. */
  readonly things: number
}

/** What an item adds, seen through what `valueOf` hears. */
export function tallyItem({ people, things }: Pick<ItemTable, 'people' | 'things'>, valueOf: ValueOf): ItemTally {
  const values = new Map<string, number>()
  let within = 0, total = 0, paired = 0
  for (const { marks } of things) {
    const said: string[] = []
    let next = 0
    for (const person of people) {
      const value = valueOf(marks[next]?.person === person ? marks[next++] : undefined)
      if (value !== undefined) said.push(value)
    }
    if (said.length < 2) continue
    paired++
    let differing = 0
    for (const a of said) {
      values.set(a, (values.get(a) ?? 0) + 1)
      for (const b of said) if (a !== b) differing++
    }
    within += differing / (said.length - 1)
    total += said.length
  }
  return { within, total, values, things: paired }
}

/**
 * Localise, then alpha: the things found by matching are the units, the item's people the raters, their labels the values, and alpha
 * is Krippendorff's for nominal data (see alpha.ts). With `labelOrMissing` a thing that somebody did not mark is a disagreement, so that the figure knows about
 * place and misses (as in Tschirschwitz et al. 2023, "Drawing the Same Bounding Box Twice?", where who did not mark a thing
 * gets a filler class); with `labelIfMarked` it is agreement on names alone. An item is a unit of resampling with all its things.
 */
export function localisedAlpha(items: readonly ItemTally[]): Estimator {
  const { code, count, starts, size } = coded(items)
  const totals = new Float64Array(size)
  const alpha = (sum: number, within: number, squares: number) => {
    const between = sum * sum - squares
    return between > 0 ? 1 - ((sum - 1) * within) / between : null
  }
  const summed = (weights: ArrayLike<number>) => {
    totals.fill(0)
    let within = 0, sum = 0
    for (let at = 0; at < items.length; at++) {
      const weight = weights[at]!, item = items[at]!
      if (weight === 0) continue
      within += weight * item.within
      sum += weight * item.total
      for (let entry = starts[at]!; entry < starts[at + 1]!; entry++) totals[code[entry]!]! += weight * count[entry]!
    }
    return { sum, within, squares: totals.reduce((squares, one) => squares + one * one, 0) }
  }
  const times = new Float64Array(items.length).fill(1)
  return {
    times, steps: code.length + items.length,
    estimate(weights) {
      const { sum, within, squares } = summed(weights)
      return alpha(sum, within, squares)
    },
    leftOut() {
      const all = summed(times)
      return items.map((item, at) => {
        let squares = all.squares
        for (let entry = starts[at]!; entry < starts[at + 1]!; entry++) squares += count[entry]! * (count[entry]! - 2 * totals[code[entry]!]!)
        return alpha(all.sum - item.total, all.within - item.within, squares)
      })
    },
  }
}

/** The values of each item as numbers, item after item; `starts` says where each item's begin. */
function coded(items: readonly ItemTally[]): { code: Int32Array; count: Float64Array; starts: Int32Array; size: number } {
  const codes = new Map<string, number>()
  const code: number[] = [], count: number[] = [], starts = [0]
  for (const { values } of items) {
    for (const [value, times] of values) {
      if (!codes.has(value)) codes.set(value, codes.size)
      code.push(codes.get(value)!)
      count.push(times)
    }
    starts.push(code.length)
  }
  return { code: Int32Array.from(code), count: Float64Array.from(count), starts: Int32Array.from(starts), size: codes.size }
}

/** Σ of one figure over Σ of another, each summed per item; null where the second is 0. */
export function ratioOfSums(parts: readonly (readonly [over: number, under: number])[]): Estimator {
  const over = Float64Array.from(parts, ([one]) => one), under = Float64Array.from(parts, ([, one]) => one)
  const times = new Float64Array(parts.length).fill(1)
  const summed = (weights: Float64Array) => {
    let a = 0, b = 0
    for (let at = 0; at < weights.length; at++) {
      a += weights[at]! * over[at]!
      b += weights[at]! * under[at]!
    }
    return [a, b] as const
  }
  return {
    times, steps: parts.length,
    estimate(weights) {
      const [a, b] = summed(weights)
      return b > 0 ? a / b : null
    },
    leftOut() {
      const [a, b] = summed(times)
      return parts.map(([one, of]) => (b - of > 0 ? (a - one) / (b - of) : null))
    },
  }
}
