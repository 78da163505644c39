import { expect, test } from 'vitest'
import { apart, nameMargin, shortened } from './shortened.ts'

test('a long name loses its middle, so that names that begin alike stay apart', () => {
  expect(shortened('Verkehrszeichen Vorfahrt gewähren', 20)).not.toBe(shortened('Verkehrszeichen Vorfahrtsstraße', 20))
  expect(shortened('short', 5)).toBe('short')
  expect(shortened('longer', 5)).toBe('lon…r')
  expect([...new Intl.Segmenter().segment(shortened('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 3))]).toHaveLength(3)
})

test('labels that would overlap move apart around their middle, the others stay', () => {
  expect(apart([10, 50], 12)).toEqual([10, 50])
  expect(apart([50, 10, 50], 12)).toEqual([44, 10, 56])
  expect(apart([20, 20, 22], 10)).toEqual([20 + 2 / 3 - 10, 20 + 2 / 3, 20 + 2 / 3 + 10])
  expect(apart([], 12)).toEqual([])
  const many = apart([1, 2, 3, 30, 31, 90], 10).toSorted((a, b) => a - b)
  expect(many.every((place, at) => at === 0 || place - many[at - 1]! >= 10 - 1e-9)).toBe(true)
})

test('names have the room that they need, up to a share of the drawing', () => {
  expect(nameMargin(['car'], 600, { least: 90, share: 0.4 }).margin).toBe(90)
  expect(nameMargin(['x'.repeat(20)], 600, { least: 90, share: 0.4 })).toEqual({ margin: 146, signs: 20 })
  expect(nameMargin(['x'.repeat(200)], 600, { least: 90, share: 0.4 })).toEqual({ margin: 240, signs: 34 })
  expect(nameMargin([], 600, { least: 90, share: 0.4 }).margin).toBe(90)
})
