/** One figure: ours beside the peer's, from interleaved rounds of one run; ratio = ours / peer. */
export interface BenchRow {
  readonly name: string
  readonly ours: number
  readonly peer: number
  readonly ratio: number
  readonly unit: string
  readonly better: 'lower' | 'higher'
  /** How many measurements of ours stand behind the figure. */
  readonly n: number
}

/** A benchmark: runs both sides and answers with its figures. */
export type Bench = () => Promise<BenchRow[]>

export function row(name: string, ours: number, peer: number, unit: string, n: number, better: BenchRow['better'] = 'lower'): BenchRow {
  return { name, ours, peer, ratio: ours / peer, unit, better, n }
}

/** The value below which `share` (0 … 1) of the values lie: the nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Frames a second, of what each took in milliseconds. */
export const perSecond = (times: readonly number[]): number => times.length / (times.reduce((sum, ms) => sum + ms, 0) / 1000)

export const median = (values: readonly number[]): number => percentile(values, 0.5)
