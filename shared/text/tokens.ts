/** What a rate counts: words between white space, grapheme clusters (what a reader calls a character), or code points as jiwer counts. */
export type TextUnit = 'word' | 'char' | 'codepoint'

/** Words are what stands between white space (Unicode White_Space), as in sclite and jiwer; no language is assumed. */
export function splitWords(text: string): string[] {
  return text.split(/[\p{White_Space}\uFEFF]+/u).filter((word) => word !== '')
}

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Extended grapheme clusters (UAX #29): a base letter with its marks, a flag, a conjunct is one. */
export function graphemes(text: string): string[] {
  if (/^[ -~]*$/u.test(text)) return text.split('')
  return Array.from(clusters.segment(text), (part) => part.segment)
}

/** White space runs count as one space each, none at the ends, so that a line break is not an error of its own. */
const spaced = (text: string) => splitWords(text).join(' ')

/** The tokens that a rate with this unit compares. Characters include the spaces between words, as in jiwer. */
export function tokensOf(text: string, unit: TextUnit): string[] {
  if (unit === 'word') return splitWords(text)
  return unit === 'char' ? graphemes(spaced(text)) : Array.from(spaced(text))
}

const ideographic = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Whether the text is in a script that is written without spaces, where a word rate says little. */
export const isUnspaced = (text: string) => ideographic.test(text)

/**
 * Words, with every character of an unspaced script (Han, kana, Thai, Lao, Khmer, Burmese) as a word of its own: the
 * "mixed error rate" that is usual for text that switches between scripts.
 */
export function splitMixed(text: string): string[] {
  return splitWords(text).flatMap((word) => {
    if (!isUnspaced(word)) return [word]
    const parts: string[] = []
    let joins = false
    for (const cluster of graphemes(word)) {
      const alone = isUnspaced(cluster)
      if (joins && !alone) parts.push((parts.pop() ?? '') + cluster)
      else parts.push(cluster)
      joins = !alone
    }
    return parts
  })
}

/** Everything that the text holds, in order, as words, spaces and marks; joined again they are the text. */
export function segments(text: string, language = 'und'): string[] {
  let words: Intl.Segmenter
  try {
    words = new Intl.Segmenter(language, { granularity: 'word' })
  } catch {
    words = new Intl.Segmenter('und', { granularity: 'word' })
  }
  return Array.from(words.segment(text), (part) => part.segment)
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u

/** The direction of the first letter that has one (UAX #9, rules P2 and P3, without isolates); `neutral` when none has. */
export function directionOf(text: string): 'ltr' | 'rtl' | 'neutral' {
  const letter = /\p{L}/u.exec(text)
  if (letter === null) return 'neutral'
  return rightToLeft.test(letter[0]) ? 'rtl' : 'ltr'
}
