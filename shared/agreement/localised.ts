import type { Estimator } from './bootstrap.ts'
import type { ItemTable } from './itemTable.ts'

/** What a mark says about its thing; null is an answer, undefined none. `mark` is undefined where the person marked nothing there. */
export type ValueOf = (mark: { readonly label: string | null } | undefined) => string | undefined

const absent = '\u0000absent', unnamed = '\u0000unnamed'

/** The label, and for who marked nothing "missing" as a value of its own. */
export const labelOrMissing: ValueOf = (mark) => (mark ? mark.label ?? unnamed : absent)
/** The label; who marked nothing says nothing. */
export const labelIfMarked: ValueOf = (mark) => (mark ? mark.label ?? unnamed : undefined)
/** One label against all else, "missing" included. */
export const isLabel = (label: string): ValueOf => (mark) => (mark?.label === label ? 'this' : 'other')

/**
 * Localise, then alpha: the things found by matching are the units, the item's people the raters, their labels the values, and alpha
 * is Krippendorff's for nominal data (see alpha.ts). With `labelOrMissing` a thing that somebody did not mark is a disagreement, so that the figure knows about
 * place and misses (as in Tschirschwitz et al. 2023, "Drawing the Same Bounding Box Twice?", where who did not mark a thing
 * gets a filler class); with `labelIfMarked` it is agreement on names alone. An item is a unit of resampling with all its things;
 * `views` are the tables that one item contributes.
 */
export function localisedAlpha(views: readonly (readonly ItemTable[])[], valueOf: ValueOf): Estimator & { readonly things: number } {
  const { items, code, count, starts, size, things } = tally(views, valueOf)
  const totals = new Float64Array(size)
  return { things, times: new Float64Array(items.length).fill(1), steps: code.length + items.length, estimate(weights) {
    totals.fill(0)
    let within = 0, sum = 0
    for (let at = 0; at < items.length; at++) {
      const weight = weights[at]!, item = items[at]!
      if (weight === 0) continue
      within += weight * item.within
      sum += weight * item.total
      for (let entry = starts[at]!; entry < starts[at + 1]!; entry++) totals[code[entry]!]! += weight * count[entry]!
    }
    const between = sum * sum - totals.reduce((squares, one) => squares + one * one, 0)
    return between > 0 ? 1 - ((sum - 1) * within) / between : null
  } }
}

interface Tally {
  /** Per item: disagreeing pairs over (m − 1), and values that can be paired. */
  readonly items: readonly { readonly within: number; readonly total: number }[]
  /** How often each value was given, item after item; `starts` says where each item's begin. */
  readonly code: Int32Array
  readonly count: Float64Array
  readonly starts: Int32Array
  readonly size: number
  /** Things that two values were given for. */
  readonly things: number
}

function tally(views: readonly (readonly ItemTable[])[], valueOf: ValueOf): Tally {
  const codes = new Map<string, number>()
  const codeOf = (value: string) => codes.get(value) ?? codes.set(value, codes.size).get(value)!
  const ofItem: number[] = [], code: number[] = [], count: number[] = [], starts = [0]
  let paired = 0
  const items = views.map((tables) => {
    let within = 0, total = 0
    for (const { people, things } of tables) {
      for (const { marks } of things) {
        const values: number[] = []
        let next = 0
        for (const person of people) {
          const value = valueOf(marks[next]?.person === person ? marks[next++] : undefined)
          if (value !== undefined) values.push(codeOf(value))
        }
        if (values.length < 2) continue
        paired++
        let differing = 0
        for (const a of values) {
          ofItem[a] = (ofItem[a] ?? 0) + 1
          for (const b of values) if (a !== b) differing++
        }
        within += differing / (values.length - 1)
        total += values.length
      }
    }
    ofItem.forEach((times, at) => {
      if (times > 0) { code.push(at); count.push(times) }
      ofItem[at] = 0
    })
    starts.push(code.length)
    return { within, total }
  })
  return { items, code: Int32Array.from(code), count: Float64Array.from(count), starts: Int32Array.from(starts), size: codes.size, things: paired }
}

/** Σ of one figure over Σ of another, each summed per item; null where the second is 0. */
export function ratioOfSums(parts: readonly (readonly [over: number, under: number])[]): Estimator {
  return { times: new Float64Array(parts.length).fill(1), steps: parts.length, estimate(weights) {
    let over = 0, under = 0
    for (let at = 0; at < parts.length; at++) {
      over += weights[at]! * parts[at]![0]
      under += weights[at]! * parts[at]![1]
    }
    return under > 0 ? over / under : null
  } }
}
