import type { Annotation } from '#shared/model/annotation.ts'
import type { Label } from '#shared/model/label.ts'
import type { LabelId } from '#shared/model/id.ts'
import { inOrder } from '../pictures.ts'

/**
 * Whole numbers for things in order: the wanted number where it is free, else the least one from 1 on that nobody
 * wants. Never below `least` (an annotation id of 0 counts as "no match" in COCOeval).
 */
export function numbered<Thing>(things: readonly Thing[], wanted: (thing: Thing) => number | null, least: number): Map<Thing, number> {
  const numbers = new Map<Thing, number>()
  const taken = new Set<number>()
  for (const thing of things) {
    const number = wanted(thing)
    if (number === null || !Number.isSafeInteger(number) || number < least || taken.has(number)) continue
    numbers.set(thing, number)
    taken.add(number)
  }
  let next = 1
  for (const thing of things) {
    if (numbers.has(thing)) continue
    while (taken.has(next)) next += 1
    numbers.set(thing, next)
    taken.add(next)
  }
  return numbers
}

export interface Category {
  label: Label
  id: number
}

export function categoriesOf(labels: readonly Label[]): Map<LabelId, Category> {
  const ids = numbered(inOrder(labels), (label) => label.externalId, 0)
  return new Map([...ids].map(([label, id]) => [label.id, { label, id }]))
}

/** Keypoint names for labels that have none are taken from the longest list of points drawn. */
export function categoryRow({ label, id }: Category, mostPoints: number): Record<string, unknown> {
  const row: Record<string, unknown> = { id, name: label.name, supercategory: label.parent ?? '', color: label.color }
  if (label.keypoints === null && mostPoints === 0) return row
  const names = [...(label.keypoints?.names ?? [])]
  while (names.length < mostPoints) names.push(`point-${names.length + 1}`)
  return { ...row, keypoints: names, skeleton: (label.keypoints?.skeleton ?? []).map(([from, to]) => [from + 1, to + 1]) }
}

/** Attribute values by the attributes' names; by id where two have one name or the name means something to COCO's readers. */
export function namedAttributes(annotation: Annotation, label: Label): Record<string, unknown> {
  const named: Record<string, unknown> = {}
  for (const key of Object.keys(annotation.attributes).sort()) {
    const name = label.attributes.find((attribute) => attribute.id === key)?.name ?? key
    named[name in named || taken.has(name) ? key : name] = annotation.attributes[key]
  }
  for (const flag of annotation.flags) if (flag !== 'crowd') named[flag] = true
  return named
}

const taken = new Set(['occluded', 'truncated', 'difficult', 'illegible', 'rotation'])
