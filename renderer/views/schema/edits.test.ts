import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Label } from '#shared/model/label.ts'
import { after } from '#shared/model/diff.ts'
import { freeName, inOrder, moved, newLabel, optionsFrom, retyped, withOptions } from './edits.ts'

const schema = (count: number): Label[] => {
  const labels: Label[] = []
  for (let index = 0; index < count; index++) labels.push(newLabel(labels, 'label').label)
  return labels
}
const applied = (labels: Label[], diff: ReturnType<typeof moved>) => inOrder(labels.map((label) => (diff.updated[label.id]?.[1] as Label | undefined) ?? label))

test('new labels pass the schema and differ in name, order and mark', () => {
  const labels = schema(30)
  for (const label of labels) expect(Label.parse(label)).toEqual(label)
  expect(new Set(labels.map(({ name }) => name)).size).toBe(30)
  expect(new Set(labels.map(({ color, glyph }) => color + glyph)).size).toBe(30)
  expect(labels.map(({ order }) => order)).toEqual([...labels.keys()])
})

test('moving changes only the labels between', () => {
  const labels = schema(10)
  const diff = moved(labels, 3, 4)
  expect(after(diff)).toHaveLength(2)
  expect(applied(labels, diff).map(({ name }) => name).slice(2, 6)).toEqual(['label 3', 'label 5', 'label 4', 'label 6'])
})

test('moving keeps every label, and back again is as before', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(11), fc.nat(11), (count, from, to) => {
    const labels = schema(count)
    const there = applied(labels, moved(labels, from % count, to % count))
    const back = applied(there, moved(there, to % count, from % count))
    expect(back.map(({ id }) => id)).toEqual(labels.map(({ id }) => id))
    expect(there[to % count]!.id).toBe(labels[from % count]!.id)
  }))
})

test('a default that is no option any more goes', () => {
  expect(withOptions({ id: 'a', name: 'a', required: false, type: 'select', options: ['x', 'y'], default: 'y' }, ['x'])).toMatchObject({ default: null })
  expect(withOptions({ id: 'a', name: 'a', required: false, type: 'multi-select', options: ['x', 'y'], default: ['x', 'y'] }, ['x'])).toMatchObject({ default: ['x'] })
})

test('an attribute keeps its options from one choice to the other', () => {
  const one = retyped({ id: 'a', name: 'a', required: true, type: 'select', options: ['x', 'y'], default: 'x' }, 'multi-select', 'option')
  expect(one).toEqual({ id: 'a', name: 'a', required: true, type: 'multi-select', options: ['x', 'y'], default: null })
  expect(optionsFrom(' a \n\na\r\nb')).toEqual(['a', 'b'])
  expect(freeName('a', ['a', 'a 2'])).toBe('a 3')
})
