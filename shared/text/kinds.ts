import type { AlignmentOp } from '#shared/text/align.ts'
import { metaphone } from '#shared/text/metaphone.ts'
import { foldCase, normalise, stripDiacritics, stripPunctuation } from '#shared/text/normalise.ts'
import { numbersToDigits } from '#shared/text/numbers.ts'
import { spellingKey } from '#shared/text/spelling.ts'

/** What a difference is, from the most harmless to the worst. `spelling` and `homophone` know English only. */
export const differenceKinds = [
  'case', 'punctuation', 'diacritics', 'number', 'split', 'merge', 'spelling', 'homophone', 'missing', 'extra', 'wrong',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** One difference: which columns of the alignment it covers, and the words on both sides. `errors` is S + D + I inside. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly from: number
  readonly to: number
  readonly ref: readonly string[]
  readonly hyp: readonly string[]
  readonly errors: number
}

const bare = (text: string) => stripPunctuation(foldCase(text.normalize('NFKC'))).replaceAll(' ', '')

/** Why two texts that differ as written may be the same word, or `wrong`. The first kind that explains it is given. */
export function kindOf(ref: string, hyp: string): DifferenceKind {
  if (foldCase(ref.normalize('NFC')) === foldCase(hyp.normalize('NFC'))) return 'case'
  const [x, y] = [bare(ref), bare(hyp)]
  if (x === y) return 'punctuation'
  if (bare(stripDiacritics(ref)) === bare(stripDiacritics(hyp))) return 'diacritics'
  if (asNumber(ref) === asNumber(hyp)) return 'number'
  if (spellingKey(x) === spellingKey(y)) return 'spelling'
  const sound = metaphone(x)
  return sound !== '' && sound === metaphone(y) ? 'homophone' : 'wrong'
}

const asNumber = (text: string) => bare(numbersToDigits(normalise(text, ['nfkc', 'case', 'space'])))

/** The widest group that is tried as one number or one word written apart. */
const widest = 8

/** "any more" and "anymore", "twenty one" and "21": several columns that are one difference; null when they aren't. */
function groupKind(ref: readonly string[], hyp: readonly string[]): DifferenceKind | null {
  if (ref.length === 0 || hyp.length === 0 || ref.length + hyp.length < 3) return null
  const joined = bare(ref.join(''))
  if (joined !== '' && joined === bare(hyp.join(''))) {
    if (ref.length === hyp.length) return null
    return ref.length < hyp.length ? 'split' : 'merge'
  }
  const number = asNumber(ref.join(' '))
  return /\d/u.test(number) && number === asNumber(hyp.join(' ')) ? 'number' : null
}

/**
 * The differences of an alignment, in order. Every column that is no hit lies in exactly one of them, so that the sum of
 * `errors` is S + D + I.
 */
export function differences(ref: readonly string[], hyp: readonly string[], ops: readonly AlignmentOp[]): Difference[] {
  const found: Difference[] = []
  for (let at = 0; at < ops.length; ) {
    if (ops[at]!.op === 'ok') {
      at++
      continue
    }
    const difference = longestGroup(ref, hyp, ops, at) ?? single(ref, hyp, ops, at)
    found.push(difference)
    at = difference.to
  }
  return found
}

function slice(ref: readonly string[], hyp: readonly string[], ops: readonly AlignmentOp[], from: number, to: number) {
  const columns = ops.slice(from, to)
  return {
    from, to,
    ref: columns.flatMap((column) => (column.ref === null ? [] : [ref[column.ref]!])),
    hyp: columns.flatMap((column) => (column.hyp === null ? [] : [hyp[column.hyp]!])),
    errors: columns.filter((column) => column.op !== 'ok').length,
  }
}

function longestGroup(ref: readonly string[], hyp: readonly string[], ops: readonly AlignmentOp[], from: number): Difference | null {
  let end = from
  while (end < ops.length && end - from < widest && ops[end]!.op !== 'ok') end++
  for (let to = end; to > from + 1; to--) {
    const part = slice(ref, hyp, ops, from, to)
    const kind = groupKind(part.ref, part.hyp)
    if (kind !== null) return { kind, ...part }
  }
  return null
}

function single(ref: readonly string[], hyp: readonly string[], ops: readonly AlignmentOp[], at: number): Difference {
  const part = slice(ref, hyp, ops, at, at + 1)
  const { op } = ops[at]!
  if (op === 'ins') return { kind: bare(part.hyp[0]!) === '' ? 'punctuation' : 'extra', ...part }
  if (op === 'del') return { kind: bare(part.ref[0]!) === '' ? 'punctuation' : 'missing', ...part }
  return { kind: kindOf(part.ref[0]!, part.hyp[0]!), ...part }
}

/** Errors (S + D + I) by kind; every kind is there, 0 when there is none. */
export function countKinds(all: Iterable<Difference>): Record<DifferenceKind, number> {
  const counts = Object.fromEntries(differenceKinds.map((kind) => [kind, 0])) as Record<DifferenceKind, number>
  for (const { kind, errors } of all) counts[kind] += errors
  return counts
}
