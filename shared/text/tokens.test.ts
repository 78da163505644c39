import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { directionOf, graphemes, segments, splitMixed, splitWords, tokensOf } from '#shared/text/tokens.ts'

test('words stand between white space of any kind', () => {
  expect(splitWords(' a\u00A0b\t c\u3000d\n')).toEqual(['a', 'b', 'c', 'd'])
  expect(splitWords('שלום עולם')).toEqual(['שלום', 'עולם'])
  expect(splitWords('  ')).toEqual([])
})

test('a character is what a reader calls one', () => {
  expect(graphemes('e\u0301👩‍👩‍👧🇫🇷நி')).toEqual(['e\u0301', '👩‍👩‍👧', '🇫🇷', 'நி'])
  expect(graphemes('abc')).toEqual(['a', 'b', 'c'])
  expect(tokensOf(' a  b ', 'char')).toEqual(['a', ' ', 'b'])
})

test('text without spaces: every character is a word of its own, other scripts keep theirs', () => {
  expect(splitMixed('我用iPhone打 phone call')).toEqual(['我', '用', 'iPhone', '打', 'phone', 'call'])
})

test('nothing is lost in pieces', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    expect(segments(text).join('')).toBe(text)
    expect(graphemes(text).join('')).toBe(text)
  }))
  expect(segments('天気がいい', 'ja').length).toBeGreaterThan(1)
  expect(segments('a b', 'not a tag!')).toEqual(['a', ' ', 'b'])
})

test('direction is that of the first letter', () => {
  expect([directionOf('12 مرحبا abc'), directionOf('(abc) שלום'), directionOf('12.')]).toEqual(['rtl', 'ltr', 'neutral'])
})
