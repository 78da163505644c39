/** A value and the weight it has. */
export interface Weighed { readonly value: number; readonly weight: number }

/** The value at which half of the weight lies on either side; between two values where it splits evenly, their middle. 0 of nothing. */
export function weightedMedian(values: readonly Weighed[]): number {
  const sorted = values.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (let at = 0; at < sorted.length; at++) {
    below += sorted[at]!.weight
    if (Math.abs(below - half) <= 1e-12 * half && at + 1 < sorted.length) return (sorted[at]!.value + sorted[at + 1]!.value) / 2
    if (below > half) return sorted[at]!.value
  }
  return sorted.at(-1)?.value ?? 0
}

export const median = (values: readonly number[]): number => weightedMedian(values.map((value) => ({ value, weight: 1 })))

/** What makes the median of absolute deviations the standard deviation of normal values. */
export const normalMad = 1.4826

/** Half the width of a 90 % interval, in standard deviations. */
export const ninety = 1.6449

/** So much of what people draw is held to be off by far, and so many times as far as the rest: a normal with a wide one mixed in (Tukey 1960). */
export const grossShare = 0.02
export const grossScale = 8

/**
 * How much a value counts that lies so far off (squared distance over variance): 1 near the middle, 1 / 64 far off. From the chance
 * that it belongs to the narrow one of two normals with `dimensions` coordinates, so that one value far off drags nothing.
 */
export function trust(squared: number, share = grossShare, dimensions = 1): number {
  const wide = (share / (1 - share)) * grossScale ** -dimensions * Math.exp(Math.min(700, (squared / 2) * (1 - grossScale ** -2)))
  const narrow = 1 / (1 + wide)
  return narrow + (1 - narrow) / grossScale ** 2
}

/** Weights as shares that add up to 1; equal ones where all are 0 or one is not a number. */
export function sharesOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum > 0 && Number.isFinite(sum) ? weight / sum : 1 / weights.length))
}

export interface PointsEstimate {
  /** One point a place, x and y in turn. */
  readonly points: number[]
  /** The standard deviation of each place along one axis, in pixels. */
  readonly deviations: number[]
  /** One share a person. */
  readonly weights: number[]
}

/**
 * Several people's positions of the same places: at each a mean that a member far off does not drag (the mixture of `trust`, in two dimensions).
 * How far people usually are apart is pooled over all places; two people count alike. A null is a person who does not have the place; a place that
 * nobody has comes back as 0, 0. `own[p]` has x and y in turn. `weights` are the people's, from outside.
 */
export function middleOfPoints(own: readonly (readonly (number | null)[])[], weights: readonly number[]): PointsEstimate {
  const places = (own[0]?.length ?? 0) / 2
  const given = sharesOf(weights)
  const points = Array.from({ length: places * 2 }, (_, at) => weightedMedian(own.flatMap((values, p) => (values[at] == null ? [] : [{ value: values[at], weight: given[p]! }]))))
  const counts: number[][] = own.map(() => Array.from({ length: places }, () => 0))
  let variance = 0
  for (let round = 0; round < 20; round++) {
    variance = usualVariance(own, points)
    for (let place = 0; place < places; place++) {
      let sum = 0, x = 0, y = 0
      own.forEach((values, p) => {
        const px = values[place * 2], py = values[place * 2 + 1]
        if (px == null || py == null) return
        const squared = (px - points[place * 2]!) ** 2 + (py - points[place * 2 + 1]!) ** 2
        const weight = given[p]! * (variance > 0 ? trust(squared / variance, grossShare, 2) : 1)
        counts[p]![place] = weight
        sum += weight
        x += weight * px
        y += weight * py
      })
      if (sum > 0) [points[place * 2], points[place * 2 + 1]] = [x / sum, y / sum]
    }
  }
  const deviations = Array.from({ length: places }, (_, place) => {
    const all = counts.map((row) => row[place]!)
    const shares = sharesOf(all)
    return all.some((weight) => weight > 0) ? Math.sqrt(variance * shares.reduce((sum, share) => sum + share ** 2, 0)) : 0
  })
  return { points, deviations, weights: sharesOf(counts.map((row) => row.reduce((sum, weight) => sum + weight, 0))) }
}

/** Variance along one axis of a person's position about the middle, over all people and places; the median's, so that a third may be far off. */
function usualVariance(own: readonly (readonly (number | null)[])[], points: readonly number[]): number {
  const squares: number[] = []
  points.forEach((_, at) => {
    if (at % 2 === 1) return
    const here = own.filter((values) => values[at] != null)
    // Positions lie nearer to their own middle than to the truth, by (n − 1) / n.
    for (const values of here) if (here.length > 1) squares.push((((values[at]! - points[at]!) ** 2 + (values[at + 1]! - points[at + 1]!) ** 2) * here.length) / (here.length - 1))
  })
  // The median of a squared distance in two dimensions is 2 ln 2 of the variance along one axis.
  return median(squares) / (2 * Math.LN2)
}
