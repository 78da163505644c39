import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that holds package.json: the repository, or the packaged application. */
export const root = findRoot(import.meta.dirname)

export const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version

function findRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      readFileSync(join(folder, 'package.json'))
      return folder
    } catch {
      if (dirname(folder) === folder) throw new Error('Quorum cannot find its own package.json.')
    }
  }
}
