import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { writeFileAtomically } from '#electron/storage/atomicFile.ts'

const Checked = z.record(z.string(), z.string())

/** SHA-256 of a file's bytes, 64 hex digits. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/**
 * Whether files hold what their manifests say. Hashing takes a while, so it is done once a file: what was found is kept in
 * `path` under the file's place, size and time of change.
 */
export class FileCheck {
  readonly #path: string
  readonly #known: Map<string, string>

  constructor(path: string) {
    this.#path = path
    this.#known = new Map(Object.entries(read(path)))
  }

  /** Null, or in words why the file cannot be used. `quick` looks at its size alone. */
  size(path: string, wanted: { readonly bytes: number }): string | null {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat?.isFile()) return `its file ${path} is not there`
    return stat.size === wanted.bytes ? null : `its file ${path} has ${stat.size} bytes instead of ${wanted.bytes}`
  }

  async content(path: string, wanted: { readonly bytes: number; readonly hash: string }): Promise<string | null> {
    const wrong = this.size(path, wanted)
    if (wrong !== null) return wrong
    const hash = await this.#hash(path)
    return hash === wanted.hash ? null : `its file ${path} is not the one that the manifest names (SHA-256 ${hash.slice(0, 12)}… instead of ${wanted.hash.slice(0, 12)}…)`
  }

  async #hash(path: string): Promise<string> {
    const { size, mtimeMs } = statSync(path)
    const key = `${path}\0${size}\0${mtimeMs}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const hash = await hashOfFile(path)
    this.#known.set(key, hash)
    this.#keep()
    return hash
  }

  /** Kept for speed alone: a disk that cannot be written costs a second at the next start. */
  #keep(): void {
    try {
      writeFileAtomically(this.#path, JSON.stringify(Object.fromEntries(this.#known)))
    } catch {
      // Said above.
    }
  }
}

function read(path: string): Record<string, string> {
  try {
    return Checked.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {}
  }
}
