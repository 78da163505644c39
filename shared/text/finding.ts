/** Something about a text that its writer may want to look at: where (UTF-16 offsets), why, and what could stand there. */
export interface Finding {
  readonly start: number
  readonly end: number
  readonly kind: 'spelling' | 'glossary' | 'consistency' | 'rule'
  readonly message: string
  /** The likeliest first. */
  readonly fixes: readonly string[]
}

const letter = /[\p{L}\p{M}\p{N}]/u

/** Words of a text with their offsets; apostrophes and hyphens inside a word belong to it. */
export function* wordsIn(text: string): Generator<{ readonly word: string; readonly start: number; readonly end: number }> {
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’ʼ\-‑][\p{L}\p{M}\p{N}]+)*/gu)) yield { word: match[0], start: match.index, end: match.index + match[0].length }
}

/** The part of a word that ends at the caret, or null when the caret is not at the end of one. */
export function prefixAt(text: string, caret: number): { readonly prefix: string; readonly start: number } | null {
  if (caret < text.length && letter.test(text.slice(caret, caret + 2))) return null
  const match = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’ʼ\-‑]*$/u.exec(text.slice(0, caret))
  return match === null ? null : { prefix: match[0], start: match.index }
}

/** The words of a text that another one does not have, as a text. */
export function newWords(before: string, after: string): string {
  const had = new Set(Array.from(wordsIn(before), ({ word }) => word))
  return Array.from(wordsIn(after), ({ word }) => word).filter((word) => !had.has(word)).join(' ')
}

/** The text with one finding put right. */
export const applyFix = (text: string, { start, end }: Pick<Finding, 'start' | 'end'>, fix: string): string => text.slice(0, start) + fix + text.slice(end)
