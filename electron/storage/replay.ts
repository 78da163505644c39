import { applyDiff, sameValue } from '#shared/model/apply.ts'
import { after, type Diff } from '#shared/model/diff.ts'
import { type AnyRecord, recordTypes } from '#shared/model/record.ts'
import { digestOf, type Log } from './log.ts'
import { tables, type Projection } from './projection.ts'
import type { Db } from './database.ts'

export interface ReplayFinding {
  readonly code: 'digest' | 'unreadable-change' | 'missing-record' | 'extra-record' | 'differing-record'
  readonly message: string
}

/** The state that the log alone gives: every change in the order of the clocks, from nothing. */
export function replay(log: Log, findings: ReplayFinding[] = []): Map<string, AnyRecord> {
  const state = new Map<string, AnyRecord>()
  for (const row of log.inOrder()) {
    if (digestOf(row) !== row.digest) findings.push({ code: 'digest', message: `Change ${row.id} ("${row.name}" by ${row.author}) is not as it was written.` })
    let diff: Diff
    try {
      diff = JSON.parse(row.diff)
    } catch {
      findings.push({ code: 'unreadable-change', message: `Change ${row.id} cannot be read and is left out.` })
      continue
    }
    const effect = applyDiff((id) => state.get(id), diff)
    for (const record of after(effect)) state.set(record.id, record)
    for (const id in effect.removed) state.delete(id)
  }
  return state
}

/** Compares the tables with what the log gives. */
export function compare(db: Db, state: ReadonlyMap<string, AnyRecord>): ReplayFinding[] {
  const findings: ReplayFinding[] = []
  const seen = new Set<string>()
  for (const type of recordTypes) {
    for (const row of db.prepare(`SELECT id, record FROM ${tables[type].table}`).iterate() as IterableIterator<{ id: string; record: string }>) {
      seen.add(row.id)
      const wanted = state.get(row.id)
      if (!wanted) findings.push({ code: 'extra-record', message: `${row.id} stands in the tables but not in the log.` })
      else if (!sameValue(wanted, parsed(row.record))) findings.push({ code: 'differing-record', message: `${row.id} in the tables differs from the log.` })
    }
  }
  for (const id of state.keys()) if (!seen.has(id)) findings.push({ code: 'missing-record', message: `${id} stands in the log but not in the tables.` })
  return findings
}

/** Writes the tables anew from the log. */
export function rebuild(db: Db, records: Projection, state: ReadonlyMap<string, AnyRecord>): void {
  // What lies on an item whose own record the log has lost stays: importing the file again brings the item back under it.
  db.pragma('foreign_keys = OFF')
  try {
    db.transaction(() => {
      for (const type of recordTypes) db.exec(`DELETE FROM ${tables[type].table}`)
      for (const record of state.values()) records.insert(record, JSON.stringify(record))
    }).immediate()
  } finally {
    db.pragma('foreign_keys = ON')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
