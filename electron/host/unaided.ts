import type { HostEvent } from '#shared/contract/events.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { heldInControl, type Viewer } from '#electron/storage/assetQueries.ts'
import type { Db } from '#electron/storage/database.ts'
import { viewerOf, type HostContext } from './context.ts'

/** The event as this host's windows may have it: without what a model proposed on items that are labeled unaided. */
export function eventFor(context: HostContext, event: HostEvent): HostEvent {
  if (event.kind !== 'changed' || !context.project) return event
  const viewer = viewerOf(context)
  if (viewer.control === null) return event
  const diff = seenOf(context.project.store.db, viewer, event.change.diff)
  if (diff === null) return event
  // Of a change that reaches over items it cannot be told any more which: all is read anew.
  return event.change.asset === null ? { kind: 'reload' } : { ...event, change: { ...event.change, diff } }
}

/** The diff without the records that are held back; null when none is. */
function seenOf(db: Db, viewer: Viewer, diff: Diff): Diff | null {
  const held = (record: AnyRecord) => heldInControl(db, viewer, record)
  const of = <Value>(part: Record<string, Value>, records: (value: Value) => readonly AnyRecord[]) => Object.fromEntries(Object.entries(part).filter(([, value]) => !records(value).some(held)))
  const seen: Diff = { added: of(diff.added, (record) => [record]), updated: of(diff.updated, (pair) => pair), removed: of(diff.removed, (record) => [record]) }
  const count = (each: Diff) => Object.keys(each.added).length + Object.keys(each.updated).length + Object.keys(each.removed).length
  return count(seen) === count(diff) ? null : seen
}
