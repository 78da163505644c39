import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Fingerprint } from '#electron/media/fingerprint.ts'
import { mediaFormats } from '#electron/media/formats.ts'
import type { MediaFormat } from '#electron/media/formats.ts'

const Line = z.tuple([z.string(), z.string(), z.string().regex(/^[0-9a-f]{64}$/u), z.int().min(1), z.enum(Object.keys(mediaFormats) as MediaFormat[])])
/** A cache past this many bytes is begun anew. */
const limit = 64e6

/**
 * Remembers the hash of files that were read, by path and by size, times and place on disk, so that an import that goes on
 * need not read again what is in. A cache: it can be lost at any time.
 */
export class FingerprintCache {
  readonly #path: string
  readonly #known = new Map<string, { state: string; print: Fingerprint }>()
  #pending = ''

  constructor(path: string) {
    this.#path = path
    try {
      if (statSync(path).size > limit) rmSync(path)
      for (const line of readFileSync(path, 'utf8').split('\n')) this.#load(line)
    } catch {
      // There is none yet.
    }
  }

  /** The fingerprint, if the file is as it was when it was taken. */
  async get(path: string): Promise<Fingerprint | null> {
    const known = this.#known.get(path)
    return known && known.state === (await stateOf(path)) ? known.print : null
  }

  async set(path: string, print: Fingerprint): Promise<void> {
    const state = await stateOf(path)
    if (state === null) return
    this.#known.set(path, { state, print })
    this.#pending += `${JSON.stringify([path, state, print.hash, print.bytes, print.format])}\n`
  }

  save(): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true })
      appendFileSync(this.#path, this.#pending)
    } catch {
      // Without the cache the next import only takes longer.
    }
    this.#pending = ''
  }

  /** A line that was cut short by a crash is left out. */
  #load(line: string): void {
    if (line === '') return
    try {
      const [path, state, hash, bytes, format] = Line.parse(JSON.parse(line))
      this.#known.set(path, { state, print: { ok: true, hash, bytes, format } })
    } catch {
      // One more file to read again.
    }
  }
}

async function stateOf(path: string): Promise<string | null> {
  try {
    const { size, mtimeNs, ctimeNs, dev, ino } = await stat(path, { bigint: true })
    return [size, mtimeNs, ctimeNs, dev, ino].join('/')
  } catch {
    return null
  }
}
