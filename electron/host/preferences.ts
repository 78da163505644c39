import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { RecentProject, Settings } from '#shared/contract/api.ts'
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
      saved = { ...saved, ...patch }
      writeFileAtomically(file, `${JSON.stringify(saved, null, 2)}\n`)
    },
  }
}

/** The list with this project first. */
export function withRecent(recent: Saved['recent'], path: string, name: string, openedAt: number): Saved['recent'] {
  return [{ path, name, openedAt }, ...recent.filter((entry) => entry.path !== path)].slice(0, recentLimit)
}

/** A file that cannot be read is kept aside, never overwritten. */
function load(file: string): Saved {
  if (!existsSync(file)) return Saved.parse({})
  try {
    return Saved.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    renameSync(file, `${file}.unreadable-${Date.now()}`)
    return Saved.parse({})
  }
}
