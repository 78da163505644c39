import { expect, test } from 'vitest'
import { agreementTrend, labelConfusion, worstItems } from './details.ts'
import { compareItem, tableOf } from './itemTable.ts'
import type { Mark } from './mark.ts'

const mark = (person: string, label: string | null, x: number): Mark =>
  ({ id: `annotation:${person}${x}${label}`, person, label, geometry: { kind: 'box', x, y: 0, width: 10, height: 10 }, text: null })
const table = (item: string, marks: readonly Mark[], people: readonly string[] = []) => tableOf(compareItem(item, marks, people), 0.5)

test('labels of one thing meet once a pair of people, whichever of them said which', () => {
  const tables = [
    table('a', [mark('ada', 'cat', 0), mark('bo', 'dog', 0), mark('chi', 'dog', 0)]),
    table('b', [mark('ada', 'dog', 0), mark('bo', 'cat', 0), mark('ada', null, 50), mark('bo', 'cat', 50)]),
  ]
  expect(labelConfusion(tables)).toEqual([{ first: 'cat', second: 'dog', count: 3 }, { first: null, second: 'cat', count: 1 }, { first: 'dog', second: 'dog', count: 1 }])
  expect(labelConfusion([])).toEqual([])
})

const hour = 3_600_000
test('the trend takes the shortest stretch of which at most 24 cover all; items of one person or without a time are left out', () => {
  const pair = (item: string) => table(item, [mark('ada', 'cat', 0), mark('bo', 'cat', 0)])
  const times: Record<string, number | null> = { a: 0, b: hour / 2, c: 3 * hour, d: null, e: 0 }
  const tables = [pair('a'), pair('b'), pair('c'), pair('d'), table('e', [mark('ada', 'cat', 0)])]
  expect(agreementTrend(tables, (item) => times[item]!).map(({ from, to, figures }) => [from, to, figures.items])).toEqual([[0, hour, 2], [3 * hour, 4 * hour, 1]])
  expect(agreementTrend(tables, (item) => (item === 'c' ? 40 * 24 * hour : 0)).every(({ from, to }) => to - from === 7 * 24 * hour)).toBe(true)
  expect(agreementTrend([], () => 0)).toEqual([])
})

test('the worst items first: by F1, then by place; who marked nothing pulls down; items of one person are not among them', () => {
  const tables = [
    table('good', [mark('ada', 'cat', 0), mark('bo', 'cat', 0)]), table('moved', [mark('ada', 'cat', 0), mark('bo', 'cat', 2)]),
    table('missed', [mark('ada', 'cat', 0)], ['bo']), table('named', [mark('ada', 'cat', 0), mark('bo', 'dog', 0), mark('ada', 'cat', 50), mark('bo', 'cat', 50)]),
    table('alone', [mark('ada', 'cat', 0)]), table('empty', [], ['ada', 'bo']),
  ]
  const worst = worstItems(tables, 9)
  expect(worst.map(({ item }) => item)).toEqual(['missed', 'named', 'moved', 'good'])
  expect(worst[1]).toMatchObject({ things: 2, alone: 0, otherName: 1, f1: 0.5, iou: 1 })
  expect(worst[0]).toMatchObject({ f1: 0, iou: null, alone: 1 })
  expect(worstItems(tables, 1)).toHaveLength(1)
})
