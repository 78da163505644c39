import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FormatInput } from '#shared/formats/format.ts'

/** A folder on disk as a format's input. Links are not followed: an import must not leave the folder it was given. */
export async function folderInput(folder: string): Promise<FormatInput> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
  return filesInput(folder, files.sort())
}

/** Chosen files below a folder, `files` relative with `/`, as a format's input. */
export function filesInput(folder: string, files: readonly string[]): FormatInput {
  return {
    files,
    readText: async (path) => (await readFile(join(folder, path), 'utf8')).replace(/^\uFEFF/u, ''),
    readBytes: (path) => readFile(join(folder, path)),
    async readHead(path, bytes) {
      const handle = await open(join(folder, path))
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
        return buffer.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    },
  }
}
