import { readdirSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { fileJournal, type JobJournal, type JournalEntry } from './journal.ts'

/**
 * A journal for one of many processes that work on one project at once: each keeps a file of its own, and takes over those of processes of this
 * machine that are gone. `main` is the journal of whoever has the project open; it is read, never written.
 */
export function sharedJournal(folder: string, main: string): JobJournal {
  const own = join(folder, `jobs-${named(hostname())}-${process.pid}.json`)
  const journal = fileJournal(own)
  let ofMain = new Set<string>()
  return {
    load() {
      const mine: JournalEntry[] = []
      for (const path of deserted(folder)) {
        mine.push(...fileJournal(path).load())
        if (path !== own) rmSync(path, { force: true })
      }
      if (mine.length > 0) journal.save(mine)
      const others = fileJournal(main).load()
      ofMain = new Set(others.map(({ job }) => job.id))
      return [...others, ...mine]
    },
    save(entries) {
      const mine = entries.filter(({ job }) => !ofMain.has(job.id))
      if (mine.length > 0) journal.save(mine)
      else rmSync(own, { force: true })
    },
  }
}

/** The journals whose processes have ended; a process of our own id was another one. */
function deserted(folder: string): string[] {
  const begin = `jobs-${named(hostname())}-`
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    // No project of this kind has a cache yet.
    return []
  }
  return names.filter((name) => name.startsWith(begin) && /^\d+\.json$/u.test(name.slice(begin.length)) && !isAlive(Number(name.slice(begin.length, -5)))).map((name) => join(folder, name))
}

const named = (machine: string) => machine.replaceAll(/[^\w.-]/gu, '_')

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
