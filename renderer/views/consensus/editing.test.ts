import { expect, test } from 'vitest'
import { adding, removing, updating } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { TierId } from '#shared/model/id.ts'
import { annotation, box } from '#shared/testing/records.ts'
import { another, begun, canJoin, divided, drawn, duplicated, inHand, joined, removed, said, stepped, undone, walked } from './editing.ts'

const extent = { minX: 0, minY: 0, maxX: 100, maxY: 100 }
const one = annotation('one', { geometry: box(10, 10, 40, 20) })
const spoken = (start: number, end: number, text: string, tier = 'voice') => annotation(`${tier}${start}`, { geometry: { kind: 'segment', tier: `tier:${tier}` as TierId, start, end, rate: 100 }, text })
const shapes = (things: readonly { readonly geometry: Geometry }[]) => things.map(({ geometry }) => geometry)

test('a box becomes two by its longer side, and undoing gives the one back', () => {
  const two = divided(begun([one]))
  expect(shapes(two.things)).toEqual([box(10, 10, 20, 20), box(30, 10, 20, 20)])
  expect(inHand(two)).toBe(two.things[1])
  expect(new Set(two.things.map(({ id }) => id)).size).toBe(2)
  expect(undone(two)).toEqual(begun([one]))
  expect(undone(begun([one]))).toEqual(begun([one]))
})

test('a stretch of speech is divided with its words, and joined again it says the same', () => {
  const two = divided(begun([spoken(0, 200, 'he might have been made')]))
  expect(two.things.map(({ text }) => text)).toEqual(['he might have', 'been made'])
  const whole = joined(two)
  expect(whole.things.map(({ text, geometry }) => [text, geometry])).toEqual([['he might have been made', spoken(0, 200, '').geometry]])
})

test('what lies in two tiers, or has no common kind, is not joined', () => {
  expect(canJoin(begun([spoken(0, 100, 'a'), spoken(100, 200, 'b', 'other')]))).toBe(false)
  expect(canJoin(begun([one, annotation('line', { geometry: { kind: 'polyline', points: [0, 0, 5, 5] } })]))).toBe(false)
  expect(canJoin(begun([one]))).toBe(false)
  expect(joined(begun([one, annotation('two', { geometry: box(60, 5, 10, 10) })])).things[0]!.geometry).toEqual(box(10, 5, 60, 25))
})

test('a copy lies beside what it was made from and within the picture; the last thing stays', () => {
  const two = duplicated(begun([one]), extent)
  expect(two.things[1]!.geometry).toEqual(box(22, 22, 40, 20))
  expect(duplicated(begun([annotation('edge', { geometry: box(60, 60, 40, 40) })]), extent).things[1]!.geometry).toEqual(box(60, 60, 40, 40))
  const left = removed(two)
  expect(left.things).toEqual([one])
  expect(removed(left)).toEqual(left)
})

test('typing one word is one step, another field is another', () => {
  const typed = [...'abc'].reduce((editing, letter) => said(editing, { text: (inHand(editing)!.text ?? '') + letter }, 'text'), begun([one]))
  expect(inHand(typed)!.text).toBe('abc')
  expect(said(typed, { flags: ['difficult'] }).past).toHaveLength(2)
  expect(undone(typed).things).toEqual([one])
})

test('what is done on the canvas is a step: drawn, moved, taken away', () => {
  const fresh = another(one, box(70, 70, 5, 5))
  const two = drawn(begun([one]), adding(fresh))
  expect(two.things).toEqual([one, fresh])
  expect(two.chosen).toBe(fresh.id)
  const moved = { ...one, geometry: box(0, 0, 40, 20) }
  expect(drawn(two, updating([one, moved])).things).toEqual([moved, fresh])
  expect(drawn(two, removing(one)).things).toEqual([fresh])
  expect(drawn(begun([one]), removing(one)).things).toEqual([one])
})

test('things are walked round and round', () => {
  const two = duplicated(begun([one]), extent)
  expect(walked(two, 1).chosen).toBe(one.id)
  expect(walked(walked(two, 1), -1).chosen).toBe(two.chosen)
  expect(stepped(two, [one]).chosen).toBe(one.id)
})
