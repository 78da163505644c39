import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { MediaFormat } from './formats.ts'
import { identify, readerOf } from './identify.ts'
import type { Refusal } from './image.ts'
import { refusalOf } from './refusal.ts'

/** What the bytes are and their SHA-256 (64 hex digits). */
export type Fingerprint = { ok: true; hash: string; bytes: number; format: MediaFormat }

const chunkLength = 1024 * 1024

/** Identifies a file by its first bytes and, where it is ours, hashes all of it as a stream. */
export async function fingerprint(path: string): Promise<Fingerprint | Refusal> {
  try {
    const file = await open(path)
    try {
      const before = await file.stat()
      if (before.size === 0) return { ok: false, code: 'empty', message: 'Has no bytes. Copy it again from where it came from.' }
      const identity = await identify(readerOf(file))
      if (identity.format === null) return unsupported(identity.looksLike)
      const { hash, bytes } = await hashOf((buffer) => file.read(buffer, 0, buffer.length, null))
      const after = await file.stat()
      if (bytes !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) return changed
      return { ok: true, hash, bytes, format: identity.format }
    } finally {
      await file.close()
    }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Hashes what `read` gives until it gives nothing; `each` sees every chunk. */
export async function hashOf(read: (buffer: Uint8Array) => Promise<{ bytesRead: number }>, each?: (chunk: Uint8Array) => Promise<void>): Promise<{ hash: string; bytes: number }> {
  const sum = createHash('sha256')
  const buffer = new Uint8Array(chunkLength)
  let bytes = 0
  for (;;) {
    const { bytesRead } = await read(buffer)
    if (bytesRead === 0) return { hash: sum.digest('hex'), bytes }
    const chunk = buffer.subarray(0, bytesRead)
    sum.update(chunk)
    bytes += bytesRead
    await each?.(chunk)
  }
}

export const changed: Refusal = { ok: false, code: 'changed-while-reading', message: 'Was written to while it was read. Import it again when the other program is done with it.' }

function unsupported(looksLike: string | null): Refusal {
  const what = looksLike ? `Is ${looksLike}` : 'Is no picture or sound that can be read'
  return { ok: false, code: 'unsupported', message: `${what}. Pictures come in as JPEG, PNG, WebP, TIFF, BMP, AVIF or GIF, sound as WAV, FLAC, MP3, OGG or M4A.` }
}
