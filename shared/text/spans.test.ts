import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TextSpan } from '#shared/model/textSpan.ts'
import { graphemes } from './tokens.ts'
import { caretFraction, joinMarked, normaliseMarked, snapToCluster, spansAfterEdit, splitMarked, tidy, toggleMark, wordCuts } from './spans.ts'

const unclear = (start: number, end: number): TextSpan => ({ start, end, kind: 'unclear', alternative: null })
const pieces = fc.constantFrom('a', 'é', 'e\u0301', 'ﬁ', ' ', 'م', 'حَ', '日', '👩‍👩‍👧', '한', '\u1112\u1161\u11ab')
const anyText = fc.array(pieces, { maxLength: 14 }).map((list) => list.join(''))
const marked = fc.tuple(anyText, fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 3 })).map(([text, pairs]) => ({
  text, spans: tidy(text, pairs.map(([a, b]) => unclear(Math.min(a, b), Math.max(a, b) + 1)).filter(({ start }) => start < text.length)),
}))
const sound = (text: string, spans: readonly TextSpan[]) => spans.every(({ start, end }, index) =>
  start < end && end <= text.length && snapToCluster(text, start) === start && snapToCluster(text, end) === end && (index === 0 || spans[index - 1]!.end <= start))

test('marking a selection again takes the mark away, and a mark never cuts a letter from its accent', () => {
  const text = 'cafe\u0301 noir'
  const once = toggleMark({ text, spans: [] }, 3, 4, 'unclear')
  expect(once).toEqual([unclear(3, 5)])
  expect(toggleMark({ text, spans: once }, 3, 5, 'unclear')).toEqual([])
})

test('a mark moves with the text before it, grows with typing inside it and goes with its text', () => {
  expect(spansAfterEdit([unclear(4, 9)], 'the river runs', 'to the river runs')).toEqual([unclear(7, 12)])
  expect(spansAfterEdit([unclear(4, 9)], 'the river runs', 'the riiver runs')).toEqual([unclear(4, 10)])
  expect(spansAfterEdit([unclear(4, 9)], 'the river runs', 'the  runs')).toEqual([])
  expect(spansAfterEdit([unclear(4, 9)], 'the river', 'the river runs')).toEqual([unclear(4, 9)])
})

test('spans stay sound through every edit', () => {
  fc.assert(fc.property(marked, anyText, fc.nat(30), fc.nat(30), ({ text, spans }, typed, a, b) => {
    const from = Math.min(a, b, text.length), to = Math.min(Math.max(a, b), text.length)
    const next = text.slice(0, from) + typed + text.slice(to)
    expect(sound(next, spansAfterEdit(spans, text, next))).toBe(true)
  }))
})

test('normalising keeps marks on their letters and is done once', () => {
  const text = 'e\u0301te\u0301 fini'
  expect(normaliseMarked({ text, spans: [unclear(0, 5)] }, 'NFC')).toEqual({ text: 'été fini', spans: [unclear(0, 3)] })
  fc.assert(fc.property(marked, fc.constantFrom('NFC', 'NFKC', 'none' as const), (given, form) => {
    const once = normaliseMarked(given, form)
    expect(sound(once.text, once.spans)).toBe(true)
    expect(normaliseMarked(once, form)).toEqual(once)
  }))
})

test('joining takes back a split at a single space', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('river', 'é', 'سلام', 'b'), { minLength: 2, maxLength: 6 }), fc.nat(10), (words, n) => {
    const text = words.join(' ')
    const caret = words.slice(0, 1 + (n % (words.length - 1))).join(' ').length
    const spans = [unclear(0, words[0]!.length)]
    expect(joinMarked(...splitMarked({ text, spans }, caret))).toEqual({ text, spans })
  }))
})

test('Chinese and Japanese are joined without a space', () => {
  expect(joinMarked({ text: '吾輩は', spans: [] }, { text: '猫である', spans: [unclear(0, 1)] })).toEqual({ text: '吾輩は猫である', spans: [unclear(3, 4)] })
})

test('words are cut in the middle of the spaces between them', () => {
  expect(wordCuts('ab  cde f', (text) => text.length)).toEqual({ words: ['ab', 'cde', 'f'], cuts: [2.5 / 8, 6.5 / 8] })
  expect(caretFraction('abcd', 1, (text) => graphemes(text).length)).toBe(0.25)
})
