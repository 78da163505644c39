import { expect, test } from 'vitest'
import { correctionsOf } from './corrections.ts'
import { box, mark, person, segment, whole } from './fixtures.ts'

const answer = (...[label, geometry, more]: [string | null, ReturnType<typeof box>, object?]) => mark('f', 'final', label, geometry, more)

test('what was right has none; label and place apart, with sizes', () => {
  const found = correctionsOf([mark('1', 'ada', 'cup', box(0, 0)), mark('2', 'ben', 'bowl', box(0, 0)), mark('3', 'cleo', 'cup', box(0, 0, 100, 80))], [answer('cup', box(0, 0))], [person('dan')])
  expect(found).toEqual([
    { annotation: 'annotation:2', author: 'ben', kind: 'label', size: null }, { annotation: 'annotation:3', author: 'cleo', kind: 'geometry', size: expect.closeTo(0.2, 9) as number },
    { annotation: null, author: 'dan', kind: 'existence', size: null },
  ])
})

test('none of these: every mark was of nothing', () => {
  expect(correctionsOf([mark('1', 'ada', 'cup', box(0, 0))], [], [person('ben')])).toEqual([{ annotation: 'annotation:1', author: 'ada', kind: 'existence', size: null }])
})

test('one that was divided is a split, not an error of place', () => {
  const halves = [mark('f1', 'final', 'car', box(0, 0)), mark('f2', 'final', 'car', box(100, 0))]
  expect(correctionsOf([mark('1', 'ada', 'car', box(0, 0, 200)), mark('2', 'ben', 'car', box(0, 0)), mark('3', 'ben', 'car', box(100, 0))], halves)).toEqual([{ annotation: 'annotation:1', author: 'ada', kind: 'split', size: null }])
})

test('wording in character errors, boundaries in seconds, the speaker, attributes', () => {
  expect(correctionsOf([mark('1', 'ada', null, whole, { text: 'abxd' })], [answer(null, whole, { text: 'abcd' })])).toEqual([{ annotation: 'annotation:1', author: 'ada', kind: 'wording', size: 0.25 }])
  const sound = correctionsOf([mark('1', 'ada', null, segment(1, 2.5, 'two'))], [answer(null, segment(1, 2, 'one'))])
  expect(sound).toEqual([{ annotation: 'annotation:1', author: 'ada', kind: 'speaker', size: null }, { annotation: 'annotation:1', author: 'ada', kind: 'boundary', size: 0.5 }])
  expect(correctionsOf([mark('1', 'ada', 'cup', box(0, 0), { attributes: { n: 3, full: true } })], [answer('cup', box(0, 0), { attributes: { n: 5 } })])).toEqual([
    { annotation: 'annotation:1', author: 'ada', kind: 'attribute', size: null }, { annotation: 'annotation:1', author: 'ada', kind: 'attribute', size: 2 },
  ])
})

test('of several right answers any one is right', () => {
  const both = [mark('f1', 'final', 'cup', box(0, 0)), mark('f2', 'final', 'bowl', box(0, 0))]
  expect(correctionsOf([mark('1', 'ada', 'cup', box(0, 0)), mark('2', 'ben', 'bowl', box(0, 0))], both)).toEqual([])
})
