/** An embedding as it came out of an encoder. */
export interface Embedding { readonly dims: readonly number[]; readonly data: Float32Array }

/** Files on disk by name; in a browser the origin's private file system. */
export interface Folder {
  list(): Promise<readonly { readonly name: string; readonly bytes: number; /** Milliseconds since 1970. */ readonly usedAt: number }[]>
  read(name: string): Promise<Uint8Array | null>
  /** Writes all of it; a file that was cut short must not pass for whole. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Marks a file as used now. */
  touch(name: string): Promise<void>
  remove(name: string): Promise<void>
}

export interface EmbeddingStore {
  get(key: string): Promise<Embedding | null>
  put(key: string, embedding: Embedding): Promise<void>
  size(): Promise<{ readonly pictures: number; readonly bytes: number }>
  clear(): Promise<void>
}

/** "QEM1", little endian. */
const mark = 0x31_4d_45_51
const headBytes = 4 * 8

/**
 * Embeddings on disk, the least recently used given up when they take more than `most` bytes. A file: mark, number of dimensions,
 * six dimensions, then the values (float32, little endian). What cannot be read is taken away and counts as absent; a disk that
 * cannot be written costs time at the next opening, nothing else.
 */
export function createEmbeddingStore(folder: Folder, most: number): EmbeddingStore {
  const nameOf = (key: string) => `${key.replaceAll(/[^\w.-]/gu, '_')}.emb`
  return {
    async get(key) {
      const bytes = await folder.read(nameOf(key)).catch(() => null)
      if (bytes === null) return null
      const embedding = unpack(bytes)
      if (embedding) await folder.touch(nameOf(key)).catch(() => undefined)
      else await folder.remove(nameOf(key)).catch(() => undefined)
      return embedding
    },
    async put(key, embedding) {
      const bytes = pack(embedding)
      if (bytes.length > most) return
      try {
        await makeRoom(folder, most - bytes.length)
        await folder.write(nameOf(key), bytes)
      } catch {
        // A full or forbidden disk: the embedding stays in memory.
      }
    },
    async size() {
      const files = await folder.list().catch(() => [])
      return { pictures: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
    },
    async clear() {
      for (const { name } of await folder.list().catch(() => [])) await folder.remove(name).catch(() => undefined)
    },
  }
}

async function makeRoom(folder: Folder, allowed: number): Promise<void> {
  const files = (await folder.list()).toSorted((a, b) => a.usedAt - b.usedAt)
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  for (const file of files) {
    if (bytes <= allowed) return
    await folder.remove(file.name)
    bytes -= file.bytes
  }
}

function pack({ dims, data }: Embedding): Uint8Array {
  const bytes = new Uint8Array(headBytes + data.byteLength)
  const head = new DataView(bytes.buffer)
  head.setUint32(0, mark, true)
  head.setUint32(4, dims.length, true)
  dims.forEach((dim, index) => head.setUint32(8 + index * 4, dim, true))
  new Float32Array(bytes.buffer, headBytes).set(data)
  return bytes
}

function unpack(bytes: Uint8Array): Embedding | null {
  if (bytes.length < headBytes) return null
  const head = new DataView(bytes.buffer, bytes.byteOffset, headBytes)
  const count = head.getUint32(4, true)
  if (head.getUint32(0, true) !== mark || count > 6) return null
  const dims = Array.from({ length: count }, (_, index) => head.getUint32(8 + index * 4, true))
  const length = dims.reduce((product, dim) => product * dim, 1)
  if (bytes.length !== headBytes + length * 4) return null
  return { dims, data: new Float32Array(bytes.slice(headBytes).buffer) }
}

/** A store for where there is no disk: nothing is kept. */
export const noStore: EmbeddingStore = { get: async () => null, put: async () => {}, size: async () => ({ pictures: 0, bytes: 0 }), clear: async () => {} }
