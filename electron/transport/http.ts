import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { Host } from '#electron/host/host.ts'
import { clearOldUploads } from '#electron/host/uploads.ts'
import { cacheOf, mediaAddress } from './mediaAddress.ts'
import { receiveUpload } from './upload.ts'
import { sendBytes, sendFile, sendJson, sendPage } from './send.ts'

export interface Served {
  /** With the run's token, for a person's browser. */
  readonly url: string
  close(): Promise<void>
}

const bodyLimit = 256 * 1024 * 1024

/**
 * Serves one host to browsers on this machine: 127.0.0.1 only, a fresh token each run (kept in a cookie after the
 * first page), and no request from another origin or under another host name.
 */
export async function serveHttp(host: Host, page: string, port = 0): Promise<Served> {
  const token = randomBytes(24).toString('base64url')
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => sendProblem(response, error))
  })
  clearOldUploads(host.dataDir, Date.now())
  await listening(server, port)
  const bound = (server.address() as AddressInfo).port
  const allowedHosts = [`127.0.0.1:${bound}`, `localhost:${bound}`]
  // A page only listens.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const url = addressOf(request)
    if (url === null || refusal(request, url) || url.pathname !== '/events') return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate())
      client.send('{"kind":"hello"}')
    })
  })
  const stop = host.on((event) => {
    const text = JSON.stringify(event)
    for (const client of sockets.clients) client.send(text)
  })

  const refusal = (request: IncomingMessage, url: URL): string | null => {
    if (!allowedHosts.includes(request.headers.host ?? '')) return 'This address is not served here.'
    const origin = request.headers.origin
    if (origin !== undefined && !allowedHosts.some((name) => origin === `http://${name}`)) return 'Another site may not use Quorum.'
    return same(tokenOf(request, url, cookieName(bound)), token) ? null : 'The token is missing or wrong. Open the address that Quorum printed.'
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = addressOf(request)
    if (url === null) throw new BadRequest(400, 'The address of the request cannot be read.')
    const refused = refusal(request, url)
    if (refused) return sendJson(response, 403, { ok: false, error: { code: 'no-permission', message: refused, detail: null } })
    const [, first, second] = url.pathname.split('/')
    if (request.method === 'POST' && first === 'api') return sendJson(response, 200, await host.call(second, jsonOf(await bodyOf(request))))
    if (request.method === 'POST' && first === 'upload') return sendJson(response, 200, await receiveUpload(host, request, decoded(second ?? '')))
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new BadRequest(405, `${request.method} is not answered here.`)
    const media = mediaAddress(url.pathname)
    if (media?.kind === 'file') return sendFile(request, response, await host.file(media.what, media.asset))
    if (media?.kind === 'model') return sendFile(request, response, await host.modelFile(media.model, media.file, media.hash), cacheOf(media))
    if (media) return sendBytes(response, await host.tile(media.what, media.asset, media.variant, media.tile))
    return sendPage(response, page, decoded(url.pathname), `${cookieName(bound)}=${token}`)
  }

  return {
    url: `http://127.0.0.1:${bound}/?token=${token}`,
    async close() {
      stop()
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new QuorumError('invalid-input', `Port ${port} is in use by another program. Choose another with --port, or leave --port out.`, String(error))
    if (code === 'EACCES') throw new QuorumError('no-permission', `You may not use port ${port}. Choose one above 1023 with --port.`, String(error))
    throw error
  }
}

/** Cookies do not tell ports apart, and two workbenches may run side by side. */
const cookieName = (port: number) => `quorum-${port}`

function tokenOf(request: IncomingMessage, url: URL, cookieName: string): string {
  const cookie = request.headers.cookie?.split(/;\s*/u).find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
  return url.searchParams.get('token') ?? request.headers['x-quorum-token']?.toString() ?? cookie ?? ''
}

function same(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** A request that is wrong in itself; `status` is HTTP's. */
class BadRequest extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** An answer that has begun cannot turn into another: it is broken off. */
function sendProblem(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy()
  const [status, code] = error instanceof BadRequest ? [error.status, 'invalid-input'] : [500, 'unexpected']
  // What is left of a body that was not read must not be taken for the next request.
  response.setHeader('Connection', 'close')
  sendJson(response, status, { ok: false, error: { code, message: messageOf(error), detail: null } })
}

function addressOf(request: IncomingMessage): URL | null {
  return request.url?.startsWith('/') ? URL.parse(`http://host${request.url}`) : null
}

/** A part of an address as the text that it stands for; never with NUL, which no file name may hold. */
function decoded(part: string): string {
  try {
    const text = decodeURIComponent(part)
    if (!text.includes('\0')) return text
  } catch {
    // Said below.
  }
  throw new BadRequest(400, 'The address of the request is not well encoded.')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new BadRequest(400, `The request is not JSON: ${messageOf(error)}`)
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bodyLimit) throw new BadRequest(413, 'The request is larger than 256 MB. Send it in parts.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8') || '{}'
}
