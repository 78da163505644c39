import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { guarded, openImpatient, type Db } from './database.ts'

/** What holds locks here: a handle that nobody names any more would be collected, and its lock with it. */
const held = new Set<Db>()

/** A project is open for writing in one place at a time. */
export interface Lock {
  release(): void
}

/**
 * Takes the project's writer lock: an exclusive transaction on a tiny database beside it, held for as long as the
 * project is open. The operating system gives it back when the process dies, however it dies. Waits `waitMs` for whoever has it for a moment alone.
 */
export function takeLock(folder: string, waitMs = 0): Lock {
  const holder = join(folder, 'lock.json')
  const path = join(folder, 'lock.db')
  const db = openImpatient(path, waitMs)
  try {
    guarded(path, () => db.exec('BEGIN EXCLUSIVE'))
  } catch (error) {
    db.close()
    if (!(error instanceof QuorumError && error.code === 'project-busy')) throw error
    throw new QuorumError('project-busy', `${folder} is already open: ${whoHolds(holder)}. Close it there first, or open it read-only.`)
  }
  held.add(db)
  // For the words of a refusal alone: the lock holds without it.
  quietly(() => writeFileSync(holder, JSON.stringify({ pid: process.pid, user: userInfo().username, machine: hostname(), since: new Date().toISOString() })))
  return {
    release() {
      quietly(() => rmSync(holder, { force: true }))
      held.delete(db)
      db.close()
    },
  }
}

function quietly(work: () => void): void {
  try {
    work()
  } catch {
    // A full disk, or a machine that does not know the name of its user.
  }
}

function whoHolds(file: string): string {
  try {
    const { pid, user, machine, since } = JSON.parse(readFileSync(file, 'utf8'))
    return `by ${user} on ${machine}, process ${pid}, since ${since}`
  } catch {
    return 'by another program'
  }
}
