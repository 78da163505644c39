import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { fsyncFile, fsyncFolder } from './atomicFile.ts'
import { applicationId, type Db } from './database.ts'
import { sql as createLogAndTables } from './migrations/0001-create-log-and-tables.ts'
import { sql as addVerdicts } from './migrations/0002-add-verdicts.ts'

/** In order, never edited once released; the number of those applied stands in `user_version`. */
export const migrations: readonly string[] = [createLogAndTables, addVerdicts]

/** Whether this is one of our databases and not from a newer Quorum. Throws in words otherwise; answers its version. */
export function versionOf(db: Db, path: string, steps: readonly string[] = migrations): number {
  const id = db.pragma('application_id', { simple: true })
  const version = Number(db.pragma('user_version', { simple: true }))
  if (id !== applicationId) throw new QuorumError('not-a-project', `${path} is not a Quorum project.`)
  if (version > steps.length) {
    throw new QuorumError('project-from-future', `${path} was written by a newer Quorum (its format is ${version}, this one knows up to ${steps.length}). Update Quorum to open it.`)
  }
  return version
}

/** Brings a database of ours to the newest version; backs it up first when there is something to lose. */
export function migrate(db: Db, path: string, steps: readonly string[] = migrations): void {
  const version = versionOf(db, path, steps)
  if (version === steps.length) return
  if (version > 0) backUp(db, path, version)
  for (let next = version; next < steps.length; next++) {
    db.transaction(() => {
      db.exec(steps[next]!)
      db.pragma(`user_version = ${next + 1}`)
    }).immediate()
  }
}

/** Makes an empty file into a database of ours. */
export function initialise(db: Db, path: string): void {
  db.pragma(`application_id = ${applicationId}`)
  migrate(db, path)
}

function backUp(db: Db, path: string, version: number): void {
  const folder = join(dirname(path), 'backups')
  mkdirSync(folder, { recursive: true })
  const stamp = new Date().toISOString().replaceAll(/[:.]/gu, '-')
  const name = join(folder, `before-format-${version + 1}-${stamp}.db`)
  // SQLite does not promise that the copy is whole after a crash: its name is given when it is on the disk.
  const unfinished = `${name}.part`
  try {
    db.prepare('VACUUM INTO ?').run(unfinished)
    fsyncFile(unfinished)
    renameSync(unfinished, name)
    fsyncFolder(folder)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
