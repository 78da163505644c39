import { createReadStream, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { contentSecurityPolicy } from './contentSecurityPolicy.ts'
import type { MediaFile } from '#electron/host/host.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.png': 'image/png', '.json': 'application/json', '.wasm': 'application/wasm', '.map': 'application/json', '.ico': 'image/x-icon',
}

/** Headers of every answer: nothing embedded elsewhere, nothing guessed, threads for WebAssembly allowed. */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin',
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...securityHeaders, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }).end(JSON.stringify(value))
}

/** A file of the built page; the token moves from the address to a cookie that scripts cannot read. */
export function sendPage(response: ServerResponse, folder: string, path: string, cookie: string): void {
  const file = normalize(join(folder, path === '/' ? 'index.html' : decodeURIComponent(path)))
  if (!file.startsWith(folder + sep) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
    response.writeHead(404, securityHeaders).end('Not found')
    return
  }
  const hashed = path.startsWith('/assets/')
  response.writeHead(200, {
    ...securityHeaders, 'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': hashed ? 'max-age=31536000, immutable' : 'no-store',
    'Set-Cookie': `${cookie}; HttpOnly; SameSite=Strict; Path=/`,
  }).end(readFileSync(file))
}

/** A media file, whole or the range that an audio player asks for. */
export async function sendFile(request: IncomingMessage, response: ServerResponse, media: MediaFile | null): Promise<void> {
  const size = media && statSync(media.path, { throwIfNoEntry: false })?.size
  if (!media || size === undefined || size === null) {
    response.writeHead(404, securityHeaders).end('Not found')
    return
  }
  const headers = { ...securityHeaders, 'Content-Type': media.mime, 'Accept-Ranges': 'bytes', 'Cache-Control': 'private, max-age=3600' }
  const range = /^bytes=(\d*)-(\d*)$/u.exec(request.headers.range ?? '')
  if (!range || (range[1] === '' && range[2] === '')) {
    response.writeHead(200, { ...headers, 'Content-Length': size })
    return stream(createReadStream(media.path), response)
  }
  const start = range[1] === '' ? Math.max(0, size - Number(range[2])) : Number(range[1])
  const end = range[1] === '' || range[2] === '' ? size - 1 : Math.min(size - 1, Number(range[2]))
  if (start > end) {
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${size}` }).end()
    return
  }
  response.writeHead(206, { ...headers, 'Content-Length': end - start + 1, 'Content-Range': `bytes ${start}-${end}/${size}` })
  return stream(createReadStream(media.path, { start, end }), response)
}

/** A player that stops listening half way is nothing wrong. */
async function stream(from: NodeJS.ReadableStream, response: ServerResponse): Promise<void> {
  await pipeline(from, response).catch(() => response.destroy())
}
