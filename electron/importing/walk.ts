import { readdir, realpath, stat } from 'node:fs/promises'
import type { BigIntStats, Dirent } from 'node:fs'
import { basename, join } from 'node:path'
import { refusalOf, systemCode } from '#electron/media/refusal.ts'
import type { ReportBuilder } from './report.ts'
import { visibleName } from './visibleName.ts'

export type WalkedFile = {
  /** As the system names it, for opening. */
  path: string
  /** Relative to what was imported, with `/`; NFC, control characters written out. */
  name: string
}

export type WalkOptions = {
  report: ReportBuilder
  /** Real paths that are not walked (the project's own folders). */
  except?: readonly string[]
  signal?: AbortSignal
}

const litter = new Set(['thumbs.db', 'desktop.ini', 'ehthumbs.db', '$recycle.bin', 'system volume information', '__macosx'])

type Link = { path: string; name: string; above: readonly string[] }
type Walk = WalkOptions & { files: WalkedFile[]; seen: Map<string, string>; links: Link[]; hidden: number }

/**
 * Every file under the sources, folders first to last in code-unit order, so that two walks give one order. Links to
 * folders come last, and a folder that was walked is not walked again. What is left out is told in the report.
 */
export async function walk(sources: readonly string[], options: WalkOptions): Promise<WalkedFile[]> {
  const files: WalkedFile[] = []
  const seen = new Map<string, string>()
  for (const source of sources) {
    const state: Walk = { ...options, files, seen, links: [], hidden: 0 }
    const label = visibleName(basename(source))
    await visitSource(state, source, sources.length > 1 ? label : '')
    while (state.links.length > 0) await visitLink(state, state.links.shift()!)
    if (state.hidden > 0) {
      const what = state.hidden === 1 ? '1 hidden file or folder was' : `${state.hidden} hidden files or folders were`
      options.report.skip(label, 'hidden', `${what} left out (names that begin with a dot, or that the system makes). Rename them to import them.`, state.hidden)
    }
  }
  return files
}

async function visitSource(state: Walk, source: string, prefix: string): Promise<void> {
  let found
  try {
    found = await stat(source, { bigint: true })
  } catch (error) {
    const gone = systemCode(error) === 'ENOENT'
    state.report.skip(visibleName(source), gone ? 'not-found' : refusalOf(error).code, gone ? 'Is not there. Check the path.' : refusalOf(error).message)
    return
  }
  if (found.isDirectory()) return visitFolder(state, source, prefix, found, [])
  addFile(state, source, basename(source), found)
}

async function visitFolder(state: Walk, path: string, name: string, found: BigIntStats, above: readonly string[]): Promise<void> {
  if (state.signal?.aborted || (state.except?.length && state.except.includes(await realpath(path)))) return
  const identity = identityOf(found)
  state.seen.set(identity, name || visibleName(basename(path)))
  const inside = [...above, identity]
  let entries: Dirent[]
  try {
    entries = await readdir(path, { withFileTypes: true })
  } catch (error) {
    const refusal = refusalOf(error)
    const message = refusal.code === 'no-permission' ? 'The folder may not be opened by you; nothing in it was imported. Change its permissions.' : refusal.message
    state.report.skip(name || visibleName(path), refusal.code, message)
    return
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) await visitEntry(state, entry, path, name, inside)
}

async function visitEntry(state: Walk, entry: Dirent, folder: string, folderName: string, above: readonly string[]): Promise<void> {
  if (entry.name.startsWith('.') || litter.has(entry.name.toLowerCase())) {
    state.hidden++
    return
  }
  const path = join(folder, entry.name)
  const name = folderName === '' ? visibleName(entry.name) : `${folderName}/${visibleName(entry.name)}`
  try {
    const found = await stat(path, { bigint: true })
    if (!found.isDirectory()) addFile(state, path, name, found)
    else if (entry.isSymbolicLink()) state.links.push({ path, name, above })
    else if (state.seen.has(identityOf(found))) walkedAlready(state, name, identityOf(found), above)
    else await visitFolder(state, path, name, found, above)
  } catch (error) {
    state.report.skip(name, ...unopened(entry, error))
  }
}

async function visitLink(state: Walk, { path, name, above }: Link): Promise<void> {
  const found = await stat(path, { bigint: true })
  const identity = identityOf(found)
  if (state.seen.has(identity)) walkedAlready(state, name, identity, above)
  else await visitFolder(state, path, name, found, above)
}

function walkedAlready(state: Walk, name: string, identity: string, above: readonly string[]): void {
  const where = state.seen.get(identity) ?? ''
  const what = above.includes(identity) ? `leads back to ${where}, a folder that it lies in` : `leads to ${where}, which was walked already`
  state.report.skip(name, 'symlink-loop', `Is a link that ${what}; it was not followed.`)
}

function addFile(state: Walk, path: string, name: string, found: BigIntStats): void {
  const shown = visibleName(name)
  // A pipe or a device would be waited for without end.
  if (!found.isFile()) return state.report.skip(shown, 'unsupported', 'Is a pipe, socket or device and not a file.')
  if (shown.length > 2000) return state.report.skip(shown.slice(0, 200), 'bad-name', 'Has a path of more than 2,000 characters. Shorten it.')
  const raw = basename(path)
  if (visibleName(raw) !== raw) state.report.note(shown, 'name-normalised', 'Its name is written here in the usual form of Unicode (NFC), control characters as escapes. The file keeps its own name.')
  state.files.push({ path, name: shown })
}

/** A name that is no UTF-8 reaches us with a replacement character, under which no file can be opened. */
function unopened(entry: Dirent, error: unknown): [string, string] {
  if (systemCode(error) === 'ENOENT' && entry.name.includes('\ufffd')) return ['bad-name', 'Has a name that is not valid UTF-8. Rename it.']
  if (systemCode(error) === 'ENOENT' && entry.isSymbolicLink()) return ['unreadable', 'Is a link to a file that is not there.']
  const refusal = refusalOf(error)
  return [refusal.code, refusal.message]
}

const identityOf = (found: BigIntStats) => `${found.dev}:${found.ino}`
