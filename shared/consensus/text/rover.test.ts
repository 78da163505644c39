import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rover, type RoverOptions } from './rover.ts'
import { textOf, wordsOf } from './words.ts'

const vote = (texts: readonly string[], options?: RoverOptions) => rover(texts.map((text, at) => ({ worker: `w${at}`, words: wordsOf(text) })), options)

test('words are voted on column by column, left-out words too (Fiscus 1997)', () => {
  expect(vote(['the cat sat on the mat', 'the cat sat the mat', 'a cat sat on the hat']).text).toBe('the cat sat on the mat')
  expect(vote(['yes', 'yes please', 'yes']).text).toBe('yes')
  expect(vote(['I have seen it', 'I seen it', 'I have it']).words.map(({ text, confidence }) => [text, Math.round(confidence * 100)])).toEqual([['I', 100], ['have', 67], ['seen', 67], ['it', 100]])
})

test('case and punctuation are decided apart from the word', () => {
  expect(vote(['The cat, sat.', 'the cat, sat', 'The bat sat.']).text).toBe('The cat, sat.')
  expect(vote(['“Wait,” he said', 'wait he said', '“wait,” she said']).text).toBe('“wait,” he said')
  expect(vote(['NASA flew', 'nasa flew', 'NASA blew']).text).toBe('NASA flew')
})

test('a word that looks alike shares the column', () => {
  expect(vote(['my favourite colour is red', 'my color is red', 'my favorite color is red']).text).toBe('my favorite color is red')
})

test('scripts without spaces are voted on by the character, and stay without spaces', () => {
  expect(vote(['私は猫です。', '私は犬です。', '私は猫です']).text).toBe('私は猫です。')
})

test('ties: the glossary, then a word before nothing, then the text nearest to all', () => {
  expect(vote(['take ibuprofen', 'take iboprofen'], { glossary: new Set(['ibuprofen']) }).text).toBe('take ibuprofen')
  expect(vote(['take ibuprofen', 'take iboprofen'], { glossary: new Set(['iboprofen']) }).text).toBe('take iboprofen')
  expect(vote(['hello there', 'hello']).text).toBe('hello there')
})

test('weight and confidence decide', () => {
  const words = (text: string) => wordsOf(text)
  const three = [{ worker: 'good', words: words('big cat') }, { worker: 'x', words: words('pig cat') }, { worker: 'y', words: words('pig cat') }]
  expect(rover(three).text).toBe('pig cat')
  expect(rover(three, { weightOf: (worker) => (worker === 'good' ? 3 : 1) }).text).toBe('big cat')
  const sure = [{ worker: 'a', words: words('big cat'), confidence: [0.9, 1] }, { worker: 'b', words: words('pig cat'), confidence: [0.2, 1] }, { worker: 'c', words: words('pig cat'), confidence: [0.3, 1] }]
  expect(rover(sure).text).toBe('big cat')
  expect(rover(sure).words[0]!.confidence).toBeCloseTo(0.9 / 1.4, 12)
})

test('why a word won: every variant with its share and who wrote it', () => {
  expect(vote(['a b', 'a c', 'a b']).words[1]).toEqual({ text: 'b', confidence: 2 / 3, certainty: 1, variants: [{ text: 'b', share: 2 / 3, workers: ['w0', 'w2'] }, { text: 'c', share: 1 / 3, workers: ['w1'] }].map((variant) => ({ ...variant, workers: expect.arrayContaining(variant.workers) as string[] })) })
})

test('nobody, one, empty ones, marks alone', () => {
  expect(rover([])).toEqual({ text: '', words: [], confidence: 1 })
  expect(vote(['Only this, once.'])).toMatchObject({ text: 'Only this, once.', confidence: 1 })
  expect(vote(['', '', ''])).toEqual({ text: '', words: [], confidence: 1 })
  expect(vote(['', '', 'hm']).text).toBe('')
  expect(vote(['', 'hm', 'hm']).text).toBe('hm')
  expect(vote(['...', '...']).text).toBe('...')
})

const sentence = fc.array(fc.constantFrom('the', 'The', 'cat', 'cat,', 'sat', '«on»', 'mat.', '–', '5', '猫です', ''), { maxLength: 7 }).map((parts) => parts.filter(Boolean).join(' '))

test('taking apart and putting together loses nothing but runs of spaces', () => {
  fc.assert(fc.property(sentence, (text) => { expect(textOf(wordsOf(text))).toBe(text) }))
})

test('the order of the input decides nothing; agreement is kept; confidences are 0 … 1', () => {
  fc.assert(fc.property(fc.array(sentence, { minLength: 1, maxLength: 5 }), fc.nat(), (texts, turn) => {
    const transcripts = texts.map((text, at) => ({ worker: `w${at}`, words: wordsOf(text) }))
    const at = turn % texts.length
    const found = rover(transcripts)
    expect(rover([...transcripts.slice(at), ...transcripts.slice(0, at)].toReversed())).toEqual(found)
    for (const { confidence } of [found, ...found.words]) expect(confidence > 0 && confidence <= 1 + 1e-12).toBe(true)
    expect(vote([texts[0]!, texts[0]!, texts[0]!]).text).toBe(texts[0])
  }))
})
