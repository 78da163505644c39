import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotation, box } from '#shared/testing/records.ts'
import { applyDiff } from './apply.ts'
import { adding, after, invert, removing, updating, type Diff } from './diff.ts'
import type { AnyRecord } from './record.ts'

type State = ReadonlyMap<string, AnyRecord>

function apply(state: State, diff: Diff): State {
  const effect = applyDiff((id) => state.get(id), diff)
  const next = new Map(state)
  for (const record of after(effect)) next.set(record.id, record)
  for (const id in effect.removed) next.delete(id)
  return next
}

const name = fc.constantFrom('p', 'q')
const record = fc.record({ name, x: fc.nat(3), text: fc.constantFrom(null, 'a', 'b') }).map((parts) => annotation(parts.name, { geometry: box(parts.x, 0, 1, 1), text: parts.text }))
const diff = fc.oneof(
  record.map((one) => adding(one)), record.map((one) => removing(one)),
  fc.tuple(record, record).map(([from, to]) => updating([from, { ...to, id: from.id }])),
)
const changes = fc.array(diff, { maxLength: 12 }).map((diffs) => diffs.map((each, clock) => ({ clock, diff: each })))
type Changes = readonly { readonly clock: number; readonly diff: Diff }[]
const inOrder = (all: Changes) => [...all].sort((a, b) => a.clock - b.clock).reduce((state, change) => apply(state, change.diff), new Map() as State)

test('a set of changes in the order of its clocks gives one state, in whatever order and however often they arrive', () => {
  const shuffled = changes.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all)))
  fc.assert(fc.property(shuffled, ([all, arrived, again]) => {
    const held = new Map<number, Changes[number]>()
    for (const change of [...arrived, ...again]) held.set(change.clock, change)
    expect(inOrder([...held.values()])).toEqual(inOrder(all))
  }))
})

test('an effect is what really changed: applied again it changes nothing, and its inverse brings back what was', () => {
  fc.assert(fc.property(changes, diff, (all, next) => {
    const state = inOrder(all)
    const effect = applyDiff((id) => state.get(id), next)
    const then = apply(state, next)
    expect(apply(then, effect)).toEqual(then)
    expect(apply(then, invert(effect))).toEqual(state)
  }))
})

test('applying changes nothing of what it is given', () => {
  fc.assert(fc.property(changes, diff, (all, next) => {
    const state = inOrder(all)
    const [stateBefore, diffBefore] = [structuredClone(state), structuredClone(next)]
    apply(state, next)
    expect([state, next]).toEqual([stateBefore, diffBefore])
  }))
})
