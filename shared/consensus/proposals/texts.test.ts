import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { TextSpan } from '#shared/model/textSpan.ts'
import { itemOf, mark, whole } from './fixtures.ts'
import { estimateProject } from './project.ts'
import { readText } from './unclear.ts'

const says = (by: string, text: string | null, spans: TextSpan[] = []) => mark(by, by, null, whole, { text, spans })
const proposal = (marks: readonly Annotation[], options = {}) => estimateProject([itemOf([], marks)], options).items[0]!.proposals[0]!
const span = (start: number, end: number, kind: TextSpan['kind'] = 'unclear'): TextSpan => ({ start, end, kind, alternative: null })

test('three transcripts of a whole item: words by vote, case and punctuation apart, variants with people', () => {
  const found = proposal([says('ada', 'The ship left Bergen.'), says('ben', 'the ship left bergen'), says('cleo', 'The sheep left Bergen.')])
  expect(found.text).toMatchObject({ value: 'The ship left Bergen.', spans: [] })
  expect(found.text!.words[1]).toMatchObject({ text: 'ship', variants: [{ text: 'ship', people: ['ada', 'ben'] }, { text: 'sheep', people: ['cleo'] }] })
  expect(found).toMatchObject({ label: { value: null, posterior: 1 }, existence: 1, disputes: [] })
})

test('two who differ in a word dispute it; the glossary breaks the tie', () => {
  const two = [says('ada', 'off to Bärgen'), says('ben', 'off to Bergen')]
  expect(proposal(two).disputes).toMatchObject([{ kind: 'wording', value: expect.closeTo(0.5, 2) as number, bar: 0.6, sentence: expect.stringContaining('1 of 3 words is not sure') as string }])
  expect(proposal(two, { glossary: [{ term: 'Bärgen', mistaken: [] }] }).text!.value).toBe('off to Bärgen')
  expect(proposal(two, { glossary: [{ term: 'Bergen', mistaken: [] }] }).text!.value).toBe('off to Bergen')
})

test('who was not sure counts less, and what most were not sure of is marked', () => {
  const unsure = proposal([says('ada', 'a red fox', [span(2, 5)]), says('ben', 'a bad fox')])
  expect(unsure.text!.value).toBe('a bad fox')
  expect(unsure.text!.spans).toEqual([])
  const both = proposal([says('ada', 'a red fox', [span(2, 9)]), says('ben', 'a red fox', [span(2, 5)])])
  expect(both.text).toMatchObject({ value: 'a red fox', spans: [{ start: 2, end: 5, kind: 'unclear' }] })
  const nobody = proposal([says('ada', 'a xxx fox', [span(2, 5, 'illegible')]), says('ben', 'a xxx fox', [span(2, 5, 'illegible')])])
  expect(nobody.text!.spans).toEqual([span(2, 5, 'illegible')])
  expect(proposal([says('ada', 'a ?? fox', [span(2, 4, 'illegible')]), says('ben', 'a … fox', [span(2, 3, 'illegible')])]).text).toMatchObject({ value: 'a ?? fox', spans: [span(2, 4, 'illegible')] })
  const guess = proposal([says('ada', 'a ??? fox', [span(2, 5, 'illegible')]), says('ben', 'a ??? fox', [span(2, 5, 'illegible')]), says('cleo', 'a red fox')])
  expect(guess.text!.value).toBe('a red fox')
})

test('empty transcripts are answers, none is not', () => {
  expect(proposal([says('ada', ''), says('ben', '')]).text).toEqual({ value: '', confidence: 1, words: [], spans: [] })
  expect(proposal([says('ada', null), says('ben', null)]).text).toBeNull()
  expect(proposal([says('ada', 'one two'), says('ben', null)])).toMatchObject({ text: { value: 'one two' }, disputes: [] })
  expect(proposal([says('ada', 'word'), says('ben', '')]).disputes.map(({ kind }) => kind)).toEqual(['wording'])
})

test('marks belong to words also where the text is not in its normal form', () => {
  const text = 'Cafe\u0301 au lait'
  expect(readText(text, [span(9, 13)]).confidence).toEqual([1, 1, 0.5])
})
