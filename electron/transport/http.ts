import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Host } from '#electron/host/host.ts'
import { receiveUpload } from './upload.ts'
import { sendFile, sendJson, sendPage } from './send.ts'

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
    answer(request, response).catch((error: unknown) => sendJson(response, 500, { ok: false, error: { code: 'unexpected', message: String(error), detail: null } }))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const bound = (server.address() as AddressInfo).port
  const allowedHosts = [`127.0.0.1:${bound}`, `localhost:${bound}`]
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    if (refusal(request) || new URL(request.url ?? '/', 'http://host').pathname !== '/events') return socket.destroy()
    sockets.handleUpgrade(request, socket, head, (client) => client.send('{"kind":"hello"}'))
  })
  const stop = host.on((event) => {
    const text = JSON.stringify(event)
    for (const client of sockets.clients) client.send(text)
  })

  const refusal = (request: IncomingMessage): string | null => {
    if (!allowedHosts.includes(request.headers.host ?? '')) return 'This address is not served here.'
    const origin = request.headers.origin
    if (origin !== undefined && !allowedHosts.some((name) => origin === `http://${name}`)) return 'Another site may not use Quorum.'
    return same(tokenOf(request, cookieName(bound)), token) ? null : 'The token is missing or wrong. Open the address that Quorum printed.'
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request)
    if (refused) return sendJson(response, 403, { ok: false, error: { code: 'no-permission', message: refused, detail: null } })
    const url = new URL(request.url ?? '/', 'http://host')
    const [, first, second] = url.pathname.split('/')
    if (request.method === 'POST' && first === 'api') return sendJson(response, 200, await host.call(second, JSON.parse(await bodyOf(request))))
    if (request.method === 'POST' && first === 'upload') return sendJson(response, 200, await receiveUpload(host, request, second ?? ''))
    if (first === 'media' || first === 'thumbnail') return sendFile(request, response, await host.file(first, decodeURIComponent(second ?? '')))
    return sendPage(response, page, url.pathname, `${cookieName(bound)}=${token}`)
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

/** Cookies do not tell ports apart, and two workbenches may run side by side. */
const cookieName = (port: number) => `quorum-${port}`

function tokenOf(request: IncomingMessage, cookieName: string): string {
  const cookie = request.headers.cookie?.split(/;\s*/u).find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
  return new URL(request.url ?? '/', 'http://host').searchParams.get('token') ?? request.headers['x-quorum-token']?.toString() ?? cookie ?? ''
}

function same(given: string, wanted: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(wanted)
  return a.length === b.length && timingSafeEqual(a, b)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > bodyLimit) throw new Error('The request is larger than 256 MB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8') || '{}'
}
