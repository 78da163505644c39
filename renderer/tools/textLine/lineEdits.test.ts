import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlineOf, polygonArea } from '#shared/geometry/polygon.ts'
import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import { applyDiff } from '#shared/model/apply.ts'
import { after, invert } from '#shared/model/diff.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Edit } from '../edited.ts'
import { annotationOf } from '../testing/records.ts'
import { insertAfter, markedOf, mergeWithNext, moveLine, orderLines, splitAtCaret, splitIntoWords, writeLine } from './lineEdits.ts'
import { isLine, linesOf, wordOf, type Line } from './lines.ts'

const width = (text: string) => text.length
const line = (name: string, x: number, y: number, text: string | null = null, change: Partial<Annotation> = {}): Line =>
  annotationOf(name, { kind: 'text-line', outline: { kind: 'box', x, y, width: 100, height: 10 }, baseline: null }, { text, ...change }) as Line

/** The records after an edit, and after taking it back. */
function run(records: readonly AnyRecord[], edit: Edit) {
  const state = new Map<string, AnyRecord>(records.map((record) => [record.id, record]))
  const put = (diff: Edit['diff']) => {
    const effect = applyDiff((id) => state.get(id), diff)
    for (const record of after(effect)) state.set(record.id, record)
    for (const id in effect.removed) state.delete(id)
    return effect
  }
  const effect = put(edit.diff)
  const then = [...state.values()]
  put(invert(effect))
  expect([...state.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([...records].toSorted((a, b) => (a.id < b.id ? -1 : 1)))
  return then
}
const linesIn = (records: readonly AnyRecord[]) => records.filter((record) => record.type === 'annotation').filter(isLine).sort(byOrder)
const area = ({ geometry }: Line) => polygonArea(outlineOf(geometry.outline)!)

test('the guessed order names every line once and can be taken back', () => {
  const places = fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(20)), { minLength: 2, maxLength: 25, selector: String })
  fc.assert(fc.property(places, fc.boolean(), (list, counted) => {
    const lines = list.map(([x, y], index) => line(`l${index}`, x * 150, y * 14, null, { order: counted ? index : 0 })).sort(byOrder)
    const edit = orderLines(lines)
    const ordered = edit ? linesIn(run(lines, edit)) : lines
    expect(ordered.map(({ id }) => id).toSorted()).toEqual(lines.map(({ id }) => id).toSorted())
    // A second guess has nothing to change.
    expect(orderLines(ordered)).toBeNull()
  }))
})

test('a split and a merge give the line back: its text, its marks, its area', () => {
  const words = fc.array(fc.constantFrom('river', 'of', 'été', 'סוף', '日本'), { minLength: 2, maxLength: 5 })
  fc.assert(fc.property(words, fc.nat(9), fc.constantFrom('ltr', 'rtl', 'vertical' as const), (list, n, axis) => {
    const text = list.join(' ')
    const caret = list.slice(0, 1 + (n % (list.length - 1))).join(' ').length
    // Scripts without spaces are joined without one.
    fc.pre(!/日本 日本/u.test(text))
    const whole = line('a', 0, 0, text, { order: 1, spans: [{ start: 0, end: list[0]!.length, kind: 'unclear', alternative: null }] })
    const next = line('b', 0, 20, 'then', { order: 2 })
    const parts = splitAtCaret([whole, next], 0, markedOf(whole), caret, axis, width)!
    const two = linesIn(run([whole, next], parts.edit))
    expect(two.map(({ text: said }) => said)).toEqual([text.slice(0, caret), text.slice(caret + 1), 'then'])
    expect(Math.abs(area(two[0]!) + area(two[1]!) - area(whole))).toBeLessThan(1.5)
    const merged = mergeWithNext(two, 0, markedOf(two[0]!), axis, [])!
    const [one] = linesIn(run(two, merged.edit))
    expect(one).toMatchObject({ text, spans: whole.spans })
    expect(Math.abs(area(one!) - area(whole))).toBeLessThan(1.5)
  }))
})

test('a line is inserted between its neighbours, as far on as they are apart, in the same block', () => {
  const lines = [line('a', 0, 0, 'a', { order: 1 }), line('b', 0, 14, 'b', { order: 2, direction: 'rtl' }), line('c', 0, 60, 'c', { order: 3 })]
  const { edit, added } = insertAfter(lines, 1, 'ltr', { minX: 0, minY: 0, maxX: 200, maxY: 100 }, (geometry) => annotationOf('new', geometry))
  const all = linesIn(run(lines, edit))
  expect(all.map(({ id }) => id)).toEqual([lines[0]!.id, lines[1]!.id, added, lines[2]!.id])
  expect(all[2]).toMatchObject({ text: null, direction: 'rtl', geometry: { outline: { y: 28 } } })
})

test('the first line of an empty page, and one at the foot of the page, stay on it', () => {
  const page = { minX: 0, minY: 0, maxX: 100, maxY: 30 }
  const make = (geometry: Line['geometry']) => annotationOf('new', geometry)
  expect(after(insertAfter([], -1, 'ltr', page, make).edit.diff)[0]).toMatchObject({ geometry: { outline: { x: 10, y: 3 } } })
  expect(after(insertAfter([line('a', 0, 20)], 0, 'ltr', page, make).edit.diff)[0]).toMatchObject({ geometry: { outline: { y: 20 } } })
})

test('moving a line changes its place alone; past the ends nothing moves', () => {
  const lines = ['a', 'b', 'c'].map((name, index) => line(name, 0, index * 20, name, { order: index }))
  expect(linesIn(run(lines, moveLine(lines, 2, 0)!)).map(({ text }) => text)).toEqual(['c', 'a', 'b'])
  expect(moveLine(lines, 0, -1)).toBeNull()
  expect(moveLine(lines, 2, 3)).toBeNull()
})

test('words are lines of their own tied to theirs, and no lines of the page; splitting again replaces them', () => {
  const whole = line('a', 0, 0, 'one three', { order: 1 })
  const once = run([whole], splitIntoWords(whole, 'ltr', width, [whole], [])!)
  const annotations = once.filter((record) => record.type === 'annotation')
  const relations = once.filter((record) => record.type === 'relation')
  expect(linesIn(once).map(({ text, geometry }) => [text, geometry.outline.kind === 'box' && Math.round(geometry.outline.width)])).toEqual([['one three', 100], ['one', 39], ['three', 61]])
  expect(relations.map(({ name, to }) => [name, to])).toEqual([[wordOf, whole.id], [wordOf, whole.id]])
  expect(linesOf(annotations, relations, whole.layer)).toEqual([whole])
  const twice = run(once, splitIntoWords(whole, 'ltr', width, annotations, relations)!)
  expect(twice).toHaveLength(5)
})

test('text is saved in its normal form, once; the same text again is no change', () => {
  const edit = writeLine(line('a', 0, 0), { text: 'cafe\u0301', spans: [] }, 'NFC')!
  expect(after(edit.diff)[0]).toMatchObject({ text: 'café' })
  expect(writeLine(line('a', 0, 0, 'café'), { text: 'cafe\u0301', spans: [] }, 'NFC')).toBeNull()
  expect(writeLine(line('a', 0, 0, 'café'), { text: '', spans: [] }, 'NFC')).not.toBeNull()
})
