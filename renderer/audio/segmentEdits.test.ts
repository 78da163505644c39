import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDiff } from '#shared/model/apply.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { after as recordsAfter, invert } from '#shared/model/diff.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { segment, tier } from './fixture.ts'
import { drawnSpan, merge, movedSpan, resizedSpan, respan, split, wordsOf, type Room } from './segmentEdits.ts'
import { rowOf, segmentGeometry, timed, within, type Timed } from './segments.ts'

const rate = 16_000
const frames = 10_000
const lane = tier('a')

const rowFrom = (annotations: Iterable<Annotation>) => rowOf([...annotations].flatMap((each) => timed(each, rate) ?? []))
const roomIn = (annotations: Iterable<Annotation>, parts = {}): Room => ({ tier: { ...lane, ...parts }, row: rowFrom(annotations), from: 0, to: frames, rate })

function run(records: ReadonlyMap<string, Annotation>, edit: Edit | null): Map<string, Annotation> {
  const next = new Map(records)
  if (!edit) return next
  const effect = applyDiff((id) => records.get(id), edit.diff)
  for (const record of recordsAfter(effect)) next.set(record.id, record as Annotation)
  for (const id in effect.removed) next.delete(id)
  return next
}

const frame = fc.integer({ min: -500, max: frames + 500 })
const action = fc.record({ what: fc.constantFrom('draw', 'move', 'start', 'end', 'split', 'merge'), which: fc.nat(20), a: frame, b: frame })

test('whatever one draws, moves, cuts and joins: no overlap where there may be none, whole ticks, nothing empty, and undo brings all back', () => {
  fc.assert(fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
    let records = new Map<string, Annotation>()
    let made = 0
    for (const { what, which, a, b } of actions) {
      const room = roomIn(records.values())
      const chosen: Timed | undefined = room.row.segments[which % Math.max(1, room.row.segments.length)]
      let edit: Edit | null = null
      if (what === 'draw') {
        const span = drawnSpan(room, a, b)
        if (span) edit = { name: 'draw', diff: { added: { [`annotation:${made}`]: segment(String(made++), span.start, span.end) }, updated: {}, removed: {} } }
      } else if (chosen && what === 'move') edit = respan('move', chosen, movedSpan(chosen, a, room), rate)
      else if (chosen && (what === 'start' || what === 'end')) edit = respan('resize', chosen, resizedSpan(chosen, what, a, room), rate)
      else if (chosen && what === 'split') edit = split(chosen, a, null, rate)
      else if (chosen && what === 'merge') edit = merge(room.row.segments.slice(which % room.row.segments.length, (which % room.row.segments.length) + 2), [], rate)
      const next = run(records, edit)
      if (edit) expect(run(next, { name: 'undo', diff: invert(edit.diff) })).toEqual(records)
      records = next
      const { segments } = rowFrom(records.values())
      segments.forEach(({ start, end }, index) => {
        expect(Number.isInteger(start) && Number.isInteger(end)).toBe(true)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeLessThanOrEqual(frames)
        expect(end).toBeGreaterThan(start)
        if (index > 0) expect(start).toBeGreaterThanOrEqual(segments[index - 1]!.end)
      })
    }
  }), { numRuns: 300 })
})

test('merging what was split gives the same stretch and the same words', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 99 }), fc.array(fc.stringMatching(/^[a-zäöü]{1,6}$/), { minLength: 1, maxLength: 6 }), fc.nat(40), (at, words, caret) => {
    const one = segment('one', 100, 200, { text: words.join(' ') })
    const edit = split(timed(one, rate)!, 100 + at, caret, rate)
    const halves = [...run(new Map([[one.id, one]]), edit).values()].flatMap((each) => timed(each, rate) ?? [])
    expect(halves).toHaveLength(2)
    const joined = merge(halves, [], rate)!
    const [[, to]] = Object.values(joined.diff.updated) as [[Annotation, Annotation]]
    expect(timed(to, rate)).toMatchObject({ start: 100, end: 200 })
    expect(to.text?.replaceAll(' ', '')).toBe(words.join(''))
    expect(Object.keys(joined.diff.removed)).toHaveLength(1)
  }))
})

test('a drag that begins in a segment draws from where it leaves it; a drag inside draws nothing', () => {
  const room = roomIn([segment('one', 100, 200), segment('two', 200, 300), segment('three', 500, 600)])
  expect(drawnSpan(room, 250, 400)).toEqual({ start: 300, end: 400 })
  expect(drawnSpan(room, 150, 50)).toEqual({ start: 50, end: 100 })
  expect(drawnSpan(room, 220, 280)).toBeNull()
  expect(drawnSpan(room, 300, 900)).toEqual({ start: 300, end: 500 })
  expect(drawnSpan(roomIn([segment('one', 100, 200)], { overlap: true }), 150, 180)).toEqual({ start: 150, end: 180 })
})

test('points stay points, one at a moment', () => {
  const room = roomIn([segment('one', 100, 100)], { points: true })
  expect(drawnSpan(room, 90, 100)).toBeNull()
  expect(drawnSpan(room, 90, 140)).toEqual({ start: 140, end: 140 })
  const [point] = room.row.segments
  expect(movedSpan(point!, 25, room)).toEqual({ start: 125, end: 125 })
})

test('cutting takes relations of the removed half along and leaves others', () => {
  const [a, b] = [segment('a', 0, 10), segment('b', 10, 20)]
  const relation = { type: 'relation', id: 'relation:r', asset: a.asset, layer: a.layer, author: a.author, name: 'answers', from: b.id, to: a.id } as Extract<AnyRecord, { type: 'relation' }>
  expect(Object.keys(merge([timed(a, rate)!, timed(b, rate)!], [relation], rate)!.diff.removed).sort()).toEqual([b.id, relation.id].sort())
})

test('segments of another tier or layer are not joined', () => {
  expect(merge([timed(segment('a', 0, 10), rate)!, timed(segment('b', 10, 20, { tier: tier('b').id }), rate)!], [], rate)).toBeNull()
})

test('words fill their segment without a gap, each at least a frame long', () => {
  const text = fc.array(fc.stringMatching(/^\S{1,9}$/), { minLength: 1, maxLength: 30 })
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 400 }), (words, length) => {
    const whole = timed(segment('one', 50, 50 + length, { text: words.join(' ') }), rate)!
    const edit = wordsOf(whole, tier('w'), rate, (geometry, word) => ({ ...segment(word, 0, 1), id: `annotation:w${Math.random()}` as Annotation['id'], geometry, text: word }))
    if (length < words.length) {
      expect(edit).toBeNull()
      return
    }
    const made = (Object.values(edit!.diff.added) as Annotation[]).flatMap((each) => timed(each, rate) ?? []).sort((a, b) => a.start - b.start)
    expect([made[0]!.start, made.at(-1)!.end]).toEqual([50, 50 + length])
    made.forEach(({ start, end }, index) => {
      expect(end).toBeGreaterThan(start)
      if (index > 0) expect(start).toBe(made[index - 1]!.end)
    })
    expect(made.map(({ annotation }) => annotation.text)).toEqual(words)
  }))
})

test('a row answers what lies in a stretch as looking at each would', () => {
  const spans = fc.array(fc.tuple(fc.nat(1000), fc.nat(200)), { maxLength: 60 })
  fc.assert(fc.property(spans, fc.nat(1200), fc.nat(300), (list, from, length) => {
    const all = list.map(([start, long], index) => segment(String(index), start, start + long))
    const found = within(rowFrom(all), from, from + length).map(({ annotation }) => annotation.id).sort()
    expect(found).toEqual(all.filter(({ geometry }) => geometry.kind === 'segment' && geometry.start <= from + length && geometry.end >= from).map(({ id }) => id).sort())
  }))
})

test('segments of another resolution that touch still touch', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), (ticks) => {
    const first = timed(segment('a', 0, ticks, { rate: 1000 }), 44_100)!
    const second = timed(segment('b', ticks, ticks + 5, { rate: 1000 }), 44_100)!
    expect(first.end).toBe(second.start)
  }))
  expect(timed({ ...segment('a', 0, 1), geometry: segmentGeometry(lane.id, 15_000, 15_001, 1000) }, 16_000)).toMatchObject({ start: 240_000 })
})
