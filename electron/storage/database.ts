import Database from 'better-sqlite3'
import { QuorumError } from '#shared/contract/errors.ts'
import type { AssetId } from '#shared/model/id.ts'
import { isControl } from '#shared/prelabel/control.ts'

export type Db = Database.Database
export type Statement<Params extends unknown[] = unknown[], Row = unknown> = Database.Statement<Params, Row>

/** "QUOR": how `file(1)` and we know our own databases. */
export const applicationId = 0x51_55_4f_52

/**
 * Opens a project database for writing: WAL, and FULL set after it on every open, because the driver drops
 * `synchronous` to NORMAL under WAL without a word, and a commit that was answered must survive a power cut.
 */
export function openForWriting(path: string): Db {
  return guarded(path, () => {
    const db = new Database(path, { timeout: 2000 })
    try {
      db.pragma('journal_mode = WAL')
      db.pragma('synchronous = FULL')
      if (db.pragma('synchronous', { simple: true }) !== 2) throw new QuorumError('unexpected', `SQLite would not promise durable writes for ${path}.`)
      db.pragma('foreign_keys = ON')
      db.pragma('temp_store = MEMORY')
      db.pragma('cache_size = -65536')
      return withFunctions(db)
    } catch (error) {
      db.close()
      throw error
    }
  })
}

/** Opens a project database so that it cannot be changed. */
export function openForReading(path: string): Db {
  return guarded(path, () => {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 })
    try {
      db.pragma('query_only = ON')
      db.prepare('SELECT count(*) FROM sqlite_schema').get()
      return withFunctions(db)
    } catch (error) {
      db.close()
      throw error
    }
  })
}

/** What queries may ask beside SQLite's own functions: `is_control(asset, seed, share)`, see shared/prelabel/control.ts. */
function withFunctions(db: Db): Db {
  return db.function('is_control', { deterministic: true }, (asset: unknown, seed: unknown, share: unknown) => (isControl(Number(seed), String(asset) as AssetId, Number(share)) ? 1 : 0))
}

/** Runs `work` and turns SQLite's own errors into sentences about `path`. */
export function guarded<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw inWords(error, path)
  }
}

function inWords(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const said = `${error.code}: ${error.message}`
  if (error.code.startsWith('SQLITE_FULL')) return new QuorumError('disk-full', `The disk that holds ${path} is full. Free some space; nothing already saved is lost.`, said)
  if (error.code.startsWith('SQLITE_READONLY')) return new QuorumError('read-only', `${path} cannot be written. Check the disk and the file's permissions.`, said)
  const tableGone = error.code === 'SQLITE_ERROR' && /^no such (?:table|column)/u.test(error.message)
  if (error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB' || tableGone) return new QuorumError('project-corrupt', `${path} is damaged. Close the project, then restore the newest file from its backups folder, or run "quorum check --repair".`, said)
  if (error.code.startsWith('SQLITE_BUSY')) return new QuorumError('project-busy', `${path} is in use by another program. Close it there and try again.`, said)
  if (error.code.startsWith('SQLITE_CANTOPEN') || error.code.startsWith('SQLITE_IOERR')) return new QuorumError('no-permission', `${path} cannot be opened or written (${error.message}). Check the disk and the permissions of its folder.`, said)
  return error
}

/** Opens a database, damaged as it may be, to read what can be read. */
export const openRaw = (path: string): Db => new Database(path, { readonly: true, fileMustExist: true })

/** Opens (or makes) a bare database that waits no longer than `waitMs` for others: for locks. */
export const openImpatient = (path: string, waitMs: number): Db => guarded(path, () => new Database(path, { timeout: waitMs }))
