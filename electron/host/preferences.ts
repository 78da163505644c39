import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RecentProject, Settings } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { Author } from '#shared/model/author.ts'
import { writeFileAtomically } from '#electron/storage/atomicFile.ts'

const Saved = z.object({
  me: Author.nullable().default(null),
  recent: z.array(RecentProject.omit({ missing: true })).default([]),
  settings: Settings.default(() => Settings.parse({})),
})
export type Saved = z.infer<typeof Saved>

/** What this machine remembers between starts: who I am, recent projects, looks and keys. */
export interface Preferences {
  read(): Saved
  change(patch: Partial<Saved>): void
}

const recentLimit = 20

export function preferences(dataDir: string): Preferences {
  const file = join(dataDir, 'settings.json')
  let saved = load(file)
  return {
    read: () => saved,
    change(patch) {
      // Another window's process may have written since.
      saved = { ...saved, ...(existsSync(file) ? load(file) : {}), ...patch }
      try {
        writeFileAtomically(file, `${JSON.stringify(saved, null, 2)}\n`)
      } catch (error) {
        throw new QuorumError('no-permission', `Your settings cannot be kept in ${dataDir}. Check the folder's permissions and the disk's space, or set QUORUM_DATA_DIR.`, String(error))
      }
    },
  }
}

/** The list with this project first. */
export function withRecent(recent: Saved['recent'], path: string, name: string, openedAt: number): Saved['recent'] {
  return [{ path, name, openedAt }, ...recent.filter((entry) => entry.path !== path)].slice(0, recentLimit)
}

function setAside(file: string): void {
  try {
    renameSync(file, `${file}.unreadable-${Date.now()}`)
  } catch {
    // A folder that cannot be written: it stays where it is.
  }
}

/** A file that cannot be read is kept aside, never overwritten. */
function load(file: string): Saved {
  if (!existsSync(file)) return Saved.parse({})
  try {
    return Saved.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    setAside(file)
    return Saved.parse({})
  }
}
