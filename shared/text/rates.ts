import type { AlignmentOp } from '#shared/text/align.ts'

/** What an alignment counts: hits, substitutions, deletions (of the reference), insertions (in the hypothesis). */
export interface EditCounts {
  readonly hits: number
  readonly substitutions: number
  readonly deletions: number
  readonly insertions: number
}

export const noEdits: EditCounts = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 }

export function countEdits(ops: readonly AlignmentOp[]): EditCounts {
  const counts = { ok: 0, sub: 0, del: 0, ins: 0 }
  for (const { op } of ops) counts[op]++
  return { hits: counts.ok, substitutions: counts.sub, deletions: counts.del, insertions: counts.ins }
}

/** Sums over the sentences: the usual way to rate a corpus, where a long sentence weighs more than a short one. */
export function sumEdits(all: Iterable<EditCounts>): EditCounts {
  const sum = { ...noEdits }
  for (const one of all) {
    sum.hits += one.hits
    sum.substitutions += one.substitutions
    sum.deletions += one.deletions
    sum.insertions += one.insertions
  }
  return sum
}

export const errorsOf = (counts: EditCounts) => counts.substitutions + counts.deletions + counts.insertions
export const referenceLength = (counts: EditCounts) => counts.hits + counts.substitutions + counts.deletions
export const hypothesisLength = (counts: EditCounts) => counts.hits + counts.substitutions + counts.insertions

export interface Rates {
  /** (S + D + I) / (H + S + D): WER over words, CER over characters. At least 0, may exceed 1. */
  readonly errorRate: number
  /** Match error rate, (S + D + I) / (H + S + D + I), 0–1. */
  readonly mer: number
  /** Word information lost, 1 − wip, 0–1. */
  readonly wil: number
  /** Word information preserved, H/N · H/P, 0–1. */
  readonly wip: number
}

/**
 * The rates of Morris, Maier & Green (2004), "From WER and RIL to MER and WIL". An empty reference is as in jiwer:
 * both empty, no error (rates 0, wip 1); only the reference empty, the error rate is the number of insertions. Never NaN.
 */
export function ratesOf(counts: EditCounts): Rates {
  const errors = errorsOf(counts)
  const reference = referenceLength(counts)
  const hypothesis = hypothesisLength(counts)
  const columns = reference + counts.insertions
  if (columns === 0) return { errorRate: 0, mer: 0, wil: 0, wip: 1 }
  const wip = reference === 0 || hypothesis === 0 ? 0 : (counts.hits / reference) * (counts.hits / hypothesis)
  return { errorRate: reference === 0 ? counts.insertions : errors / reference, mer: errors / columns, wil: 1 - wip, wip }
}

/** The mean of the sentences' error rates, where every sentence weighs the same; 0 for no sentences. */
export function meanErrorRate(all: readonly EditCounts[]): number {
  if (all.length === 0) return 0
  let sum = 0
  for (const one of all) sum += ratesOf(one).errorRate
  return sum / all.length
}
