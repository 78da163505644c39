import { readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** Files that were dropped into a browser: each in a folder of its own until it is imported. */
export const uploadsFolder = (dataDir: string) => join(resolve(dataDir), 'uploads')

const keptMs = 7 * 24 * 60 * 60 * 1000

/** Whether `path` is an uploaded file: uploads/TOKEN/NAME and nothing above or below. */
export function isUpload(dataDir: string, path: string): boolean {
  const way = relative(uploadsFolder(dataDir), resolve(path)).split(sep)
  return way.length === 2 && way[0] !== '..'
}

/** Takes an uploaded file away, once it is copied into a project. Any other path is left alone. */
export function clearUpload(dataDir: string, path: string): void {
  if (isUpload(dataDir, path)) rmSync(dirname(resolve(path)), { recursive: true, force: true })
}

/** Takes away what was uploaded more than a week ago and never imported; younger ones may belong to an import that goes on. */
export function clearOldUploads(dataDir: string, now: number): void {
  const folder = uploadsFolder(dataDir)
  try {
    for (const name of readdirSync(folder)) if (now - statSync(join(folder, name)).mtimeMs > keptMs) rmSync(join(folder, name), { recursive: true, force: true })
  } catch {
    // No folder yet, or one that may not be read: nothing to clear away.
  }
}
