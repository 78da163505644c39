import { wordsIn, type Finding } from './finding.ts'
import { foldCase, stripDiacritics } from './normalise.ts'
import { spellingKey } from './spelling.ts'

export interface CountedWord { readonly word: string; readonly count: number }

/** What a project has written so far, as an index for completion and for spellings that differ. */
export interface Vocabulary {
  /** Words that begin with the prefix (case and accents folded), those of the glossary first, then the most frequent. */
  complete(prefix: string, limit?: number): string[]
  /** How the project writes this word, where it writes it otherwise more often; null where it does not. */
  usualSpelling(word: string): CountedWord | null
  has(word: string): boolean
  /** Counts the words of a text that was just written. */
  add(text: string): void
}

/** The words a person is offered first stand before all counts. */
const glossaryWeight = 1e9

/** The same key for words that differ only in case, accents, hyphens, apostrophes, or British and American spelling. */
export const variantKey = (word: string): string => spellingKey(stripDiacritics(foldCase(word)).replace(/['’ʼ\-‑\s]/gu, ''))
const searchKey = (word: string): string => stripDiacritics(foldCase(word))

interface Entry { readonly key: string; readonly word: string; count: number }

export function createVocabulary(words: readonly CountedWord[], glossary: readonly string[] = []): Vocabulary {
  const entries = new Map<string, Entry>()
  const variants = new Map<string, Entry[]>()
  const sorted: Entry[] = []
  const fresh: Entry[] = []
  const put = (word: string, count: number, into: Entry[]) => {
    const known = entries.get(word)
    if (known) { known.count += count; return }
    const entry = { key: searchKey(word), word, count }
    entries.set(word, entry)
    into.push(entry)
    const key = variantKey(word)
    const family = variants.get(key)
    if (family) family.push(entry)
    else variants.set(key, [entry])
  }
  for (const term of glossary) put(term, glossaryWeight, sorted)
  for (const { word, count } of words) put(word, count, sorted)
  sorted.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))

  return {
    complete(prefix, limit = 5) {
      const key = searchKey(prefix)
      if (key === '') return []
      const found = fresh.filter((entry) => entry.key.startsWith(key))
      for (let at = firstAtLeast(sorted, key); at < sorted.length && sorted[at]!.key.startsWith(key); at++) found.push(sorted[at]!)
      const best = found.filter(({ word }) => word !== prefix && word.length > prefix.length).sort((a, b) => b.count - a.count || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
      return [...new Set(best.slice(0, limit * 2).map(({ word, count }) => (count >= glossaryWeight ? word : inCaseOf(prefix, word))))].slice(0, limit)
    },
    usualSpelling(word) {
      const mine = entries.get(word)?.count ?? 0
      let best: Entry | null = null
      for (const entry of variants.get(variantKey(word)) ?? []) {
        // The capital of a sentence's first word is no other spelling.
        if (entry.word === word || initialFolded(entry.word) === initialFolded(word)) continue
        if (entry.count > (best?.count ?? 0)) best = entry
      }
      return best !== null && best.count > mine && best.count >= 2 ? { word: best.word, count: best.count } : null
    },
    has: (word) => entries.has(word),
    add(text) {
      for (const { word } of wordsIn(text)) if (word.length > 1) put(word, 1, fresh)
    },
  }
}

/** The first index whose key is not before `key`. */
function firstAtLeast(sorted: readonly Entry[], key: string): number {
  let low = 0, high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]!.key < key) low = middle + 1
    else high = middle
  }
  return low
}

/** A capital that was typed stays. */
const inCaseOf = (prefix: string, word: string): string => {
  const [first = '', ...rest] = [...word]
  return /^\p{Lu}/u.test(prefix) ? first.toLocaleUpperCase() + rest.join('') : word
}
const initialFolded = (word: string): string => {
  const [first = '', ...rest] = [...word]
  return first.toLowerCase() + rest.join('')
}

/** Words that this project usually writes otherwise. */
export function consistencyFindings(text: string, vocabulary: Vocabulary): Finding[] {
  const findings: Finding[] = []
  for (const { word, start, end } of wordsIn(text)) {
    const usual = word.length > 2 ? vocabulary.usualSpelling(word) : null
    if (!usual) continue
    const message = usual.count >= glossaryWeight ? `The glossary has “${usual.word}”` : `This project writes “${usual.word}” (${usual.count} ×)`
    findings.push({ start, end, kind: 'consistency', message, fixes: [inCaseOf(word, usual.word)] })
  }
  return findings
}
