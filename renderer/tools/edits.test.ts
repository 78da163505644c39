import { expect, test } from 'vitest'
import { Annotation } from '#shared/model/annotation.ts'
import { Author, layerOf } from '#shared/model/author.ts'
import { after } from '#shared/model/diff.ts'
import { AnnotationId, AssetId, LabelId, newGroupId, RelationId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Relation } from '#shared/model/relation.ts'
import { defaultAttributes } from './attributes.ts'
import type { Edit } from './edited.ts'
import { acceptDrafts, deleteSelection, duplicate, group, rejectDrafts, relabel, setAttribute, setFlag, setText, ungroup } from './edits.ts'
import { bringForward, bringToFront, moveToIndex, sendBackward, sendToBack } from './ordering.ts'
import { annotationOf } from './testing/records.ts'

const image = { minX: 0, minY: 0, maxX: 100, maxY: 100 }
const a = annotationOf('a', { kind: 'box', x: 10, y: 10, width: 20, height: 20 }, { order: 1 })
const b = annotationOf('b', { kind: 'box', x: 75, y: 75, width: 20, height: 20 }, { order: 2 })
const c = annotationOf('c', { kind: 'polygon', parts: [[[0, 0, 9, 0, 9, 9]]] }, { order: 3 })
const model = { by: 'model' as const, model: 'm', version: '1', hash: 'h', settings: {}, score: 0.5, backend: 'cpu', at: 0 }
const draft = annotationOf('draft', { kind: 'box', x: 1, y: 1, width: 5, height: 5 }, { draft: true, provenance: model, order: 4 })
const labelOf = (name: string, change: Partial<Label> = {}): Label => ({
  type: 'label', id: LabelId.parse(`label:${name}`), name, color: '#336699', glyph: 'circle', hotkey: null, order: 0, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null, ...change,
})
const relation: Relation = {
  type: 'relation', id: RelationId.parse('relation:ab'), asset: AssetId.parse(a.asset), layer: layerOf(Author.parse('Mira')), author: Author.parse('Mira'), name: 'wears', from: a.id, to: b.id,
}
const written = (edit: Edit | null) => after(edit!.diff) as Annotation[]

test('delete takes the relations along', () => {
  expect(deleteSelection([b], [relation])!.diff.removed).toEqual({ [b.id]: b, [relation.id]: relation })
  expect(deleteSelection([c], [relation])!.diff.removed).toEqual({ [c.id]: c })
  expect(deleteSelection([], [relation])).toBeNull()
})

test('copies have new ids, stand 10 px off inside the image, on top, and their own group', () => {
  const grouped = [a, c].map((annotation) => ({ ...annotation, group: newGroupId() }))
  const edit = duplicate(grouped, [a, b, c], image)!
  const copies = Object.values(edit.diff.added) as Annotation[]
  expect(copies.map(({ geometry }) => geometry)).toEqual([{ kind: 'box', x: 20, y: 20, width: 20, height: 20 }, { kind: 'polygon', parts: [[[10, 10, 19, 10, 19, 19]]] }])
  expect(copies.map(({ order }) => order)).toEqual([4, 5])
  expect(copies.some((copy) => [a.id, b.id, c.id].includes(copy.id) || grouped.some(({ group }) => group === copy.group))).toBe(false)
  expect(Annotation.safeParse(copies[0]).success).toBe(true)
  expect(Object.values(duplicate([b], [b], image)!.diff.added)[0]).toMatchObject({ geometry: { x: 65, y: 65 } })
})

test('a copy of a draft is a label of the person', () => {
  expect(Object.values(duplicate([draft], [draft], image)!.diff.added)[0]).toMatchObject({ draft: false, provenance: { by: 'human', origin: model } })
})

test('only annotations of a kind that the label allows get it, and attributes are those it asks for', () => {
  const color = { id: 'color', name: 'Colour', required: false, type: 'select' as const, options: ['red', 'blue'], default: 'red' }
  const count = { id: 'count', name: 'Count', required: false, type: 'number' as const, min: 0, max: 9, default: null }
  const car = labelOf('car', { kinds: ['box'], attributes: [color, count] })
  const blue = { ...a, attributes: { color: 'blue', count: 50, old: true } }
  const edit = relabel([blue, c], car)
  expect(edit!.name).toBe('change label')
  expect(written(edit)).toEqual([{ ...blue, label: car.id, attributes: { color: 'blue' } }])
  expect(relabel([c], car)).toBeNull()
  expect(relabel(written(edit), car)).toBeNull()
  expect(written(relabel(written(edit), null))[0]).toMatchObject({ label: null, attributes: {} })
  expect(defaultAttributes(car)).toEqual({ color: 'red' })
})

test('text, attributes and flags: what is set again is no edit', () => {
  expect(written(setText([a, b], 'x')).map(({ text }) => text)).toEqual(['x', 'x'])
  expect(setText([{ ...a, text: 'x' }], 'x')).toBeNull()
  expect(written(setAttribute([a], 'k', 5))[0]!.attributes).toEqual({ k: 5 })
  expect(written(setAttribute([{ ...a, attributes: { k: 5, l: 1 } }], 'k', null))[0]!.attributes).toEqual({ l: 1 })
  expect(written(setFlag([a, { ...b, flags: ['crowd'] }], 'crowd', true))).toEqual([{ ...a, flags: ['crowd'] }])
})

test('typing into a draft makes it a label', () => expect(written(setText([draft], 'x'))[0]).toMatchObject({ draft: false, provenance: { by: 'human', origin: model } }))

test('accepting leaves a draft as it was proposed, rejecting takes drafts alone', () => {
  expect(written(acceptDrafts([draft, a]))).toEqual([{ ...draft, draft: false }])
  expect(acceptDrafts([a])).toBeNull()
  expect(Object.keys(rejectDrafts([draft, a], [])!.diff.removed)).toEqual([draft.id])
  expect(rejectDrafts([a], [])).toBeNull()
})

test('group and ungroup', () => {
  const grouped = written(group([a, b]))
  expect(new Set(grouped.map(({ group }) => group)).size).toBe(1)
  expect(group([a])).toBeNull()
  expect(written(ungroup(grouped))).toEqual([a, b])
})

const all = [a, b, c]
const order = (edit: Edit | null, from = all) => {
  const changed = new Map(written(edit).map((annotation) => [annotation.id, annotation]))
  return from.map((annotation) => changed.get(annotation.id) ?? annotation).sort((p, q) => p.order - q.order).map(({ id }) => id.at(-1)).join('')
}

test('order: each way changes the moved ones alone', () => {
  expect(order(bringForward(all, [a.id]))).toBe('bac')
  expect(order(sendBackward(all, [c.id]))).toBe('acb')
  expect(order(bringToFront(all, [a.id]))).toBe('bca')
  expect(order(sendToBack(all, [c.id, b.id]))).toBe('bca')
  expect(order(moveToIndex(all, [c.id], 1))).toBe('acb')
  expect(Object.keys(bringForward(all, [a.id])!.diff.updated)).toEqual([a.id])
  expect([bringForward(all, [c.id]), sendBackward(all, [a.id]), bringToFront(all, []), moveToIndex(all, [AnnotationId.parse('annotation:z')], 0)]).toEqual([null, null, null, null])
})

test('order among equals is counted anew, and drafts stay drafts', () => {
  const ties = [a, b, draft].map((annotation) => ({ ...annotation, order: 7 }))
  const edit = moveToIndex(ties, [draft.id], 1)
  expect(order(edit, ties)).toBe('atb')
  expect(written(edit).find(({ id }) => id === draft.id)).toMatchObject({ draft: true, provenance: model })
})
