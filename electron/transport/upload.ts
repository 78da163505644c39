import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { QuorumError } from '#shared/contract/errors.ts'
import { randomToken } from '#shared/model/id.ts'
import type { Host } from '#electron/host/host.ts'
import { uploadsFolder } from '#electron/host/uploads.ts'
import { errorReply, type Reply } from './dispatch.ts'

/** Bytes dropped into a browser become a file in the host's own folder; its path is the answer. Half a file is not left behind. */
export async function receiveUpload(host: Host, request: IncomingMessage, name: string): Promise<Reply> {
  const folder = join(uploadsFolder(host.dataDir), randomToken(8))
  try {
    await mkdir(folder, { recursive: true })
    const path = join(folder, fileName(name))
    await pipeline(request, createWriteStream(path, { flags: 'wx' }))
    return { ok: true, value: path }
  } catch (error) {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
    return { ok: false, error: errorReply(inWords(error, name)) }
  }
}

/** A file system takes names of at most 255 bytes. */
const longestName = 200

/** The last part of the name a page gave, as every file system takes it; its ending is kept. */
export function fileName(given: string): string {
  const last = given.split(/[/\\]/u).at(-1)!.replaceAll(/[\p{Cc}\p{Cs}<>:"|?*]/gu, '_')
  if (/^\.*$/u.test(last)) return 'file'
  const ending = extname(last).slice(0, 20)
  let stem = Array.from(last.slice(0, last.length - extname(last).length))
  while (Buffer.byteLength(stem.join('') + ending) > longestName) stem = stem.slice(0, -1)
  return stem.join('') + ending
}

function inWords(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new QuorumError('disk-full', `${name} could not be taken in: the disk is full. Free some space and drop it again.`, String(error))
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return new QuorumError('no-permission', `${name} could not be taken in: the folder for settings cannot be written. Set QUORUM_DATA_DIR to one that can.`, String(error))
  return error
}
