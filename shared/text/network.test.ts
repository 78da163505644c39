import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { align } from '#shared/text/align.ts'
import { alignNetworks, mapWords, parseNetwork } from '#shared/text/network.ts'
import { countEdits } from '#shared/text/rates.ts'
import published from './fixtures/sclite-alternatives.json' with { type: 'json' }

const countsOf = (ref: string, hyp: string) => {
  const { hits, substitutions, deletions, insertions } = countEdits(alignNetworks(parseNetwork(ref), parseNetwork(hyp)).ops)
  return `${hits} ${substitutions} ${deletions} ${insertions}`
}

test('120 random sentences with alternatives on both sides count as NIST sclite 2.4.10 counts them', () => {
  const wrong = published.filter(({ ref, hyp, counts }) => countsOf(ref, hyp) !== counts)
  // Where two paths cost the same, sclite's sums in single precision may tip otherwise: once in some thousands.
  expect(wrong.map(({ ref, hyp }) => `${ref} | ${hyp}`)).toEqual([])
})

test('worked examples of the trn format', () => {
  expect(countsOf("i've { um / uh / @ } as far", "i've as far")).toBe('3 0 0 0')
  expect(countsOf("i've { um / uh / @ } as far", "i've uh as far")).toBe('4 0 0 0')
  expect(countsOf('a b { c d / c / e } e f g', 'a b c d e f g')).toBe('7 0 0 0')
  expect(countsOf('had a { age-old / age old } problem', 'had a age old problem')).toBe('5 0 0 0')
  expect(countsOf('a { x / { y / z } w } b', 'a z w b')).toBe('4 0 0 0')
  expect(countsOf('and/or { b/c }', 'and/or c')).toBe('2 0 0 0')
  expect(countsOf('', 'a b')).toBe('0 0 0 2')
})

test('braces that do not match are an error in words', () => {
  expect(() => parseNetwork('a { b / c')).toThrow('A { has no }.')
  expect(() => parseNetwork('a } b')).toThrow('A } has no {.')
  expect(() => parseNetwork('{ '.repeat(2000))).toThrow('more than 100 deep')
})

test('without alternatives a network aligns as plain words do', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 })
  fc.assert(fc.property(words, words, (ref, hyp) => {
    expect(alignNetworks(parseNetwork(ref.join(' ')), parseNetwork(hyp.join(' '))).ops).toEqual(align(ref, hyp))
  }))
})

test('a normaliser may split a word or take it away', () => {
  const network = mapWords(parseNetwork('well-known { um / uh } man .'), (word) => word.replace('.', '').split('-').filter(Boolean))
  expect(alignNetworks(network, parseNetwork('well known uh man')).ops.every(({ op }) => op === 'ok')).toBe(true)
})
