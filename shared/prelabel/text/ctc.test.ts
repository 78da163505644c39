import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { charactersFor } from './characters.ts'
import { decodeBeam } from './ctcBeam.ts'
import { decodeGreedy, softmaxRows, type CtcScores } from './ctc.ts'

const letters = ['', 'a', 'b', 'c', ' ']
const scoresOf = (rows: readonly (readonly number[])[]): CtcScores => ({ steps: rows.length, classes: rows[0]?.length ?? 0, data: Float32Array.from(rows.flat()) })
const oneHot = (index: number, sure = 0.9): number[] => letters.map((_, at) => (at === index ? sure : (1 - sure) / (letters.length - 1)))

/** A path of classes that spells the text: a blank between repeated characters, others where `gaps` says. */
function encode(text: string, gaps: readonly number[]): number[] {
  const path: number[] = []
  ;[...text].forEach((letter, index) => {
    const gap = gaps[index] ?? 0
    const least = index > 0 && text[index - 1] === letter ? 1 : 0
    path.push(...Array.from({ length: Math.max(least, gap % 3) }, () => 0), ...Array.from({ length: 1 + (gap % 2) }, () => letters.indexOf(letter)))
  })
  return path
}

describe('best path', () => {
  test('joins repeats, drops blanks (Graves et al. 2006, section 3.1: a-ab- and -aa--abb are aab)', () => {
    const read = (path: readonly number[]) => decodeGreedy(scoresOf(path.map((index) => oneHot(index))), letters, 0).text
    expect(read([1, 0, 1, 2, 0])).toBe('aab')
    expect(read([0, 1, 1, 0, 0, 1, 2, 2])).toBe('aab')
  })

  test('decoding what was encoded gives it back, by either search', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 12 }), fc.array(fc.nat(5), { maxLength: 12 }), (text, gaps) => {
      const scores = scoresOf(encode(text, gaps).map((index) => oneHot(index)))
      expect(decodeGreedy(scores, letters, 0).text).toBe(text)
      expect(decodeBeam(scores, letters, 0, 8).text).toBe(text)
    }))
  })

  test('the confidence is that of the step where a character begins; their mean is the score', () => {
    const { characters, score } = decodeGreedy(scoresOf([oneHot(1, 0.8), oneHot(1, 0.99), oneHot(0), oneHot(2, 0.6)]), letters, 0)
    expect(characters.map(({ text, step }) => [text, step])).toEqual([['a', 0], ['b', 3]])
    expect(characters[0]!.confidence).toBeCloseTo(0.8, 6)
    expect(score).toBeCloseTo(0.7, 6)
  })

  test('steps of NaN, no steps and no classes read as nothing', () => {
    expect(decodeGreedy(scoresOf([oneHot(1), letters.map(() => NaN), oneHot(2)]), letters, 0)).toMatchObject({ text: 'ab', broken: 1 })
    expect(decodeGreedy({ steps: 3, classes: 5, data: new Float32Array(15).fill(NaN) }, letters, 0)).toMatchObject({ text: '', score: 0, broken: 3 })
    expect(decodeGreedy({ steps: 0, classes: 5, data: new Float32Array(0) }, letters, 0).text).toBe('')
    expect(decodeGreedy({ steps: 2, classes: 0, data: new Float32Array(0) }, letters, 0).text).toBe('')
    expect(decodeBeam({ steps: 3, classes: 5, data: new Float32Array(15).fill(NaN) }, letters, 0, 4)).toMatchObject({ text: '', broken: 3 })
  })
})

describe('prefix beam search', () => {
  test('sums the paths of a text: two steps of blank .6, a .4 are “a” (.64), though the best path (.36) is empty', () => {
    const scores = scoresOf([[0.6, 0.4], [0.6, 0.4]])
    expect(decodeGreedy(scores, ['', 'a'], 0).text).toBe('')
    expect(decodeBeam(scores, ['', 'a'], 0, 4).text).toBe('a')
  })

  test('with room for every prefix it finds the most probable text', () => {
    const row = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 }).map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b)))
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
      const probability = new Map<string, number>()
      const walk = (step: number, path: number[], p: number): void => {
        if (step === rows.length) {
          const text = path.filter((index, at) => index !== 0 && index !== path[at - 1]).map((index) => ' ab'[index]).join('')
          probability.set(text, (probability.get(text) ?? 0) + p)
        } else rows[step]!.forEach((each, index) => walk(step + 1, [...path, index], p * each))
      }
      walk(0, [], 1)
      const found = decodeBeam(scoresOf(rows), ['', 'a', 'b'], 0, 1000).text
      expect(probability.get(found)).toBeCloseTo(Math.max(...probability.values()), 5)
    }))
  })
})

test('softmax makes rows of probabilities, and keeps a row of NaN', () => {
  const { data } = softmaxRows(scoresOf([[1000, 1000, 0, 0, 0], [NaN, 0, 0, 0, 0]]))
  expect(data[0]).toBeCloseTo(0.5)
  expect(data[5]).toBeNaN()
})

describe('characters file', () => {
  test('blank first, space last: the order of PaddleOCR', () => {
    expect(charactersFor('a\nb\n', { blank: 0, space: true }, 4)).toEqual(['', 'a', 'b', ' '])
    expect(charactersFor('a\r\n \r\nb', { blank: 3, space: false }, 4)).toEqual(['a', ' ', 'b', ''])
  })

  test('one that does not fit, 0 classes and a blank outside are refused in words', () => {
    expect(() => charactersFor('a\nb', { blank: 0, space: true }, 7)).toThrow('2 lines, a blank and a space make 4 classes, but the graph gives 7')
    expect(() => charactersFor('', { blank: 0, space: false }, 0)).toThrow('0 classes')
    expect(() => charactersFor('a', { blank: 9, space: false }, 2)).toThrow('class 9 is the blank')
  })
})
