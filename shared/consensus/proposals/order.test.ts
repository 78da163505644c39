import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GroupId, RelationId } from '#shared/model/id.ts'
import { asset, itemOf, mark, person } from './fixtures.ts'
import { consensusOrder } from './order.ts'
import { estimateProject } from './project.ts'

/** The order of things by people's lists of them. */
const ordered = (lists: readonly string[], weights: Readonly<Record<string, number>> = {}) => {
  const names = [...new Set(lists.flatMap((list) => [...list]))].sort()
  const things = names.map((name) => ({ key: name, placings: lists.flatMap((list, at) => (list.includes(name) ? [{ person: person(`p${at}`), order: list.indexOf(name) }] : [])) }))
  const places = consensusOrder(things, (who) => weights[who] ?? 1)
  return names.toSorted((a, b) => places[names.indexOf(a)]! - places[names.indexOf(b)]!).join('')
}

test('most have it so; weight can turn it; who has only a part has a say about that', () => {
  expect(ordered(['abcd', 'abcd', 'bacd'])).toBe('abcd')
  expect(ordered(['abcd', 'bacd'], { p1: 2 })).toBe('bacd')
  expect(ordered(['abcdef', 'ef', 'fe', 'fe'])).toBe('abcdfe')
})

test('Condorcet: who is before every other one by most is first, although the mean of ranks says otherwise', () => {
  expect(ordered(['abc', 'abc', 'abc', 'bca', 'bca'])[0]).toBe('a')
})

test('one order is kept, whatever the numbers', () => {
  fc.assert(fc.property(fc.shuffledSubarray([...'abcdefgh'], { minLength: 1 }), (list) => { expect(ordered([list.join('')])).toBe(list.join('')) }))
})

const line = (y: number) => ({ kind: 'text-line' as const, outline: { kind: 'box' as const, x: 0, y, width: 200, height: 20 }, baseline: null })

test('lines in the order, groups and relations of most', () => {
  const block = (by: string, orders: readonly number[], grouped: readonly number[]) => orders.map((order, at) => mark(`${by}${at}`, by, null, line(at * 40), { order, group: grouped.includes(at) ? `group:${by}` as GroupId : null, text: `line ${at}` }))
  const annotations = [...block('ada', [0, 1, 2], [0, 1]), ...block('ben', [0, 2, 1], [0, 1]), ...block('cleo', [0, 2, 1], [])]
  const relation = (by: string, from: number, to: number) => ({
    type: 'relation' as const, id: `relation:${by}${from}${to}` as RelationId, asset: asset('a'), layer: annotations.find(({ id }) => id === `annotation:${by}0`)!.layer, author: person(by), name: 'answers',
    from: annotations.find(({ id }) => id === `annotation:${by}${from}`)!.id, to: annotations.find(({ id }) => id === `annotation:${by}${to}`)!.id,
  })
  const { items } = estimateProject([itemOf([], annotations, { relations: [relation('ada', 0, 2), relation('ben', 0, 2), relation('cleo', 1, 0)] })])
  const { proposals, relations } = items[0]!
  expect(proposals.map(({ text }) => text!.value)).toEqual(['line 0', 'line 2', 'line 1'])
  expect(proposals[0]!.group).toBe(proposals[2]!.group)
  expect([proposals[0]!.group === null, proposals[1]!.group]).toEqual([false, null])
  const most = relations.find(({ people }) => people.length === 2)!
  expect(most).toEqual({ name: 'answers', from: proposals[0]!.key, to: proposals[1]!.key, posterior: expect.closeTo(2 / 3, 9) as number, people: ['ada', 'ben'], sentence: '2 of 3 tie them as “answers”, not cleo.' })
  expect(relations).toHaveLength(2)
})
