import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { Job } from '#shared/contract/job.ts'

const Entry = z.object({ job: Job, request: z.json() })
const File = z.object({ jobs: z.array(Entry) })
export type JournalEntry = { job: Job; request: unknown }

/** Remembers the tasks that have not finished, so that the next start can show them and go on. */
export type JobJournal = { load(): JournalEntry[]; save(entries: JournalEntry[]): void }

/** A journal in one small JSON file. It is a convenience: one that cannot be read counts as empty, one that cannot be written is left. */
export function fileJournal(path: string): JobJournal {
  return {
    load() {
      try {
        return File.parse(JSON.parse(readFileSync(path, 'utf8'))).jobs
      } catch {
        return []
      }
    },
    save(entries) {
      try {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(`${path}.new`, JSON.stringify({ jobs: entries }))
        renameSync(`${path}.new`, path)
      } catch {
        // A full or read-only disk: the task itself reports it.
      }
    },
  }
}
