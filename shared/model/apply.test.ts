import fc from 'fast-check'
import { expect, test } from 'vitest'
import { annotation, box } from '#shared/testing/records.ts'
import { applyDiff, patched } from './apply.ts'
import { after, invert, type Diff } from './diff.ts'
import type { AnyRecord } from './record.ts'

const names = ['a', 'b', 'c', 'd']
const anyRecord = fc.record({ name: fc.constantFrom(...names), x: fc.integer({ min: 0, max: 9 }), text: fc.constantFrom(null, 'one', 'two') })
  .map(({ name, x, text }) => annotation(name, { geometry: box(x, 0, 1, 1), text }))
const anyState = fc.uniqueArray(anyRecord, { selector: ({ id }) => id }).map((records) => new Map<string, AnyRecord>(records.map((record) => [record.id, record])))
const anyTarget = anyState

/** The diff that leads from one state to another. */
function between(from: ReadonlyMap<string, AnyRecord>, to: ReadonlyMap<string, AnyRecord>): Diff {
  const diff: Diff = { added: {}, updated: {}, removed: {} }
  for (const [id, record] of to) {
    const was = from.get(id)
    if (!was) diff.added[id] = record
    else if (JSON.stringify(was) !== JSON.stringify(record)) diff.updated[id] = [was, record]
  }
  for (const [id, record] of from) if (!to.has(id)) diff.removed[id] = record
  return diff
}

function run(state: ReadonlyMap<string, AnyRecord>, diff: Diff): Map<string, AnyRecord> {
  const next = new Map(state)
  const effect = applyDiff((id) => state.get(id), diff)
  for (const record of after(effect)) next.set(record.id, record)
  for (const id in effect.removed) next.delete(id)
  return next
}

test('a diff leads from one state to the other, and its inverse back', () => {
  fc.assert(fc.property(anyState, anyTarget, (from, to) => {
    const diff = between(from, to)
    expect(run(from, diff)).toEqual(to)
    expect(run(to, invert(diff))).toEqual(from)
    expect(invert(invert(diff))).toEqual(diff)
  }))
})

test('what a diff did to any state is itself a diff that can be taken back exactly', () => {
  fc.assert(fc.property(anyState, anyState, anyTarget, (elsewhere, from, to) => {
    const effect = applyDiff((id) => elsewhere.get(id), between(from, to))
    expect(run(run(elsewhere, effect), invert(effect))).toEqual(elsewhere)
  }))
})

test('two edits of different fields of one record are both kept', () => {
  const base = annotation('a')
  const moved = { ...base, geometry: box(5, 5, 5, 5) }
  expect(patched({ ...base, text: 'hello' }, base, moved)).toEqual({ ...moved, text: 'hello' })
})

test('an edit outweighs a deletion that it did not know of', () => {
  const base = annotation('a')
  const edited = { ...base, text: 'kept' }
  expect(run(new Map(), { added: {}, updated: { [base.id]: [base, edited] }, removed: {} }).get(base.id)).toEqual(edited)
})
