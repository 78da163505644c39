import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCase, normalise, normaliserNames, parseNormalisers, stripDiacritics, stripPunctuation, tidySpace } from '#shared/text/normalise.ts'
import { numbersToDigits } from '#shared/text/numbers.ts'

test('case folds the same in every locale', () => {
  expect(foldCase('STRASSE')).toBe(foldCase('Straße'))
  expect(foldCase('ΟΔΟΣ')).toBe(foldCase('οδος'))
  expect(foldCase('ISPARTA')).not.toBe(foldCase('ısparta'))
})

test('punctuation goes where it is not part of a word or a number', () => {
  expect(stripPunctuation('“Hello,” she said — twice.')).toBe('Hello she said  twice')
  expect(stripPunctuation("we’re not 'were'")).toBe("we're not were")
  expect(stripPunctuation('well-known and/or 3.5 or 1,000 at 10:30.')).toBe('well known and or 3.5 or 1,000 at 10:30')
  expect(stripPunctuation('؟مرحبا، 「日本」。')).toBe('مرحبا 日本')
  expect(stripPunctuation('50% of $5')).toBe('50% of $5')
})

test('diacritics go from alphabets and stay where they spell the vowel', () => {
  expect(stripDiacritics('Crème brûlée')).toBe('Creme brulee')
  expect(stripDiacritics('مُحَمَّد')).toBe('محمد')
  expect(stripDiacritics('हिन्दी')).toBe('हिन्दी')
})

test('white space and invisible characters', () => {
  expect(tidySpace('\uFEFF a\u00A0\tb\u200B\u200Fc\r\n')).toBe('a bc')
  expect(tidySpace('می\u200Cخواهم')).toBe('می\u200Cخواهم')
})

test('English numbers', () => {
  for (const [words, digits] of [
    ['twenty one', '21'], ['Twenty-one', '21'], ['one hundred and five', '105'], ['two thousand twelve', '2012'],
    ['nineteen hundred', '1900'], ['three million four hundred thousand and six', '3400006'], ['three point one four', '3.14'],
    ['1,000 men', '1000 men'], ['1,234,567', '1234567'], ['one two three', '1 2 3'], ['five and six', '5 and 6'],
    ['nineteen ninety-five', '19 95'], ['twenty thousand thirty thousand', '20000 30000'], ['point taken and gone', 'point taken and gone'],
    ['a hundred', 'a hundred'], ['1,2,3', '1,2,3'], ['someone', 'someone'], ["one's", "one's"], ['hundred and one', 'hundred and 1'], ['zero', '0'],
  ] as const) expect(numbersToDigits(words), words).toBe(digits)
})

test('the order of the list does not matter, and doing it twice is doing it once', () => {
  const names = fc.subarray([...normaliserNames])
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }),
    fc.array(fc.constantFrom('twenty', '-', ' ', 'one', "'", '’', 'İ', 'ß', '.', ',', '1', '000', 'hundred', 'and', '\u0301', 'Σ', '/', '\u00AD', 'ﬁ', '①'), { maxLength: 12 }).map((parts) => parts.join('')))
  fc.assert(fc.property(text, names, (value, chosen) => {
    const once = normalise(value, chosen)
    expect(normalise(once, chosen)).toBe(once)
    expect(normalise(value, chosen.toReversed())).toBe(once)
  }), { numRuns: 2000 })
})

test('a list is read, a wrong name is answered with the choices', () => {
  expect(parseNormalisers('nfc, case,punct')).toEqual(['nfc', 'case', 'punct'])
  expect(parseNormalisers('none')).toEqual([])
  expect(() => parseNormalisers('nfc,lower')).toThrow('"lower" is no normaliser. Choose from nfc')
})
