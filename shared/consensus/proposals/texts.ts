import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { TextSpan } from '#shared/model/textSpan.ts'
import type { GlossaryEntry } from '#shared/model/writing.ts'
import type { WordEstimate } from '#shared/consensus/proposal.ts'
import { rover } from '#shared/consensus/text/rover.ts'
import { roverTexts, type TextOptions, type WrittenAnswer } from '#shared/consensus/text/texts.ts'
import { wordsOf } from '#shared/consensus/text/words.ts'
import { holder, readText, spansOf } from './unclear.ts'
import { shares } from './weigh.ts'

export interface TextEstimate { readonly value: string; readonly confidence: number; readonly words: WordEstimate[]; readonly spans: TextSpan[] }

/** Words that win a tie, as ROVER compares words. */
export const glossaryWords = (glossary: readonly GlossaryEntry[]): Set<string> => new Set(glossary.flatMap(({ term }) => wordsOf(term).map(({ plain }) => plain)))

/**
 * The text of several people's by ROVER, votes weighted by skill, marked words counting less; illegible stretches are one word, whatever holds their place.
 * A word of the result is marked as unclear where those who wrote it were mostly unsure. Null where nobody wrote a text (an empty one is a text:
 * there is nothing to read).
 */
export function estimateText(members: readonly { readonly annotation: Annotation; readonly person: Author }[], weightOf: (person: Author) => number, glossary: ReadonlySet<string>): TextEstimate | null {
  const written = members.flatMap(({ annotation: { text, spans }, person }) => (text === null ? [] : [{ person, ...readText(text, spans) }]))
  if (written.length === 0) return null
  const doubtful = written.some((one) => one.doubtful)
  const result = rover(written.map(({ person, text, confidence }) => ({ worker: person, words: wordsOf(text), confidence: doubtful ? confidence : undefined })), { weightOf: (worker) => weightOf(worker as Author), glossary })
  const held = shares(written.flatMap((one) => one.held.map((value) => ({ value, weight: weightOf(one.person) }))))[0]?.value ?? ''
  const shown = (text: string) => text.replaceAll(holder, held)
  const words = result.words.map((word): WordEstimate => ({
    text: shown(word.text), confidence: Math.min(1, word.confidence), variants: word.variants.map(({ text, share, workers }) => ({ text: shown(text), share, people: workers as Author[] })),
  }))
  const value = shown(result.text)
  return { value, confidence: Math.min(1, result.confidence), words, spans: doubtful ? spansOf(value, result.words.map(({ text, certainty }) => ({ text: shown(text), certainty }))) : [] }
}

/** A person's share of right words is held near everybody's as if by so many words. */
const usualWords = 30

/** The transcripts of one thing; `gold`: the text that a person decided. */
export interface WrittenThing { readonly key: string; readonly answers: readonly { readonly person: Author; readonly text: string }[]; readonly gold: string | null }

/** `weights`: how much a person's words count; `agreement`: the share of their words that agree with the estimates, to be shown. */
export interface WordSkills { readonly weights: ReadonlyMap<Author, number>; readonly agreement: ReadonlyMap<Author, number> }

/**
 * How well people write, by ROVER in rounds. Of two who differ nobody can tell who is right, and whoever were taken would be proved right by it: so weights are
 * learned from what three people or more wrote, or a person decided, and are held near everybody's mean.
 */
export function learnWords(things: readonly WrittenThing[], glossary: readonly GlossaryEntry[]): WordSkills {
  const shared = things.filter(({ answers, gold }) => answers.length > 1 || (gold !== null && answers.length > 0))
  const telling = shared.filter(({ answers, gold }) => answers.length > 2 || gold !== null)
  const options = { glossary: glossaryWords(glossary) }
  const skill = telling.length > 0 ? skillsOf(telling, options) : new Map<Author, number>()
  const agreement = telling.length === shared.length ? skill : skillsOf(shared, { ...options, rounds: 1 })
  const counts = new Map<Author, number>()
  for (const { answers } of telling) for (const { person, text } of answers) counts.set(person, (counts.get(person) ?? 0) + wordsOf(text).length)
  const mean = skill.size === 0 ? 1 : [...skill.values()].reduce((sum, value) => sum + value, 0) / skill.size
  return { agreement, weights: new Map([...skill].map(([person, value]) => [person, (value * counts.get(person)! + mean * usualWords) / (counts.get(person)! + usualWords)])) }
}

function skillsOf(things: readonly WrittenThing[], options: TextOptions): ReadonlyMap<Author, number> {
  const answers = things.flatMap(({ key, answers: own }) => own.map(({ person, text }): WrittenAnswer => ({ task: key, worker: person, text })))
  const gold = new Map(things.flatMap(({ key, gold: text }) => (text === null ? [] : [[key, text]])))
  return answers.length === 0 ? new Map() : roverTexts(answers, { ...options, gold }).skill as ReadonlyMap<Author, number>
}
