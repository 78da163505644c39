import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { randomToken } from '#shared/model/id.ts'
import type { Host } from '#electron/host/host.ts'
import { errorReply, type Reply } from './dispatch.ts'

/** Bytes dropped into a browser become a file in the host's own folder; its path is the answer. */
export async function receiveUpload(host: Host, request: IncomingMessage, name: string): Promise<Reply> {
  try {
    const folder = join(host.dataDir, 'uploads', randomToken(8))
    await mkdir(folder, { recursive: true })
    const path = join(folder, basename(decodeURIComponent(name)) || 'file')
    await pipeline(request, createWriteStream(path, { flags: 'wx' }))
    return { ok: true, value: path }
  } catch (error) {
    return { ok: false, error: errorReply(error) }
  }
}
