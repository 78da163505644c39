import type { TextSpan } from '#shared/model/textSpan.ts'
import { normaliseMarked } from '#shared/text/spans.ts'
import { wordsOf } from '#shared/consensus/text/words.ts'

/** A word marked as a guess counts half; one that only holds the place hardly anything. */
export const guessCounts = 0.5, placeCounts = 0.02

/** What stands for an illegible stretch while it is voted on, whatever was typed to hold its place: a character that no text has (private use). */
export const holder = '\uE000'

/** A text with every illegible stretch as one held word. `held`: what was typed there, in order. */
export interface ReadText { readonly text: string; readonly held: readonly string[]; readonly confidence: number[]; readonly doubtful: boolean }

/** How much each word of a text is to be believed by the marks of unclear text on it, in the order of `wordsOf`. */
export function readText(given: string, marks: readonly TextSpan[] = []): ReadText {
  const { text: normal, spans } = normaliseMarked({ text: given, spans: marks }, 'NFC')
  const held: string[] = [], guesses: { start: number; end: number }[] = []
  let text = '', from = 0
  for (const { start, end, kind } of spans) {
    text += normal.slice(from, start)
    const at = text.length
    text += kind === 'illegible' ? holder : normal.slice(start, end)
    if (kind === 'illegible') held.push(normal.slice(start, end))
    else guesses.push({ start: at, end: text.length })
    from = end
  }
  text += normal.slice(from)
  let reached = 0
  const confidence = wordsOf(text).map(({ core }) => {
    const at = text.indexOf(core, reached)
    const [start, end] = at < 0 ? [reached, reached] : [at, at + core.length]
    reached = end
    if (core.includes(holder)) return placeCounts
    return guesses.some((one) => one.start < end && one.end > start) ? guessCounts : 1
  })
  return { text, held, confidence, doubtful: spans.length > 0 }
}

/** The marks on a text that was voted on: its words with how sure those who wrote each were. */
export function spansOf(text: string, words: readonly { readonly text: string; readonly certainty: number }[]): TextSpan[] {
  const spans: TextSpan[] = []
  let from = 0
  for (const { text: word, certainty } of words) {
    const core = word.trim()
    const at = core === '' ? -1 : text.indexOf(core, from)
    if (at < 0) continue
    from = at + core.length
    if (certainty >= (1 + guessCounts) / 2 - 1e-9) continue
    const kind = certainty > (guessCounts + placeCounts) / 2 ? 'unclear' : 'illegible'
    const last = spans.at(-1)
    if (last && last.kind === kind && text.slice(last.end, at).trim() === '') spans[spans.length - 1] = { ...last, end: from }
    else spans.push({ start: at, end: from, kind, alternative: null })
  }
  return spans
}
