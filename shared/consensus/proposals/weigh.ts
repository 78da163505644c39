/** A value with a weight above 0. */
export interface Weighed<Value> { readonly value: Value; readonly weight: number }

/** Shares of the whole weight by choice, the greatest first; ties by the choice's name. */
export function shares(votes: readonly Weighed<string>[]): { readonly value: string; readonly share: number }[] {
  const sums = new Map<string, number>()
  for (const { value, weight } of votes) sums.set(value, (sums.get(value) ?? 0) + weight)
  const total = votes.reduce((sum, { weight }) => sum + weight, 0)
  return [...sums].map(([value, weight]) => ({ value, share: total > 0 ? weight / total : 1 / sums.size }))
    .sort((a, b) => (Math.abs(a.share - b.share) > 1e-12 ? b.share - a.share : a.value < b.value ? -1 : 1))
}

export const clamp01 = (value: number): number => Math.min(1, Math.max(0, value))
