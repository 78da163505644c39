import { isUnspaced, splitMixed, splitWords } from '#shared/text/tokens.ts'
import { foldCase, stripPunctuation } from '#shared/text/normalise.ts'

/** A word of a transcript, taken apart: what is voted on as a word, and how it was written. */
export interface Word {
  /** Case folded, without punctuation: two words are the same word when these are equal. Never empty. */
  readonly plain: string
  /** As written, without the punctuation around it. */
  readonly core: string
  /** Punctuation before and after, standing marks (« – ») with their space. */
  readonly before: string
  readonly after: string
  /** Whether white space separates it from the word before it. */
  readonly spaced: boolean
}

const plainOf = (text: string) => stripPunctuation(foldCase(text.normalize('NFC'))).replaceAll(/\s+/gu, '')

/** Marks at both ends that are no part of the word: what is read aloud (%, &, @, #, +, $) stays with it. */
const edges = /^((?:(?![%‰&@#])\p{P})*)(.*?)((?:(?![%‰&@#])\p{P})*)$/su

/** The words of a text; marks that stand alone belong to the word before them (the first ones to the word after). A text of marks alone is one word. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let waiting = ''
  for (const run of splitWords(text.normalize('NFC'))) {
    for (const [index, token] of (isUnspaced(run) ? splitMixed(run) : [run]).entries()) {
      const plain = plainOf(token)
      const last = words.at(-1)
      if (plain === '') {
        if (last === undefined) waiting += index > 0 ? token : `${token} `
        else words[words.length - 1] = { ...last, after: `${last.after}${index > 0 ? '' : ' '}${token}` }
        continue
      }
      const [, before, core, after] = edges.exec(token)!
      words.push({ plain, core: core === '' ? token : core!, before: waiting + before!, after: core === '' ? '' : after!, spaced: index === 0 })
      waiting = ''
    }
  }
  const marks = waiting.trim()
  return marks === '' ? words : [{ plain: marks, core: marks, before: '', after: '', spaced: true }]
}

/** The text that words spell. */
export const textOf = (words: readonly Word[]): string =>
  words.map(({ before, core, after, spaced }, at) => `${spaced && at > 0 ? ' ' : ''}${before}${core}${after}`).join('')
