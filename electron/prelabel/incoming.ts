import { accessSync, constants, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { Author } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import { randomToken } from '#shared/model/id.ts'
import { writeFileAtomically } from '#electron/storage/atomicFile.ts'
import { openProject, type OpenProject } from '#electron/storage/projectFolder.ts'
import { readDraftFile } from './draftFile.ts'
import { addWritten, nothingWritten, Written } from './draftRun.ts'
import { DraftWriter } from './writer.ts'

/**
 * Where runs leave what models said when they do not have the project's writer lock: `incoming/` of its folder, a file a group of items, whole or not
 * there at all. Whoever has the lock, a window or the run itself, brings the files in and leaves a receipt in the place of each.
 * A file that was brought in and not yet taken away when its reader was killed is brought in again: items that have their drafts are passed over.
 */
const folderOf = (project: string) => join(project, 'incoming')
const ending = '.jsonl', receiptEnding = '.receipt', refusedEnding = '.refused'
/** Receipts that nobody came for, and what a kill left of a file. */
const keptMs = 24 * 3600 * 1000

/** Leaves a group; its name, to ask for the receipt by. Throws in words where the project's folder cannot be written. */
export function leave(project: string, text: string): string {
  const name = `${Date.now()}-${process.pid}-${randomToken(8)}`
  try {
    writeFileAtomically(join(folderOf(project), name + ending), text)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new QuorumError('disk-full', `The disk that holds ${project} is full. Free some space and run the same command again; it goes on where it stopped.`, String(error))
    throw new QuorumError('read-only', `${folderOf(project)} cannot be written (${code ?? 'unknown'}). Check the permissions, or let the run write into a file of its own: --out FILE.`, String(error))
  }
  return name
}

/** What became of a group, once somebody brought it in; the receipt is gone after that. Null while it waits. */
export function receiptOf(project: string, name: string): Written | null {
  const path = join(folderOf(project), name + receiptEnding)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return null
  }
  rmSync(path, { force: true })
  return Written.safeParse(jsonOf(text)).data ?? nothingWritten()
}

export interface BringingIn {
  readonly project: OpenProject
  readonly now: () => number
  /** One durable change in the name of whoever asked for the drafts. */
  commit(diff: Diff, author: Author, model: string): void
}

/** Brings in what waits, the oldest first, at most `most` files. How many it was. */
export async function bringIn(options: BringingIn, most = Infinity): Promise<number> {
  const { folder } = options.project
  const waiting = namesIn(folder).filter((name) => name.endsWith(ending)).sort().slice(0, most)
  for (const name of waiting) {
    const path = join(folderOf(folder), name)
    const receipt = join(folderOf(folder), name.slice(0, -ending.length) + receiptEnding)
    try {
      writeFileAtomically(receipt, JSON.stringify(await broughtIn(path, options)))
      rmSync(path, { force: true })
    } catch (error) {
      // Of what cannot be read nothing is lost, and it holds up nothing behind it; what cannot be written now is tried again.
      if (!(error instanceof QuorumError && error.code === 'invalid-input')) throw error
      writeFileAtomically(receipt, JSON.stringify({ ...nothingWritten(), notes: [`${error.message} It was kept as ${name + refusedEnding}.`] } satisfies Written))
      renameSync(path, path + refusedEnding)
    }
  }
  if (waiting.length > 0) clearReceipts(folder, options.now())
  return waiting.length
}

/** The same with a project that is opened for it, and closed again; false where another program has it open. */
export async function bringInIfFree(folder: string, now: () => number, commitTo: (project: OpenProject) => BringingIn['commit']): Promise<boolean> {
  let project: OpenProject
  try {
    project = openProject(folder, now, 'write', 0)
  } catch (error) {
    if (error instanceof QuorumError && error.code === 'project-busy') return false
    throw error
  }
  try {
    if (project.readOnly !== null) return false
    await bringIn({ project, now, commit: commitTo(project) })
    return true
  } finally {
    project.close()
  }
}

/** Brings one file of drafts in. Throws `invalid-input` for what is none. */
async function broughtIn(path: string, { project, now, commit }: BringingIn): Promise<Written> {
  const { run, lines } = await readDraftFile(path)
  const writer = new DraftWriter({ project, run, now, commit: (diff) => commit(diff, run.author, run.model) })
  let unread = 0
  for await (const line of lines) {
    if (line === null) unread += 1
    else writer.said({ id: line.asset }, line, line.at)
  }
  writer.flush()
  if (unread > 0) addWritten(writer.written, { ...nothingWritten(), notes: [unreadNote(unread)] })
  return writer.written
}

export const unreadNote = (count: number) => `${count === 1 ? '1 line' : `${count} lines`} of drafts could not be read and ${count === 1 ? 'was' : 'were'} left out.`

function clearReceipts(folder: string, now: number): void {
  for (const name of namesIn(folder).filter((each) => each.endsWith(receiptEnding) || each.endsWith('.tmp'))) {
    const path = join(folderOf(folder), name)
    if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now) > keptMs) rmSync(path, { force: true })
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folderOf(folder))
  } catch {
    return []
  }
}

/** Makes the folder, to find out at once whether it can be written. Throws in words. */
export function prepareIncoming(folder: string): void {
  try {
    mkdirSync(folderOf(folder), { recursive: true })
    accessSync(folderOf(folder), constants.W_OK)
  } catch (error) {
    throw new QuorumError('read-only', `${folder} cannot be written. Check the permissions, or let the run write into a file of its own: --out FILE.`, String(error))
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
