import { boundsOf, unionAll } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { clampMove, translate } from '#shared/geometry/transform.ts'
import type { Annotation, AnnotationFlag, TextDirection } from '#shared/model/annotation.ts'
import type { AttributeValue } from '#shared/model/attribute.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import { editedByHuman } from '#shared/model/provenance.ts'
import { adding, removing, updating } from '#shared/model/diff.ts'
import { newAnnotationId, newGroupId, type AnnotationId, type GroupId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Relation } from '#shared/model/relation.ts'
import { spansAfterEdit } from '#shared/text/spans.ts'
import { attributesUnder } from './attributes.ts'
import { edited, editOf, type AnnotationChange, type Edit } from './edited.ts'

/*
 * What a person does to a selection without a gesture. Each takes records as they stand and gives the edit to save, or
 * null when nothing would change. They ask nobody whose layer a record is in: hand them editable ones only.
 */

/** Annotations gone, and with them the relations of `relations` that begin or end in one. */
export function deleteSelection(selection: readonly Annotation[], relations: readonly Relation[], name = 'delete'): Edit | null {
  if (selection.length === 0) return null
  const gone = new Set<AnnotationId>(selection.map(({ id }) => id))
  return { name, diff: removing(...selection, ...relations.filter(({ from, to }) => gone.has(from) || gone.has(to))) }
}

/** Copies 10 px to the right and below (to the left or above where the image ends), on top of everything. The ids of the copies are the keys of `diff.added`. */
export function duplicate(selection: readonly Annotation[], all: readonly Annotation[], extent: Bounds | null, offset = 10): Edit | null {
  if (selection.length === 0) return null
  const bounds = unionAll(selection.map(({ geometry }) => boundsOf(geometry)))
  const { dx, dy } = room(bounds, offset, extent)
  const groups = new Map<GroupId, GroupId>()
  const top = all.reduce((most, { order }) => Math.max(most, order), 0)
  const copies = inOrder(selection).map((annotation, index): Annotation => ({
    ...edited(annotation, { geometry: translate(annotation.geometry, dx, dy) }),
    id: newAnnotationId(), order: top + 1 + index, group: annotation.group && copyOfGroup(annotation.group, groups),
  }))
  return { name: 'duplicate', diff: adding(...copies) }
}

/** Copies of others' annotations as this person's own, in place and on top; who they were copied from stands in the log. */
export function copyInto(selection: readonly Annotation[], author: Author, all: readonly Annotation[]): Edit | null {
  if (selection.length === 0) return null
  const groups = new Map<GroupId, GroupId>()
  const top = all.reduce((most, { order }) => Math.max(most, order), 0)
  const copies = inOrder(selection).map((annotation, index): Annotation => ({
    ...annotation, id: newAnnotationId(), layer: layerOf(author), author, draft: false, order: top + 1 + index,
    group: annotation.group && copyOfGroup(annotation.group, groups), provenance: editedByHuman(annotation.provenance),
  }))
  return { name: 'copy into my layer', diff: adding(...copies) }
}

/** Another label for those annotations whose kind it allows; null takes the label away. Attributes that the label does not ask for go. */
export function relabel(selection: readonly Annotation[], label: Label | null): Edit | null {
  const fitting = selection.filter(({ geometry }) => label === null || label.kinds.length === 0 || label.kinds.includes(geometry.kind))
  return editAll('change label', fitting, (annotation) =>
    (annotation.label === (label?.id ?? null) ? {} : { label: label?.id ?? null, attributes: attributesUnder(label, annotation.attributes) }))
}

/** One attribute's value; null takes it away. */
export const setAttribute = (selection: readonly Annotation[], id: string, value: AttributeValue | null): Edit | null =>
  editAll('change attribute', selection, ({ attributes }) => {
    const { [id]: _, ...others } = attributes
    return { attributes: value === null ? others : { ...others, [id]: value } }
  })

/** Another text; marks of what is uncertain stay with what they mark. */
export const setText = (selection: readonly Annotation[], text: string | null): Edit | null =>
  editAll('type text', selection, ({ text: before, spans }) => ({ text, ...(spans && { spans: [...spansAfterEdit(spans, before ?? '', text ?? '')] }) }))
export const setDirection = (selection: readonly Annotation[], direction: TextDirection): Edit | null => editAll('change direction', selection, () => ({ direction }))
export const setLanguage = (selection: readonly Annotation[], language: string | null): Edit | null => editAll('change language', selection, () => ({ language }))

export const setFlag = (selection: readonly Annotation[], flag: AnnotationFlag, on: boolean): Edit | null =>
  editAll(on ? `mark ${flag}` : `unmark ${flag}`, selection, ({ flags }) => {
    if (flags.includes(flag) === on) return {}
    return { flags: on ? [...flags, flag] : flags.filter((other) => other !== flag) }
  })

/** All of the selection as one object. */
export function group(selection: readonly Annotation[]): Edit | null {
  if (selection.length < 2) return null
  const id = newGroupId()
  return editAll('group', selection, () => ({ group: id }))
}
export const ungroup = (selection: readonly Annotation[]): Edit | null => editAll('ungroup', selection, () => ({ group: null }))

/** Drafts become labels as they are; who proposed them stays on record. */
export function acceptDrafts(selection: readonly Annotation[]): Edit | null {
  const drafts = selection.filter(({ draft }) => draft)
  if (drafts.length === 0) return null
  return { name: drafts.length === 1 ? 'accept draft' : 'accept drafts', diff: updating(...drafts.map((from) => [from, { ...from, draft: false }] as const)) }
}

/** Drafts gone; labels in the selection stay. */
export function rejectDrafts(selection: readonly Annotation[], relations: readonly Relation[]): Edit | null {
  const drafts = selection.filter(({ draft }) => draft)
  return deleteSelection(drafts, relations, drafts.length === 1 ? 'reject draft' : 'reject drafts')
}

/** The same change for each of some annotations, as one edit. */
export function editAll(name: string, selection: readonly Annotation[], change: (annotation: Annotation) => AnnotationChange): Edit | null {
  return editOf(name, selection.map((annotation) => [annotation, edited(annotation, change(annotation))] as const))
}

const inOrder = (annotations: readonly Annotation[]): Annotation[] => annotations.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

/** The offset on each axis, turned round where the image ends, so that a copy never hides its original. */
function room(bounds: Bounds | null, offset: number, extent: Bounds | null): { readonly dx: number; readonly dy: number } {
  const ahead = clampMove(bounds, offset, offset, extent), back = clampMove(bounds, -offset, -offset, extent)
  return { dx: ahead.dx >= -back.dx ? ahead.dx : back.dx, dy: ahead.dy >= -back.dy ? ahead.dy : back.dy }
}

function copyOfGroup(group: GroupId, copies: Map<GroupId, GroupId>): GroupId {
  const copy = copies.get(group) ?? newGroupId()
  copies.set(group, copy)
  return copy
}
