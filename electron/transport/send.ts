import { createReadStream, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { MediaFile } from '#electron/host/mediaFile.ts'
import { pageType, securityHeaders } from './headers.ts'
import { parseRange } from './range.ts'

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(value))
}

/** A file of the built page (`path` is decoded); the token moves from the address to a cookie that scripts cannot read. */
export function sendPage(response: ServerResponse, folder: string, path: string, cookie: string): void {
  const file = normalize(join(folder, path === '/' ? 'index.html' : path))
  if (!file.startsWith(folder + sep) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404, securityHeaders).end('Not found')
    return
  }
  const content = readFileSync(file)
  const hashed = path.startsWith('/assets/')
  response.writeHead(200, {
    ...securityHeaders, 'Content-Type': pageType(file),
    'Cache-Control': hashed ? 'max-age=31536000, immutable' : 'no-store',
    'Set-Cookie': `${cookie}; HttpOnly; SameSite=Strict; Path=/`,
  }).end(content)
}

/** A media file or a file of a model, whole or the range that an audio player asks for. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, media: MediaFile | null, cache = 'private, max-age=3600'): Promise<void> {
  const size = media && statSync(media.path, { throwIfNoEntry: false })?.size
  if (!media || size === undefined || size === null) {
    response.writeHead(404, securityHeaders).end('Not found')
    return
  }
  const headers = { ...securityHeaders, 'Content-Type': media.mime, 'Accept-Ranges': 'bytes', 'Cache-Control': cache }
  const range = parseRange(request.headers.range ?? null, size)
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}` }).end()
    return
  }
  if (!range) {
    response.writeHead(200, { ...headers, 'Content-Length': size })
    return stream(createReadStream(media.path), response)
  }
  const { start, end } = range
  response.writeHead(206, { ...headers, 'Content-Length': end - start + 1, 'Content-Range': `bytes ${start}-${end}/${size}` })
  return stream(createReadStream(media.path, { start, end }), response)
}

/** A stretch of a sound. It never changes: the address holds the item's own id. */
export function sendBytes(response: ServerResponse, bytes: Uint8Array | null): void {
  if (bytes === null) response.writeHead(404, securityHeaders).end('Not found')
  else response.writeHead(200, { ...securityHeaders, 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length, 'Cache-Control': 'private, max-age=3600' }).end(bytes)
}

/** A player that stops listening half way is nothing wrong. */
async function stream(from: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  await pipeline(from, response).catch(() => response.destroy())
}
