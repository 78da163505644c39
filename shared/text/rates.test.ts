import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { align, scliteCosts, unitCosts } from '#shared/text/align.ts'
import { countEdits, meanErrorRate, noEdits, ratesOf, sumEdits } from '#shared/text/rates.ts'
import { tokensOf, type TextUnit } from '#shared/text/tokens.ts'

const countsOf = (ref: string, hyp: string, unit: TextUnit = 'word', costs = unitCosts) =>
  countEdits(align(tokensOf(ref, unit), tokensOf(hyp, unit), costs))
const rates = (ref: string, hyp: string) => ratesOf(countsOf(ref, hyp))

test('the worked examples of Morris, Maier & Green (2004), table 1, as jiwer tests them', () => {
  for (const [ref, hyp, wer, mer, wil] of [
    ['X', 'X', 0, 0, 0], ['X', 'X X Y Y', 3, 0.75, 0.75], ['X Y X', 'X Z', 2 / 3, 2 / 3, 5 / 6], ['X', 'Y', 1, 1, 1], ['X', 'Y Z', 2, 1, 1],
  ] as const) {
    const got = rates(ref, hyp)
    expect([got.errorRate, got.mer]).toEqual([wer, mer])
    expect(got.wil).toBeCloseTo(wil, 12)
    expect(got.wip).toBeCloseTo(1 - wil, 12)
  }
})

test("jiwer's published sentences", () => {
  expect(rates('This is a test', 'This test')).toMatchObject({ errorRate: 0.5, mer: 0.5, wil: 0.5 })
  expect(rates('This is a test', '')).toMatchObject({ errorRate: 1, mer: 1, wil: 1, wip: 0 })
  const long = rates('i am a short ground truth', 'i am a considerably longer and very much incorrect hypothesis')
  expect(long.errorRate).toBeCloseTo(7 / 6, 12)
  expect([long.mer, long.wil]).toEqual([expect.closeTo(0.7, 12), expect.closeTo(0.85, 12)])
})

test('an empty reference is as in jiwer', () => {
  expect(rates('', '')).toEqual({ errorRate: 0, mer: 0, wil: 0, wip: 1 })
  expect(rates('', 'hello')).toEqual({ errorRate: 1, mer: 1, wil: 1, wip: 0 })
  expect(rates('', '0 1 2 3')).toEqual({ errorRate: 4, mer: 1, wil: 1, wip: 0 })
  const two = ratesOf(sumEdits([countsOf('hello world', 'hello world'), countsOf('', 'done')]))
  expect(two).toMatchObject({ errorRate: 1 / 2, mer: 1 / 3, wip: expect.closeTo(2 / 3, 12) })
})

test('characters: spaces count once each, a letter with its marks is one', () => {
  expect(countsOf('abc', '', 'char')).toMatchObject({ deletions: 3 })
  expect(countsOf('a  b', 'a b', 'char')).toMatchObject({ hits: 3, substitutions: 0 })
  expect(countsOf('e\u0301a', 'ea', 'char')).toMatchObject({ hits: 1, substitutions: 1 })
  expect(countsOf('e\u0301a', 'ea', 'codepoint')).toMatchObject({ hits: 2, deletions: 1 })
})

test('over a corpus the sums are rated, which is not the mean of the sentences', () => {
  const counts = [countsOf('a', 'b'), countsOf('a b c', 'a b c')]
  expect(ratesOf(sumEdits(counts)).errorRate).toBe(1 / 4)
  expect(meanErrorRate(counts)).toBe(1 / 2)
  expect(meanErrorRate([])).toBe(0)
  expect(sumEdits([])).toEqual(noEdits)
})

test('rates are numbers within their bounds, and equal texts have none', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('word', 'char', 'codepoint'), (x, y, unit) => {
    for (const costs of [scliteCosts, unitCosts]) {
      const { errorRate, mer, wil, wip } = ratesOf(countsOf(x, y, unit, costs))
      expect(errorRate).toBeGreaterThanOrEqual(0)
      for (const rate of [mer, wil, wip]) expect(rate >= 0 && rate <= 1).toBe(true)
      expect(ratesOf(countsOf(x, x, unit, costs))).toMatchObject({ errorRate: 0, mer: 0, wil: 0, wip: 1 })
    }
  }))
})
