import { z } from 'zod'
import type { AttributeDefinition, AttributeValues } from '#shared/model/attribute.ts'
import type { ParsedLabel } from '../format.ts'
import type { JsonObject } from '../json.ts'
import { id, RowError, text, whole } from './fields.ts'

const Color = z.string().regex(/^#[0-9a-f]{6}$/iu)

/** A category as a label. Skeletons count from 1 in COCO, from 0 here. Throws RowError. */
export function labelOf(row: JsonObject): ParsedLabel {
  const name = text(row.name, 'name').trim().normalize('NFC')
  if (name === '' || name.length > 200) throw new RowError('name', 'wrong-value', 'a category needs a name of 1 to 200 characters.')
  const key = id(row.id, 'id')
  const color = Color.safeParse(row.color)
  return {
    name,
    parent: typeof row.supercategory === 'string' && row.supercategory !== '' ? row.supercategory : null,
    externalId: /^\d{1,15}$/u.test(key) ? Number(key) : null,
    color: color.success ? color.data : null,
    keypoints: Array.isArray(row.keypoints) && row.keypoints.length > 0
      ? { names: row.keypoints.map((entry, index) => text(entry, `keypoints[${index}]`)), skeleton: skeletonOf(row.skeleton) }
      : null,
    attributes: [],
  }
}

function skeletonOf(value: unknown): [number, number][] {
  if (!Array.isArray(value)) return []
  return value.map((pair: unknown, index) => {
    const [from, to] = Array.isArray(pair) && pair.length === 2 ? pair : [undefined, undefined]
    const ends: [number, number] = [whole(from, `skeleton[${index}]`) - 1, whole(to, `skeleton[${index}]`) - 1]
    if (ends[0] < 0 || ends[1] < 0) throw new RowError(`skeleton[${index}]`, 'wrong-value', 'skeletons count their keypoints from 1.')
    return ends
  })
}

/** The attributes that a label's annotations carry, with the narrowest type that holds every value seen. */
export function attributesSeen(values: readonly AttributeValues[]): AttributeDefinition[] {
  const types = new Map<string, Set<string>>()
  const options = new Map<string, Set<string>>()
  for (const each of values) {
    for (const [name, value] of Object.entries(each)) {
      const seen = types.get(name) ?? new Set()
      types.set(name, seen.add(Array.isArray(value) ? 'list' : typeof value))
      if (Array.isArray(value)) {
        const all = options.get(name) ?? new Set()
        for (const entry of value) if (entry !== '') all.add(entry)
        options.set(name, all)
      }
    }
  }
  return [...types.keys()].sort().filter((name) => name.length > 0 && name.length <= 100).map((name) => {
    const base = { id: name, name, required: false, default: null }
    const [type, ...others] = types.get(name)!
    if (others.length === 0 && type === 'number') return { ...base, type: 'number', min: null, max: null }
    if (others.length === 0 && type === 'boolean') return { ...base, type: 'checkbox' }
    const choices = [...(options.get(name) ?? [])].sort()
    if (others.length === 0 && type === 'list' && choices.length > 0) return { ...base, type: 'multi-select', options: choices }
    return { ...base, type: 'text' }
  })
}
