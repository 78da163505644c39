import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '#shared/contract/errors.ts'
import { probeAudio } from './audio.ts'
import type { AudioFacts } from './audio.ts'
import { writeWhole } from './durable.ts'
import { changed, hashOf } from './fingerprint.ts'
import type { MediaFormat } from './formats.ts'
import { mediaFormats } from './formats.ts'
import { probeImage } from './image.ts'
import type { ImageFacts, Refusal } from './image.ts'
import { refusalOf, systemCode } from './refusal.ts'

export type TakeInput = { path: string; hash: string; bytes: number; format: MediaFormat; copyTo: string | null }
export type Taken = { facts: ImageFacts | AudioFacts; /** The copy, relative to the media folder; null where the file is referenced. */ copy: string | null }
/** `fatal`: the disk that is written to failed, so that going on makes no sense. */
export type TakeReply = Taken | Refusal | { fatal: { code: string; message: string } }

/** Where a copy lies under the media folder: two levels, so that no folder grows large. */
export const copyPath = (hash: string, format: MediaFormat) => `${hash.slice(0, 2)}/${hash.slice(2)}.${mediaFormats[format].ending}`

/** Probes a file and, where a media folder is given, copies it there first and checks the copy's bytes. */
export async function take({ path, hash, bytes, format, copyTo }: TakeInput): Promise<TakeReply> {
  const probed = await probe(path, format)
  if (!probed.ok) return (await sameSize(path, bytes)) ? probed : changed
  if (copyTo === null) return (await sameSize(path, bytes)) ? { facts: probed, copy: null } : changed
  const relative = copyPath(hash, format)
  const target = join(copyTo, relative)
  if (await sameSize(target, bytes)) return { facts: probed, copy: relative }
  let source
  try {
    source = await open(path)
  } catch (error) {
    return refusalOf(error)
  }
  try {
    await writeWhole(target, async (copy) => {
      const sum = await hashOf((buffer) => reading(source, buffer), async (chunk) => { await copy.writeFile(chunk) })
      if (sum.hash !== hash) throw new OtherBytes()
    })
    return { facts: probed, copy: relative }
  } catch (error) {
    if (error instanceof OtherBytes) return changed
    if (error instanceof SourceFailed) return refusalOf(error.cause)
    return { fatal: { code: systemCode(error) ?? 'EUNKNOWN', message: messageOf(error) } }
  } finally {
    await source.close()
  }
}

class OtherBytes extends Error {}
/** The file that is read failed, and not the disk that is written to. */
class SourceFailed extends Error {}

async function reading(source: FileHandle, buffer: Uint8Array) {
  try {
    return await source.read(buffer, 0, buffer.length, null)
  } catch (cause) {
    throw new SourceFailed('the source failed', { cause })
  }
}

async function probe(path: string, format: MediaFormat) {
  try {
    return mediaFormats[format].kind === 'image' ? await probeImage(path, format) : await probeAudio(path, format)
  } catch (error) {
    return refusalOf(error)
  }
}

async function sameSize(path: string, bytes: number): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes
  } catch {
    return false
  }
}
