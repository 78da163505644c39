import type { Diff } from './diff.ts'
import type { AnyRecord } from './record.ts'

/**
 * Applying is by field and cannot fail: what a diff adds is there afterwards, of what it updates the fields that it
 * changed have its values, what it removes is gone. An update of a record that is gone brings it back, because an
 * edit outweighs a deletion. So a set of changes applied in the order of their clocks gives one state, whoever sends
 * them and in whatever order they arrive.
 *
 * Returns what really changed as a diff of whole records: [as it was, as it is].
 */
export function applyDiff(current: (id: string) => AnyRecord | undefined, diff: Diff): Diff {
  const effect: Diff = { added: {}, updated: {}, removed: {} }
  const put = (id: string, next: AnyRecord) => {
    const was = current(id)
    if (was === undefined) effect.added[id] = next
    else if (!sameValue(was, next)) effect.updated[id] = [was, next]
  }
  for (const id in diff.added) put(id, diff.added[id]!)
  for (const id in diff.updated) {
    const [from, to] = diff.updated[id]!
    put(id, patched(current(id), from, to))
  }
  for (const id in diff.removed) {
    const was = current(id)
    if (was !== undefined) effect.removed[id] = was
  }
  return effect
}

/** `current` with the fields in which `to` differs from `from`. */
export function patched(current: AnyRecord | undefined, from: AnyRecord, to: AnyRecord): AnyRecord {
  if (current === undefined || sameValue(current, from)) return to
  const fields: Record<string, unknown> = { ...current }
  const before: Record<string, unknown> = from
  const wanted: Record<string, unknown> = to
  for (const field in wanted) if (!sameValue(before[field], wanted[field])) fields[field] = wanted[field]
  return fields as AnyRecord
}

/** Whether two JSON values are equal; the order of an object's keys does not matter. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  return keys.every((key) => Object.hasOwn(right, key) && sameValue(left[key], right[key]))
}
