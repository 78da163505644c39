import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { Readable } from 'node:stream'
import { protocol } from 'electron'
import type { MediaFile } from './host/mediaFile.ts'
import { cacheOf, mediaAddress, type MediaKind, type SoundTileKind } from './transport/mediaAddress.ts'
import { pageType, securityHeaders } from './transport/headers.ts'
import { parseRange } from './transport/range.ts'

/** The page's origin: one for the renderer's files and for media, so that a canvas with a picture in it stays readable. */
export const pageOrigin = 'asset://project'

/** Where media come from: the host. */
export interface MediaSource {
  file(what: MediaKind, asset: string): Promise<MediaFile | null>
  tile(what: SoundTileKind, asset: string, variant: string, tile: number): Promise<Uint8Array | null>
  modelFile(model: string, name: string, hash: string | null): Promise<MediaFile | null>
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'asset', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
}

const refusal = (status: number): Response => new Response(null, { status, headers: { ...securityHeaders } })

/** Streams a file, whole or the part that was asked for: sound is sought in by ranges. */
async function fileResponse(file: MediaFile, request: Request, cache: string): Promise<Response> {
  const { size } = await stat(file.path)
  const range = parseRange(request.headers.get('range'), size)
  const headers: Record<string, string> = { ...securityHeaders, 'Content-Type': file.mime, 'Accept-Ranges': 'bytes', 'Cache-Control': cache }
  if (range === 'unsatisfiable') return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } })
  const { start, end } = range ?? { start: 0, end: size - 1 }
  headers['Content-Length'] = String(end - start + 1)
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${size}`
  const body = size === 0 ? null : Readable.toWeb(createReadStream(file.path, { start, end })) as ReadableStream
  return new Response(body, { status: range ? 206 : 200, headers })
}

function tileResponse(bytes: Uint8Array | null): Response {
  if (bytes === null) return refusal(404)
  const headers = { ...securityHeaders, 'Content-Type': 'application/octet-stream', 'Cache-Control': 'private, max-age=3600' }
  return new Response(Uint8Array.from(bytes), { headers })
}

/** A file of the renderer; anything that leads out of its folder is not there. */
async function pageFile(folder: string, pathname: string): Promise<MediaFile | null> {
  const path = join(folder, pathname === '/' ? 'index.html' : pathname)
  try {
    const [real, home] = await Promise.all([realpath(path), realpath(folder)])
    return real.startsWith(home + sep) && (await stat(real)).isFile() ? { path: real, mime: pageType(real) } : null
  } catch {
    return null
  }
}

/** Serves the renderer from `folder` and media from where the host says they are; the page's paths are never trusted. */
export function serveScheme(folder: string, source: MediaSource): void {
  protocol.handle('asset', async (request) => {
    try {
      const url = new URL(request.url)
      if (url.host !== 'project' || !['GET', 'HEAD'].includes(request.method)) return refusal(403)
      const media = mediaAddress(url.pathname)
      if (media?.kind === 'tile') return tileResponse(await source.tile(media.what, media.asset, media.variant, media.tile))
      const file = await (media?.kind === 'model' ? source.modelFile(media.model, media.file, media.hash)
        : media ? source.file(media.what, media.asset) : pageFile(folder, decodeURIComponent(url.pathname)))
      return file ? await fileResponse(file, request, media ? cacheOf(media) : 'no-cache') : refusal(404)
    } catch {
      return refusal(404)
    }
  })
}
