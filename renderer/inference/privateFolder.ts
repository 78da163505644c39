import type { Folder } from './embeddingStore.ts'

/** A folder of the origin's private file system, for a worker. Throws where the browser has none. */
export async function privateFolder(name: string): Promise<Folder> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(name, { create: true })
  /** All of it or nothing: the browser swaps the file in when it is closed. */
  const write = async (file: string, bytes: Uint8Array<ArrayBuffer>, keepExistingData: boolean) => {
    const writable = await (await folder.getFileHandle(file, { create: true })).createWritable({ keepExistingData })
    await writable.write(bytes)
    await writable.close()
  }
  return {
    async list() {
      const files = []
      for await (const handle of folder.values()) {
        if (handle.kind !== 'file') continue
        // A file that another window writes just now is counted the next time.
        const file = await (handle as FileSystemFileHandle).getFile().catch(() => null)
        if (file) files.push({ name: file.name, bytes: file.size, usedAt: file.lastModified })
      }
      return files
    },
    async read(file) {
      const handle = await folder.getFileHandle(file).catch(() => null)
      return handle && new Uint8Array(await (await handle.getFile()).arrayBuffer())
    },
    write: (file, bytes) => write(file, new Uint8Array(bytes), false),
    async touch(file) {
      const bytes = await (await (await folder.getFileHandle(file)).getFile()).slice(0, 4).arrayBuffer()
      await write(file, new Uint8Array(bytes), true)
    },
    remove: (file) => folder.removeEntry(file),
  }
}
