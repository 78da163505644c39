import { matches } from '#shared/text/myers.ts'
import { directionOf, graphemes, segments } from '#shared/text/tokens.ts'

/** A run of a diff for display: joined again, the lefts are the left text and the rights the right one. */
export interface DiffRun {
  readonly kind: 'equal' | 'changed' | 'only-left' | 'only-right'
  readonly left: string
  readonly right: string
  /** The direction of the run's own letters; `neutral` takes the line's. */
  readonly direction: 'ltr' | 'rtl' | 'neutral'
}

export interface DiffOptions {
  /** Compare words (with the spaces and marks between them as tokens) or grapheme clusters. */
  readonly by?: 'word' | 'char'
  /** BCP 47; tells where words end in scripts without spaces. */
  readonly language?: string
}

function runOf(left: string, right: string, equal: boolean): DiffRun[] {
  if (left === '' && right === '') return []
  const kind = equal ? 'equal' : left === '' ? 'only-right' : right === '' ? 'only-left' : 'changed'
  const ofLeft = directionOf(left)
  return [{ kind, left, right, direction: ofLeft === 'neutral' ? directionOf(right) : ofLeft }]
}

const text = (tokens: readonly string[], from: number, to: number) => tokens.slice(from, to).join('')

/** The differences of two token lists as runs; never cuts a token. */
export function diffTokens(left: readonly string[], right: readonly string[]): DiffRun[] {
  const codes = new Map<string, number>()
  const codeOf = (token: string) => codes.get(token) ?? (codes.set(token, codes.size), codes.size - 1)
  const shared = matches(Int32Array.from(left, codeOf), Int32Array.from(right, codeOf))
  const runs: DiffRun[] = []
  let [l, r] = [0, 0]
  for (const match of joined(shared)) {
    runs.push(...runOf(text(left, l, match.left), text(right, r, match.right), false))
    l = match.left + match.length
    r = match.right + match.length
    runs.push(...runOf(text(left, match.left, l), text(right, match.right, r), true))
  }
  runs.push(...runOf(text(left, l, left.length), text(right, r, right.length), false))
  return runs
}

/** Matches that touch on both sides are one. */
function joined(all: readonly { left: number; right: number; length: number }[]) {
  const result: { left: number; right: number; length: number }[] = []
  for (const match of all) {
    const last = result.at(-1)
    if (last && last.left + last.length === match.left && last.right + last.length === match.right) last.length += match.length
    else result.push({ ...match })
  }
  return result
}

/** The aligned diff of two texts. Grapheme safe: a base letter keeps its marks, an emoji its modifiers. */
export function diffText(left: string, right: string, { by = 'word', language = 'und' }: DiffOptions = {}): DiffRun[] {
  const tokens = by === 'char' ? graphemes : (text: string) => segments(text, language)
  return diffTokens(tokens(left), tokens(right))
}
