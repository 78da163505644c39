import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { guarded, openForReading, openForWriting, type Db } from './database.ts'
import { takeLock, type Lock } from './lock.ts'
import { initialise, migrate, migrations, versionOf } from './migrate.ts'
import { projectStore, type ProjectStore } from './projectStore.ts'

/** A project is one folder: `project.db`, `media/` (copied files), `cache/` (may be deleted), `backups/`. */
export interface OpenProject {
  readonly folder: string
  readonly store: ProjectStore
  /** Why it cannot be changed, in words; null when it can. */
  readonly readOnly: string | null
  readonly media: string
  readonly cache: string
  close(): void
}

/** Runs of models hold the lock for some milliseconds each time that they bring drafts in: nobody is to be refused over that. */
const patienceMs = 700

const databaseOf = (folder: string) => join(folder, 'project.db')

export const isProject = (folder: string) => existsSync(databaseOf(folder))

/** Makes a project in a folder that is new or empty, with what `fill` puts into it; where that fails, nothing is left behind. */
export function createProject(path: string, now: () => number, fill: (store: ProjectStore) => void = () => undefined): OpenProject {
  const folder = resolve(path)
  inWords(folder, () => {
    mkdirSync(folder, { recursive: true })
    if (isProject(folder)) throw new QuorumError('project-exists', `${folder} already holds a project. Open it, or choose another folder.`)
    if (readdirSync(folder).some((name) => !name.startsWith('.'))) throw new QuorumError('project-exists', `${folder} is not empty. Choose a new or empty folder.`)
  })
  let project: OpenProject | null = null
  try {
    project = openWritable(folder, now, true)
    fill(project.store)
    return project
  } catch (error) {
    project?.close()
    // What another process makes there at this moment is not ours to clear away.
    if (!(error instanceof QuorumError && error.code === 'project-busy')) for (const name of ['project.db', 'project.db-wal', 'project.db-shm', 'lock.db', 'lock.json', 'media', 'cache']) rmSync(join(folder, name), { recursive: true, force: true })
    throw error
  }
}

/**
 * Opens a project: for writing, or, where the disk does not allow that or `mode` says so, for reading alone.
 * Where another has it open, that is waited for `waitMs` milliseconds. Throws `not-a-project`, `project-busy`, `project-corrupt` or `project-from-future` in words.
 */
export function openProject(path: string, now: () => number, mode: 'write' | 'read' = 'write', waitMs = patienceMs): OpenProject {
  const folder = resolve(path)
  if (!inWords(folder, () => statSync(folder, { throwIfNoEntry: false })?.isDirectory())) throw new QuorumError('not-found', `There is no folder ${folder}.`)
  if (!isProject(folder)) throw new QuorumError('not-a-project', `${folder} is not a Quorum project (it has no project.db). "quorum init" makes one.`)
  if (mode === 'read') return openReadOnly(folder, now, 'It was opened for reading.')
  const why = unwritable(folder)
  return why ? openReadOnly(folder, now, why) : openWritable(folder, now, false, waitMs)
}

function openWritable(folder: string, now: () => number, fresh: boolean, waitMs = patienceMs): OpenProject {
  const lock = inWords(folder, () => takeLock(folder, waitMs))
  let db: Db | null = null
  try {
    const path = databaseOf(folder)
    const made = (db = openForWriting(path))
    guarded(path, () => (fresh ? initialise(made, path) : migrate(made, path)))
    inWords(folder, () => ['media', 'cache'].forEach((name) => mkdirSync(join(folder, name), { recursive: true })))
    return guarded(path, () => opened(folder, made, now, null, lock))
  } catch (error) {
    db?.close()
    lock.release()
    throw error
  }
}

function openReadOnly(folder: string, now: () => number, why: string): OpenProject {
  // Where the folder cannot be written, what is made for showing goes elsewhere, and so may a copy of the database.
  const scratch = unwritable(folder) === null ? null : inWords(tmpdir(), () => mkdtempSync(join(tmpdir(), 'quorum-read-')))
  const clear = () => void (scratch && rmSync(scratch, { recursive: true, force: true }))
  let db: Db | null = null
  try {
    const path = databaseOf(folder)
    const read = (db = openToRead(folder, scratch))
    const version = guarded(path, () => versionOf(read, path))
    if (version < migrations.length) throw new QuorumError('read-only', `${folder} is in an older format (${version}) and must be opened for writing once to be brought up to date.`)
    const project = guarded(path, () => opened(folder, read, now, why, null))
    return { ...project, cache: scratch ? join(scratch, 'cache') : project.cache, close: () => { project.close(); clear() } }
  } catch (error) {
    db?.close()
    clear()
    throw error
  }
}

/** A database in WAL mode cannot be read where its shared-memory file cannot be made: then a copy of it is. */
function openToRead(folder: string, scratch: string | null): Db {
  try {
    return openForReading(databaseOf(folder))
  } catch (error) {
    if (scratch === null || (error instanceof QuorumError && error.code === 'project-corrupt')) throw error
  }
  inWords(folder, () => {
    for (const name of ['project.db', 'project.db-wal']) if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(scratch, name))
    chmodSync(join(scratch, 'project.db'), 0o600)
    if (existsSync(join(scratch, 'project.db-wal'))) chmodSync(join(scratch, 'project.db-wal'), 0o600)
  })
  const db = openForWriting(join(scratch, 'project.db'))
  db.pragma('query_only = ON')
  return db
}

function opened(folder: string, db: Db, now: () => number, readOnly: string | null, lock: Lock | null): OpenProject {
  return {
    folder, readOnly, media: join(folder, 'media'), cache: join(folder, 'cache'),
    store: projectStore(db, databaseOf(folder), now),
    close() {
      try {
        db.close()
      } finally {
        lock?.release()
      }
    },
  }
}

function unwritable(folder: string): string | null {
  try {
    accessSync(folder, constants.W_OK)
    accessSync(databaseOf(folder), constants.W_OK)
    return null
  } catch {
    return `${folder} cannot be written, so the project is open for reading only.`
  }
}

/** File-system errors about a folder, in words. */
function inWords<Result>(folder: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EACCES' || code === 'EPERM') throw new QuorumError('no-permission', `You may not use ${folder}. Check its permissions.`, String(error))
    if (code === 'EROFS') throw new QuorumError('read-only', `${folder} is on a disk that cannot be written. Choose another folder.`, String(error))
    if (code === 'ENOSPC') throw new QuorumError('disk-full', `The disk that holds ${folder} is full. Free some space and try again.`, String(error))
    if (code === 'ENOTDIR' || code === 'EEXIST') throw new QuorumError('invalid-input', `${folder} is a file, not a folder.`, String(error))
    // A disk that cannot be written answers ENOENT where a folder is to be made in it.
    if (code !== undefined && !(error instanceof QuorumError) && 'syscall' in (error as object)) throw new QuorumError('no-permission', `${folder} cannot be used (${code}). Check the path, the disk and the permissions.`, String(error))
    throw error
  }
}
