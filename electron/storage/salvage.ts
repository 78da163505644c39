import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fsyncFile, fsyncFolder } from './atomicFile.ts'
import { openForWriting, openRaw, type Db } from './database.ts'
import { takeLock } from './lock.ts'
import { changeLog, digestOf, type LogRow } from './log.ts'
import { initialise } from './migrate.ts'
import { projection } from './projection.ts'
import { rebuild, replay } from './replay.ts'

export interface Salvage {
  /** Changes that could be read and are as they were written. */
  readonly saved: number
  /** Places in the log that could not be read, or no longer say what was written. */
  readonly lost: number
  /** Where the damaged file lies now. */
  readonly kept: string
}

/**
 * Saves what the log of a damaged database still holds into a new one, whose tables are made from it. The damaged file is
 * kept beside it under another name. Null, with everything left as it was, when not one change can be read.
 */
export function salvage(folder: string, now: number): Salvage | null {
  const lock = takeLock(folder)
  const path = join(folder, 'project.db')
  const fresh = `${path}.salvaged`
  removeDatabase(fresh)
  try {
    const found = readDamaged(path)
    if (found === null || found.rows.length === 0) return null
    writeFresh(fresh, found)
    const kept = `${path}.damaged-${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`
    for (const end of ['-wal', '-shm', '']) if (existsSync(path + end)) renameSync(path + end, kept + end)
    renameSync(fresh, path)
    fsyncFolder(folder)
    return { saved: found.rows.length, lost: found.lost, kept }
  } finally {
    removeDatabase(fresh)
    lock.release()
  }
}

interface Found {
  readonly rows: readonly LogRow[]
  readonly lost: number
  readonly meta: readonly { key: string; value: string }[]
  readonly roots: readonly { path: string }[]
}

function readDamaged(path: string): Found | null {
  let db: Db | null = null
  try {
    const damaged = (db = openRaw(path))
    const bytes = ['', '-wal'].reduce((sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0), 0)
    const last = lastPlace(damaged, bytes)
    const bySeq = damaged.prepare('SELECT * FROM changes WHERE seq = ?')
    const rows: LogRow[] = []
    for (let seq = 1; seq <= last; seq++) {
      const row = orNull(() => bySeq.get(seq) as LogRow | undefined)
      if (row && digestOf(row) === row.digest) rows.push(row)
    }
    const all = <Row>(sql: string): Row[] => orNull(() => damaged.prepare(sql).all() as Row[]) ?? []
    return { rows, lost: last - rows.length, meta: all('SELECT key, value FROM meta'), roots: all('SELECT path FROM media_roots') }
  } catch {
    return null
  } finally {
    db?.close()
  }
}

/** The last place of the log that was ever given out, whichever of its traces can be read. */
function lastPlace(db: Db, bytes: number): number {
  const traces = [`SELECT seq FROM sqlite_sequence WHERE name = 'changes'`, 'SELECT max(seq) FROM changes', 'SELECT count(*) FROM changes']
  const told = Math.max(0, ...traces.map((sql) => Number(orNull(() => db.prepare(sql).pluck().get()) ?? 0)))
  // A trace may be damaged itself; a change takes more than 100 bytes of the file.
  return Math.min(told, Math.ceil(bytes / 100))
}

function writeFresh(path: string, { rows, meta, roots }: Found): void {
  const db = openForWriting(path)
  try {
    initialise(db, path)
    db.transaction(() => {
      const columns = ['seq', 'id', 'clock', 'author', 'asset', 'name', 'intent', 'target', 'duration_ms', 'scope', 'labels', 'digest', 'diff']
      const insert = db.prepare(`INSERT OR IGNORE INTO changes (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`)
      for (const row of rows) insert.run(row)
      for (const row of meta) db.prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (@key, @value)').run(row)
      for (const row of roots) db.prepare('INSERT OR IGNORE INTO media_roots (path) VALUES (@path)').run(row)
    }).immediate()
    rebuild(db, projection(db), replay(changeLog(db)))
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  fsyncFile(path)
}

const removeDatabase = (path: string) => ['', '-wal', '-shm'].forEach((end) => rmSync(path + end, { force: true }))

function orNull<Result>(work: () => Result): Result | null {
  try {
    return work()
  } catch {
    return null
  }
}
