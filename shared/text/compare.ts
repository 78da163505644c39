import { align, type AlignmentOp, type EditCosts } from '#shared/text/align.ts'
import { differences, type Difference } from '#shared/text/kinds.ts'
import { alignNetworks, hasAlternatives, mapWords, parseNetwork } from '#shared/text/network.ts'
import { normalise, type NormaliserName } from '#shared/text/normalise.ts'
import { countEdits, type EditCounts } from '#shared/text/rates.ts'
import { splitWords, tokensOf, type TextUnit } from '#shared/text/tokens.ts'

export interface CompareOptions {
  readonly unit: TextUnit
  readonly normalisers: readonly NormaliserName[]
  readonly costs: EditCosts
  /** Whether `{ a / b }` and `@` are trn's notation for alternatives rather than text. */
  readonly alternatives: boolean
}

/** One sentence against another: the tokens as compared, the columns over them, what they count and what differs. */
export interface Comparison {
  readonly ref: readonly string[]
  readonly hyp: readonly string[]
  readonly ops: readonly AlignmentOp[]
  readonly counts: EditCounts
  readonly differences: readonly Difference[]
}

/** Throws a RangeError when alternatives are asked for and the braces don't match. */
export function compareTexts(ref: string, hyp: string, options: CompareOptions): Comparison {
  const words = options.unit === 'word'
  const aligned =
    words && options.alternatives && (hasAlternatives(ref) || hasAlternatives(hyp)) ? alignAlternatives(ref, hyp, options) : alignPlain(ref, hyp, options)
  return { ...aligned, counts: countEdits(aligned.ops), differences: words ? differences(aligned.ref, aligned.hyp, aligned.ops) : [] }
}

function alignPlain(ref: string, hyp: string, { unit, normalisers, costs }: CompareOptions) {
  const x = tokensOf(normalise(ref, normalisers), unit)
  const y = tokensOf(normalise(hyp, normalisers), unit)
  return { ref: x, hyp: y, ops: align(x, y, costs) }
}

function alignAlternatives(ref: string, hyp: string, { normalisers, costs }: CompareOptions) {
  const rewrite = (word: string) => splitWords(normalise(word, normalisers))
  return alignNetworks(mapWords(parseNetwork(ref), rewrite), mapWords(parseNetwork(hyp), rewrite), costs)
}
