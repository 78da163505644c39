import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The ending of a file that is not whole yet; names carry the process, so that a later one can clear them away. */
export const partEnding = '.part'

/** Writes a file so that its name never stands for half of it: a temporary file, fsync, rename, fsync of the folder. */
export async function writeWhole<Result>(path: string, write: (file: FileHandle, temporary: string) => Promise<Result>): Promise<Result> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.${process.pid}-${randomBytes(8).toString('hex')}${partEnding}`)
  try {
    const file = await open(temporary, 'wx')
    let result: Result
    try {
      result = await write(file, temporary)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    await syncFolder(folder)
    return result
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Windows cannot open a folder; there the rename itself is logged by the file system. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Clears away what processes that ended left half written, in the folder and the folders in it. The project has one writer, so they are nobody's. */
export async function clearParts(folder: string): Promise<void> {
  let names: string[]
  try {
    names = await readdir(folder, { recursive: true })
  } catch {
    return
  }
  for (const name of names) {
    const file = basename(name)
    if (file.endsWith(partEnding) && !file.startsWith(`.${process.pid}-`)) await rm(join(folder, name), { force: true })
  }
}
