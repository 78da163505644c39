import { expect, test } from 'vitest'
import { label, labelId, project } from '#shared/testing/records.ts'
import { firstChoices, mappedCount, mappingDiff, settled } from './mapping.ts'

const labels = [label('car'), label('Dog', { order: 1 })]

test('what was remembered comes first, then labels of the same name whatever its case; the rest is open', () => {
  expect(firstChoices(['car', 'dog', 'cat', 'bus', 'cup'], labels, { car: labelId('Dog'), bus: null, cup: labelId('gone') }))
    .toEqual({ car: labelId('Dog'), dog: labelId('Dog'), cat: 'open', bus: 'none', cup: 'open' })
})

test('a class called like a property of every object is a class like others', () => {
  expect(firstChoices(['constructor'], labels, {})).toEqual({ constructor: 'open' })
})

test('labels are made once, with a mark that is free, and not where one of that name is', () => {
  const { made, mapping } = settled({ 'cat': 'new', 'Cat ': 'new', 'dog': 'new', 'bus': 'none', 'cup': 'open', 'van': labelId('car') }, labels)
  expect(made.map(({ name, order }) => [name, order])).toEqual([['cat', 2]])
  expect(mapping).toEqual({ 'cat': made[0]!.id, 'Cat ': made[0]!.id, 'dog': labelId('Dog'), 'bus': null, 'van': labelId('car') })
})

test('the project remembers the mapping beside those of other models; nothing new is no change', () => {
  const before = project({ assistance: { mappings: { other: { a: null } }, control: 0.2 } })
  const diff = mappingDiff(before, 'yolo', { car: labelId('car'), cat: 'new' }, labels)
  const [, to] = diff.updated[before.id]!
  expect(to).toMatchObject({ assistance: { control: 0.2, mappings: { other: { a: null }, yolo: { car: labelId('car') } } } })
  expect(Object.keys(diff.added)).toHaveLength(1)
  expect(mappingDiff(before, 'other', { a: 'none' }, labels)).toEqual({ added: {}, updated: {}, removed: {} })
  expect(mappedCount({ a: 'none', b: 'open', c: 'new', d: labelId('car') })).toBe(2)
})
