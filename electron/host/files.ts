import { readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { isProject } from '#electron/storage/projectFolder.ts'
import type { Noun } from './context.ts'

export function fileHandlers(): Noun<'files'> {
  return {
    'files.list'({ path }) {
      const folder = resolve(path ?? homedir())
      const parent = dirname(folder)
      return { path: folder, parent: parent === folder ? null : parent, entries: entriesOf(folder) }
    },
    'files.pick'() {
      throw new QuorumError('unsupported', 'This window has no system dialog. Choose the folder in the list instead.')
    },
  }
}

/** A link that leads in a circle, or to where one may not look, is an entry like any other. */
function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function entriesOf(folder: string) {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    throw new QuorumError('no-permission', `${folder} cannot be listed. Choose another folder.`, String(error))
  }
  return names
    .filter((name) => !name.startsWith('.'))
    .map((name) => {
      const path = join(folder, name)
      const isFolder = leadsToFolder(path)
      return { name, path, folder: isFolder, project: isFolder && isProject(path) }
    })
    .sort((a, b) => Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, undefined, { numeric: true }))
}
