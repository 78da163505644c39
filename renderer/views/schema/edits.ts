import type { AttributeDefinition } from '#shared/model/attribute.ts'
import { adding, updating, type Diff } from '#shared/model/diff.ts'
import { newLabelId, randomToken } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { freeMark } from '#shared/model/palette.ts'

export const inOrder = (labels: readonly Label[]): Label[] => [...labels].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

/** "label", "label 2", "label 3" … : the first that no label has. */
export function freeName(base: string, taken: readonly string[]): string {
  let name = base
  for (let number = 2; taken.includes(name); number++) name = `${base} ${number}`
  return name
}

/** A new label at the end, with a mark that no other has. */
export function newLabel(labels: readonly Label[], base: string): { readonly label: Label; readonly diff: Diff } {
  const last = inOrder(labels).at(-1)
  const label: Label = {
    type: 'label', id: newLabelId(), name: freeName(base, labels.map(({ name }) => name)), ...freeMark(labels), hotkey: null, order: (last?.order ?? -1) + 1,
    kinds: [], attributes: [], parent: null, externalId: null, keypoints: null,
  }
  return { label, diff: adding(label) }
}

/** The label at `from` goes to stand at `to`; only labels whose number changes are in the diff. */
export function moved(labels: readonly Label[], from: number, to: number): Diff {
  const next = inOrder(labels)
  const [label] = next.splice(from, 1)
  if (label !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, label)
  return updating(...next.flatMap((label, order) => (label.order === order ? [] : [[label, { ...label, order }] as const])))
}

/** An attribute of another kind that keeps what both kinds know. */
export function retyped(attribute: AttributeDefinition, type: AttributeDefinition['type'], option: string): AttributeDefinition {
  const { id, name, required } = attribute
  const base = { id, name, required }
  const options = 'options' in attribute ? attribute.options : [option]
  switch (type) {
    case 'text': return { ...base, type, default: null }
    case 'number': return { ...base, type, min: null, max: null, default: null }
    case 'checkbox': return { ...base, type, default: null }
    case 'select': return { ...base, type, options, default: null }
    case 'multi-select': return { ...base, type, options, default: null }
  }
}

export const newAttribute = (taken: readonly string[], base: string): AttributeDefinition => ({ id: randomToken(8), name: freeName(base, taken), required: false, type: 'text', default: null })

/** Options from lines: no blanks, none twice. */
export const optionsFrom = (text: string): string[] => [...new Set(text.split(/\r?\n/u).map((line) => line.normalize('NFC').trim()).filter((line) => line !== ''))]

/** The attribute with these options, and of its default only what is still an option. */
export function withOptions(attribute: Extract<AttributeDefinition, { options: string[] }>, options: string[]): AttributeDefinition {
  if (attribute.type === 'select') return { ...attribute, options, default: attribute.default !== null && options.includes(attribute.default) ? attribute.default : null }
  const kept = attribute.default?.filter((value) => options.includes(value)) ?? []
  return { ...attribute, options, default: kept.length === 0 ? null : kept }
}
