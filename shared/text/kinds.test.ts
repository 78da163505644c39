import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { align } from '#shared/text/align.ts'
import { countKinds, differences, kindOf } from '#shared/text/kinds.ts'
import { metaphone } from '#shared/text/metaphone.ts'
import { spellingKey } from '#shared/text/spelling.ts'

const between = (ref: string, hyp: string) => {
  const [x, y] = [ref.split(' ').filter(Boolean), hyp.split(' ').filter(Boolean)]
  return differences(x, y, align(x, y)).map(({ kind, ref, hyp }) => `${kind}: ${ref.join(' ')} | ${hyp.join(' ')}`)
}

test('what one word is to another', () => {
  for (const [ref, hyp, kind] of [
    ['Paris', 'paris', 'case'], ['end.', 'end', 'punctuation'], ['Hello,', 'hello', 'punctuation'], ['well-known', 'wellknown', 'punctuation'],
    ['café', 'cafe', 'diacritics'], ['seven', '7', 'number'], ['1,000', '1000', 'number'], ['colour', 'color', 'spelling'],
    ['organise', 'organize', 'spelling'], ['their', 'there', 'homophone'], ['write', 'right', 'homophone'], ['knight', 'night', 'homophone'],
    ['cat', 'dog', 'wrong'], ['שלום', 'שלומ', 'wrong'], ['東京', '京都', 'wrong'], ['Привет', 'привет', 'case'], ['مُحَمَّد', 'محمد', 'diacritics'],
  ] as const) expect(kindOf(ref, hyp), `${ref} ${hyp}`).toBe(kind)
})

test('several columns that are one difference', () => {
  expect(between('i do not want any more tea', 'i do not want anymore tea')).toEqual(['merge: any more | anymore'])
  expect(between('we cannot go', 'we can not go')).toEqual(['split: cannot | can not'])
  expect(between('about twenty one men', 'about 21 men')).toEqual(['number: twenty one | 21'])
  expect(between('a b c', 'a c d')).toEqual(['missing: b | ', 'extra:  | d'])
  expect(between('wait - now', 'wait now')).toEqual(['punctuation: - | '])
})

test('every error is in exactly one difference', () => {
  const words = fc.array(fc.constantFrom('any', 'more', 'anymore', 'Any', 'twenty', 'one', '21', '.', 'a'), { maxLength: 15 })
  fc.assert(fc.property(words, words, (ref, hyp) => {
    const ops = align(ref, hyp)
    const found = differences(ref, hyp, ops)
    const covered = found.flatMap(({ from, to }) => ops.slice(from, to)).filter(({ op }) => op !== 'ok').length
    const errors = ops.filter(({ op }) => op !== 'ok').length
    expect(covered).toBe(errors)
    expect(Object.values(countKinds(found)).reduce((sum, count) => sum + count, 0)).toBe(errors)
  }))
})

test('metaphone: the rules of Philips (1990), by example', () => {
  for (const [word, key] of [
    ['metaphone', 'MTFN'], ['knight', 'NT'], ['which', 'WX'], ['school', 'SKL'], ['science', 'SNS'], ['judge', 'JJ'],
    ['nation', 'NXN'], ['thumb', '0M'], ['xylophone', 'SLFN'], ['aerial', 'ERL'], ['wrack', 'RK'], ['ghost', 'KST'],
  ] as const) expect(metaphone(word), word).toBe(key)
  expect([metaphone('東京'), metaphone('')]).toEqual(['', ''])
})

test('spelling families', () => {
  for (const [british, american] of [
    ['honour', 'honor'], ['realised', 'realized'], ['analyse', 'analyze'], ['centre', 'center'], ['catalogue', 'catalog'], ['defence', 'defense'],
    ['travelling', 'traveling'], ['paediatric', 'pediatric'], ['oestrogen', 'estrogen'], ['grey', 'gray'],
  ] as const) expect(spellingKey(british), british).toBe(spellingKey(american))
  for (const [one, other] of [['rise', 'rice'], ['our', 'or'], ['four', 'for'], ['hour', 'hor']] as const) expect(spellingKey(one)).not.toBe(spellingKey(other))
})
