/** A value with a weight above 0. */
export interface Weighed<Value> { readonly value: Value; readonly weight: number }

/** The value at which half of the weight is reached, the mean of the two where it is reached exactly between them; NaN of nothing. */
export function weightedMedian(values: readonly Weighed<number>[]): number {
  const sorted = values.toSorted((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let reached = 0
  for (const [at, { value, weight }] of sorted.entries()) {
    reached += weight
    const next = sorted[at + 1]
    if (next && Math.abs(reached - half) <= 1e-9 * half) return (value + next.value) / 2
    if (reached >= half) return value
  }
  return sorted.at(-1)?.value ?? Number.NaN
}

/** 1.4826 × the weighted median distance from a centre: one standard deviation, were the values normal. */
export const deviationFrom = (values: readonly Weighed<number>[], centre: number): number =>
  (values.length < 2 ? 0 : 1.4826 * weightedMedian(values.map(({ value, weight }) => ({ value: Math.abs(value - centre), weight }))))

/** Shares of the whole weight by choice, the greatest first; ties by the choice's name. */
export function shares(votes: readonly Weighed<string>[]): { readonly value: string; readonly share: number }[] {
  const sums = new Map<string, number>()
  for (const { value, weight } of votes) sums.set(value, (sums.get(value) ?? 0) + weight)
  const total = votes.reduce((sum, { weight }) => sum + weight, 0)
  return [...sums].map(([value, weight]) => ({ value, share: total > 0 ? weight / total : 1 / sums.size }))
    .sort((a, b) => (Math.abs(a.share - b.share) > 1e-12 ? b.share - a.share : a.value < b.value ? -1 : 1))
}

/** Weights that add up to 1; equal ones where there is no weight. */
export function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => (total > 0 ? weight / total : 1 / weights.length))
}

export const clamp01 = (value: number): number => Math.min(1, Math.max(0, value))
