import { consistencyFindings, createVocabulary, type CountedWord, type Vocabulary } from '#shared/text/vocabulary.ts'
import { glossaryCheck } from '#shared/text/glossary.ts'
import { ruleFindings } from '#shared/text/rules.ts'
import type { Writing } from '#shared/model/writing.ts'
import type { WritingHelp } from './help.ts'

/** The help for one project: what it writes so far, its glossary, its rules, and a dictionary where there is one. */
export function createHelp(writing: Writing, words: readonly CountedWord[], spell: WritingHelp['spell']): WritingHelp & { readonly vocabulary: Vocabulary } {
  const vocabulary = createVocabulary(words, writing.glossary.map(({ term }) => term))
  const glossary = glossaryCheck(writing.glossary)
  return {
    vocabulary,
    complete: (prefix) => vocabulary.complete(prefix),
    check: (text) => {
      const certain = [...glossary(text), ...ruleFindings(text, writing.rules)]
      const spellings = consistencyFindings(text, vocabulary).filter((one) => !certain.some(({ start, end }) => one.start < end && start < one.end))
      return [...certain, ...spellings].sort((a, b) => a.start - b.start)
    },
    // A name that the project knows is no mistake, whatever the dictionary says.
    spell: spell && (async (text, language) => (await spell(text, language ?? writing.language)).filter(({ start, end }) => !vocabulary.has(text.slice(start, end)))),
  }
}
