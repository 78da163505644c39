import { z } from 'zod'
import { AnyRecord, type RecordId } from './record.ts'

const byId = <Value extends z.ZodType>(value: Value) => z.record(z.string(), value)

/**
 * The one value that is the undo entry, the save request, the audit row and the unit of exchange:
 * records added, records updated as [from, to], records removed (whole, so that it can be turned round).
 */
export const Diff = z
  .object({ added: byId(AnyRecord), updated: byId(z.tuple([AnyRecord, AnyRecord])), removed: byId(AnyRecord) })
  .superRefine((diff, context) => {
    for (const [part, records] of [['added', diff.added], ['removed', diff.removed]] as const) {
      for (const id in records) if (records[id]?.id !== id) context.addIssue({ code: 'custom', path: [part, id], message: 'key and record id differ' })
    }
    for (const id in diff.updated) {
      const [from, to] = diff.updated[id]!
      if (from.id !== id || to.id !== id || from.type !== to.type) {
        context.addIssue({ code: 'custom', path: ['updated', id], message: 'both records must have the id of the key and one type' })
      }
    }
  })
export type Diff = z.infer<typeof Diff>

export const emptyDiff = (): Diff => ({ added: {}, updated: {}, removed: {} })

export function isEmpty(diff: Diff): boolean {
  for (const part of [diff.added, diff.updated, diff.removed]) for (const _ in part) return false
  return true
}

export const adding = (...records: AnyRecord[]): Diff => ({ ...emptyDiff(), added: Object.fromEntries(records.map((record) => [record.id, record])) })
export const removing = (...records: AnyRecord[]): Diff => ({ ...emptyDiff(), removed: Object.fromEntries(records.map((record) => [record.id, record])) })
export const updating = (...pairs: (readonly [from: AnyRecord, to: AnyRecord])[]): Diff => ({
  ...emptyDiff(), updated: Object.fromEntries(pairs.map(([from, to]) => [from.id, [from, to]])),
})

/** The diff that takes back `diff`. invert(invert(d)) = d. */
export function invert(diff: Diff): Diff {
  const updated: Diff['updated'] = {}
  for (const id in diff.updated) {
    const [from, to] = diff.updated[id]!
    updated[id] = [to, from]
  }
  return { added: diff.removed, updated, removed: diff.added }
}

/** Every record id that the diff touches. */
export function touched(diff: Diff): RecordId[] {
  return [...Object.keys(diff.added), ...Object.keys(diff.updated), ...Object.keys(diff.removed)] as RecordId[]
}

/** The records as they stand after the diff. */
export function after(diff: Diff): AnyRecord[] {
  return [...Object.values(diff.added), ...Object.values(diff.updated).map(([, to]) => to)]
}
