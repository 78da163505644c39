import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** The folder of an installed package, as this file finds it; null where it is not installed. Its `exports` do not matter: a file inside is wanted. */
export function packageFolder(name: string, from: string = import.meta.dirname): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder) return null
  }
}

/** Where weights lie that were converted at set-up: beside the packaged application, else in the person's cache. QUORUM_WEIGHTS_DIR goes first. */
export function weightsFolders(): string[] {
  const { QUORUM_WEIGHTS_DIR: chosen, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const cache = XDG_CACHE_HOME || (process.platform === 'win32' ? LOCALAPPDATA : undefined)
    || (process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache'))
  return [...(chosen ? [chosen] : []), ...packagedFolders(), join(cache, 'quorum', 'weights')]
}

/** The packaged application keeps this file in `resources/app.asar.unpacked/…` and the weights in `resources/weights`. */
function packagedFolders(): string[] {
  for (let folder = import.meta.dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    if (folder.endsWith('app.asar.unpacked')) return [join(dirname(folder), 'weights')]
  }
  return []
}
