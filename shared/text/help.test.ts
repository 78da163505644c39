import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyFix, newWords, prefixAt, wordsIn } from './finding.ts'
import { glossaryCheck } from './glossary.ts'
import { ruleFindings, textRules } from './rules.ts'
import { consistencyFindings, createVocabulary } from './vocabulary.ts'

test('completion offers the glossary first, then what is written most, in the case that was begun', () => {
  const vocabulary = createVocabulary([{ word: 'kubus', count: 9 }, { word: 'kubik', count: 30 }, { word: 'Kuba', count: 2 }], ['Kubernetes'])
  expect(vocabulary.complete('ku')).toEqual(['Kubernetes', 'kubik', 'kubus', 'Kuba'])
  expect(vocabulary.complete('Kubi')).toEqual(['Kubik'])
  expect(vocabulary.complete('')).toEqual([])
  vocabulary.add('kubikmeter kubikmeter')
  expect(vocabulary.complete('kubikm')).toEqual(['kubikmeter'])
})

test('every completion begins with what was typed, case and accents aside', () => {
  const words = fc.uniqueArray(fc.stringMatching(/^[a-zé]{1,8}$/u), { maxLength: 40 })
  fc.assert(fc.property(words, fc.stringMatching(/^[a-z]{1,3}$/u), (list, prefix) => {
    const offered = createVocabulary(list.map((word, index) => ({ word, count: index + 1 }))).complete(prefix, 50)
    const plain = (word: string) => word.normalize('NFD').replaceAll(/\p{M}/gu, '')
    expect(offered.every((word) => plain(word).startsWith(prefix))).toBe(true)
    expect(offered.length).toBe(list.filter((word) => plain(word).startsWith(prefix) && word.length > prefix.length).length)
  }))
})

test('a word that the project writes otherwise is found; the capital of a first word is not', () => {
  const vocabulary = createVocabulary([{ word: 'colour', count: 12 }, { word: 'e-mail', count: 7 }, { word: 'river', count: 4 }])
  expect(consistencyFindings('The color of email. River', vocabulary)).toMatchObject([
    { start: 4, end: 9, fixes: ['colour'], message: 'This project writes “colour” (12 ×)' }, { start: 13, end: 18, fixes: ['e-mail'] },
  ])
})

test('what is often misheard is found as a whole word, the longest first', () => {
  const check = glossaryCheck([{ term: 'Kubernetes', mistaken: ['cuban eighties', 'cuban'] }])
  expect(check('The Cuban Eighties run on cubans')).toMatchObject([{ start: 4, end: 18, fixes: ['Kubernetes'] }])
})

test('each rule finds its own wrong example, its fixes give the right one, and that has nothing to find', () => {
  for (const { id, wrong, right, check } of textRules) {
    let text = wrong
    for (let found = check(text)[0], turns = 0; found && turns < 10; found = check(text)[0], turns++) text = applyFix(text, found, found.fixes[0]!)
    expect(text, id).toBe(right)
    expect(check(right), id).toEqual([])
  }
})

test('rules never look beyond the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    for (const { start, end } of ruleFindings(text, textRules.map(({ id }) => id))) {
      expect(start).toBeGreaterThanOrEqual(0)
      expect(end).toBeLessThanOrEqual(text.length)
      expect(start).toBeLessThan(end)
    }
  }))
})

test('words and prefixes', () => {
  expect(newWords('the river', 'to the rivers')).toBe('to rivers')
  expect([...wordsIn("don't e‑mail، سلام")].map(({ word }) => word)).toEqual(["don't", 'e‑mail', 'سلام'])
  expect(prefixAt('the riv', 7)).toEqual({ prefix: 'riv', start: 4 })
  expect(prefixAt('the river', 7)).toBeNull()
  expect(prefixAt('the ', 4)).toBeNull()
})
