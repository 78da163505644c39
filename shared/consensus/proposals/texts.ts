import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { TextSpan } from '#shared/model/textSpan.ts'
import type { GlossaryEntry } from '#shared/model/writing.ts'
import { normaliseMarked } from '#shared/text/spans.ts'
import type { WordEstimate } from '#shared/consensus/proposal.ts'
import { rover } from '#shared/consensus/text/rover.ts'
import { wordsOf } from '#shared/consensus/text/words.ts'

export interface TextEstimate { readonly value: string; readonly confidence: number; readonly words: WordEstimate[]; readonly spans: TextSpan[] }

/** A word marked as a guess counts half; one that only holds the place hardly anything. */
const guessCounts = 0.5, placeCounts = 0.02

/** Words that win a tie, as ROVER compares words. */
export const glossaryWords = (glossary: readonly GlossaryEntry[]): Set<string> => new Set(glossary.flatMap(({ term }) => wordsOf(term).map(({ plain }) => plain)))

/** How much each word of a text is to be believed by the marks of unclear text on it, in the order of `wordsOf`. */
export function wordConfidences(given: string, marks: readonly TextSpan[] = []): { confidence: number[]; span: (TextSpan | null)[] } {
  const { text, spans } = normaliseMarked({ text: given, spans: marks }, 'NFC')
  let from = 0
  const span = wordsOf(given).map(({ core }) => {
    const at = text.indexOf(core, from)
    const [start, end] = at < 0 ? [from, from] : [at, at + core.length]
    from = end
    return spans.find((one) => one.start < end && one.end > start) ?? null
  })
  return { span, confidence: span.map((one) => (one === null ? 1 : one.kind === 'unclear' ? guessCounts : placeCounts)) }
}

/**
 * The text of several people's by ROVER, votes weighted by skill, marked words counting less. A word of the result is marked as unclear where those who
 * wrote it were mostly unsure. Null where nobody wrote a text (an empty one is a text: there is nothing to read).
 */
export function estimateText(members: readonly { readonly annotation: Annotation; readonly person: Author }[], weightOf: (person: Author) => number, glossary: ReadonlySet<string>): TextEstimate | null {
  const written = members.flatMap(({ annotation: { text, spans }, person }) => (text === null ? [] : [{ person, text, ...wordConfidences(text, spans) }]))
  if (written.length === 0) return null
  const marked = written.some(({ span }) => span.some((one) => one !== null))
  const result = rover(written.map(({ person, text, confidence }) => ({ worker: person, words: wordsOf(text), confidence: marked ? confidence : undefined })), { weightOf: (worker) => weightOf(worker as Author), glossary })
  const words = result.words.map((word): WordEstimate => ({
    text: word.text, confidence: Math.min(1, word.confidence), variants: word.variants.map(({ text, share, workers }) => ({ text, share, people: workers as Author[] })),
  }))
  return { value: result.text, confidence: Math.min(1, result.confidence), words, spans: marked ? spansOf(result.text, result.words.map(({ text, certainty }) => ({ text, certainty }))) : [] }
}

function spansOf(text: string, words: readonly { readonly text: string; readonly certainty: number }[]): TextSpan[] {
  const spans: TextSpan[] = []
  let from = 0
  for (const { text: word, certainty } of words) {
    const core = word.trim()
    const at = core === '' ? -1 : text.indexOf(core, from)
    if (at < 0) continue
    from = at + core.length
    if (certainty > (1 + guessCounts) / 2) continue
    const kind = certainty > (guessCounts + placeCounts) / 2 ? 'unclear' : 'illegible'
    const last = spans.at(-1)
    if (last && last.kind === kind && text.slice(last.end, at).trim() === '') spans[spans.length - 1] = { ...last, end: from }
    else spans.push({ start: at, end: from, kind, alternative: null })
  }
  return spans
}
