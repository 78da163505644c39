import { traceAlignment, type Step } from '#shared/text/trace.ts'

/** What an edit costs, in whole numbers; a match costs nothing. */
export interface EditCosts { readonly substitution: number; readonly insertion: number; readonly deletion: number }

/** NIST sclite's: a substitution is dearer than half an insertion plus half a deletion, so that words align rather by sound order (SCTK, sclite(1)). */
export const scliteCosts: EditCosts = { substitution: 4, insertion: 3, deletion: 3 }
/** Levenshtein's distance: what jiwer counts. */
export const unitCosts: EditCosts = { substitution: 1, insertion: 1, deletion: 1 }

/** One column of an alignment; the indices point into the reference and the hypothesis, null where there is no token. */
export type AlignmentOp =
  | { readonly op: 'ok' | 'sub'; readonly ref: number; readonly hyp: number }
  | { readonly op: 'del'; readonly ref: number; readonly hyp: null }
  | { readonly op: 'ins'; readonly ref: null; readonly hyp: number }

/** Two token sequences as numbers: equal tokens, equal numbers. */
function encode(ref: readonly string[], hyp: readonly string[]): [Int32Array, Int32Array] {
  const codes = new Map<string, number>()
  const codeOf = (token: string) => {
    const known = codes.get(token)
    if (known !== undefined) return known
    codes.set(token, codes.size)
    return codes.size - 1
  }
  return [Int32Array.from(ref, codeOf), Int32Array.from(hyp, codeOf)]
}

/**
 * The cheapest alignment. Where several cost the same, the choice is sclite's, read from the end of the text backwards:
 * a match or substitution first, then a deletion if it is cheaper than the insertion, else the insertion (SCTK, net_dp.c).
 * Memory grows with (length · √length), not with the product: see trace.ts.
 */
export function align(ref: readonly string[], hyp: readonly string[], costs: EditCosts = scliteCosts): AlignmentOp[] {
  const [a, b] = encode(ref, hyp)
  let i = a.length
  let j = b.length
  const ops: AlignmentOp[] = []
  const add = (step: Step) => {
    if (step === 'insert') ops.push({ op: 'ins', ref: null, hyp: --j })
    else if (step === 'delete') ops.push({ op: 'del', ref: --i, hyp: null })
    else {
      i--
      j--
      ops.push({ op: a[i] === b[j] ? 'ok' : 'sub', ref: i, hyp: j })
    }
  }
  traceAlignment(a, b, costs, add)
  return ops.reverse()
}

/** The cost of the cheapest alignment, in the units of `costs`. With unit costs: Levenshtein's distance, a metric. */
export function distance(ref: readonly string[], hyp: readonly string[], costs: EditCosts = unitCosts): number {
  let sum = 0
  for (const { op } of align(ref, hyp, costs)) {
    if (op === 'sub') sum += costs.substitution
    else if (op === 'del') sum += costs.deletion
    else if (op === 'ins') sum += costs.insertion
  }
  return sum
}
