import { appendFileSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What models of embeddings said about files, kept in a project's cache: a file a model, a row an item: SHA-256 of the item's file (32 bytes),
 * then the vector as 32-bit floats, little-endian. The name holds the model's key and the length. Of an item that is there twice the later row counts; a row that
 * was torn off by a crash is no row.
 */
const hashBytes = 32
const folderIn = (cache: string) => join(cache, 'embeddings')

/** Adds an item's vector. `key`: letters, digits and - of the model and its file's hash. Throws what the disk says. */
export function keepVector(cache: string, key: string, hash: string, vector: readonly number[]): void {
  if (!/^[\w-]{1,150}$/u.test(key)) throw new RangeError(`${key} is no key of a model`)
  const row = Buffer.alloc(hashBytes + vector.length * 4)
  row.write(hash, 'hex')
  vector.forEach((value, at) => row.writeFloatLE(value, hashBytes + at * 4))
  const path = join(folderIn(cache), `${key}.${vector.length}.f32`)
  mkdirSync(folderIn(cache), { recursive: true })
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size % row.length > 0) truncateSync(path, size - (size % row.length))
  appendFileSync(path, row)
}

/** Tells whether anything was added since: names, sizes and times of the files. */
export function vectorsStamp(cache: string): string {
  return files(cache).map(({ name, path }) => `${name} ${statSync(path).size} ${statSync(path).mtimeMs}`).join('\n')
}

/** The vectors by the hash of the item's file, a map a model. */
export function readVectors(cache: string): ReadonlyMap<string, Float32Array>[] {
  return files(cache).map(({ path, length }) => {
    const bytes = readFileSync(path), size = hashBytes + length * 4
    const rows = new Map<string, Float32Array>()
    for (let at = 0; at + size <= bytes.length; at += size) {
      rows.set(bytes.toString('hex', at, at + hashBytes), Float32Array.from({ length }, (_, index) => bytes.readFloatLE(at + hashBytes + index * 4)))
    }
    return rows
  })
}

function files(cache: string): { name: string; path: string; length: number }[] {
  let names: string[]
  try {
    names = readdirSync(folderIn(cache)).sort()
  } catch {
    // No model has said anything yet.
    return []
  }
  return names.flatMap((name) => {
    const length = Number(/^[\w-]+\.(\d{1,5})\.f32$/u.exec(name)?.[1] ?? 0)
    return length > 0 ? [{ name, path: join(folderIn(cache), name), length }] : []
  })
}
