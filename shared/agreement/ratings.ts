/** One person's judgement of one unit. */
export interface Rating { readonly task: string; readonly worker: string; readonly value: string }

/**
 * All judgements, in an order of its own: categories, raters and units do not depend on the order in which the ratings came.
 * A unit's arrays run in parallel, by rater.
 */
export interface Ratings {
  /** By number where all are numbers, else by the given order, else by code point. */
  readonly categories: readonly string[]
  /** The categories as numbers, or null when some are none. */
  readonly numbers: Float64Array | null
  /** Whether the categories have an order that means something: numbers, or an order given. */
  readonly ordered: boolean
  readonly raters: readonly string[]
  readonly units: readonly { readonly raters: Int32Array; readonly categories: Int32Array }[]
  readonly count: number
}

const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text))

/**
 * Collects ratings; of several by one worker on one task the first counts. Where all values are numbers, `1` and `1.0` are one
 * category. `order` names the categories from low to high; values that it lacks come after it. Missing values are simply not given.
 */
export function collectRatings(given: Iterable<Rating>, order?: readonly string[]): Ratings {
  const all = [...given]
  const numeric = !order && all.every(({ value }) => isNumber(value))
  const nameOf = numeric ? memoised((value) => String(Number(value))) : (value: string) => value
  const rank = new Map(order?.map((name, at) => [name, at]))
  const compare = numeric
    ? (a: string, b: string) => Number(a) - Number(b)
    : (a: string, b: string) => (rank.get(a) ?? rank.size) - (rank.get(b) ?? rank.size) || byCodePoint(a, b)
  const categories = [...new Set([...(order ?? []), ...all.map(({ value }) => nameOf(value))])].sort(compare)
  const raters = [...new Set(all.map(({ worker }) => worker))].sort(byCodePoint)
  const categoryAt = new Map(categories.map((name, at) => [name, at]))
  const raterAt = new Map(raters.map((name, at) => [name, at]))
  const byTask = new Map<string, Map<number, number>>()
  for (const { task, worker, value } of all) {
    const ofTask = byTask.get(task) ?? new Map<number, number>()
    byTask.set(task, ofTask)
    const rater = raterAt.get(worker)!
    if (!ofTask.has(rater)) ofTask.set(rater, categoryAt.get(nameOf(value))!)
  }
  const units = [...byTask].sort(([a], [b]) => byCodePoint(a, b)).map(([, ofTask]) => {
    const sorted = [...ofTask].sort(([a], [b]) => a - b)
    return { raters: Int32Array.from(sorted, ([rater]) => rater), categories: Int32Array.from(sorted, ([, category]) => category) }
  })
  return {
    categories, raters, units, numbers: categories.every(isNumber) ? Float64Array.from(categories, Number) : null,
    ordered: numeric || order !== undefined, count: units.reduce((sum, unit) => sum + unit.raters.length, 0),
  }
}

function memoised(work: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    let name = known.get(text)
    if (name === undefined) known.set(text, (name = work(text)))
    return name
  }
}

/** Units that say the same: how often each category was used, whoever used it. */
export interface CountPattern {
  readonly categories: Int32Array
  readonly counts: Float64Array
  /** Ratings of one such unit. */
  readonly total: number
  /** How many units are like this. */
  readonly times: number
}

/** The units with at least `least` ratings, alike ones together, in an order that does not depend on the units'. */
export function countPatterns({ units }: Ratings, least: number): CountPattern[] {
  const found = new Map<string, { categories: Int32Array; times: number }>()
  for (const { categories } of units) {
    if (categories.length < least) continue
    const sorted = categories.slice().sort()
    const key = sorted.join(' ')
    const same = found.get(key)
    if (same) same.times++
    else found.set(key, { categories: sorted, times: 1 })
  }
  return [...found].sort(([a], [b]) => byCodePoint(a, b)).map(([, { categories, times }]) => {
    const distinct = [...new Set(categories)]
    const counts = Float64Array.from(distinct, (category) => categories.lastIndexOf(category) - categories.indexOf(category) + 1)
    return { categories: Int32Array.from(distinct), counts, total: categories.length, times }
  })
}
