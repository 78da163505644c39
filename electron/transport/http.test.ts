import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { modelAddress } from '#shared/contract/models.ts'
import { onePerson, tinyManifest, tinyYolo } from '#electron/prelabel/tiny.fixture.ts'
import { createHost, type Host } from '#electron/host/host.ts'
import { serveHttp, type Served } from './http.ts'
import { fileName } from './upload.ts'

let folder: string
let host: Host
let served: Served
let port: number
let token: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-http-'))
  mkdirSync(join(folder, 'page'))
  writeFileSync(join(folder, 'page', 'index.html'), '<title>Quorum</title>')
  writeFileSync(join(folder, 'secret.txt'), 'SECRET')
  host = createHost({ dataDir: join(folder, 'data'), version: '0' })
  served = await serveHttp(host, join(folder, 'page'))
  port = Number(new URL(served.url).port)
  token = new URL(served.url).searchParams.get('token')!
})
afterEach(async () => {
  await served.close()
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer { readonly status: number; readonly body: string; readonly headers: Record<string, unknown> }

/** A request as it stands: no client tidies the path or the headers. */
function ask(path: string, { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers: Object.fromEntries(Object.entries({ 'x-quorum-token': token, ...headers }).filter(([, value]) => value !== '')) }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(parts).toString(), headers: response.headers }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Bytes on a bare socket; what comes back until it ends or half a second passes. */
const raw = (text: string): Promise<string> => new Promise((resolve) => {
  let got = ''
  const socket = connect(port, '127.0.0.1', () => socket.write(text))
  socket.setTimeout(500, () => socket.destroy())
  socket.on('data', (part) => { got += part.toString() })
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(got))
})

const alive = async () => expect((await ask('/')).status).toBe(200)

test.each([
  ['no token', { 'x-quorum-token': '' }], ['a wrong token', { 'x-quorum-token': 'x'.repeat(32) }],
  ['another site’s origin', { origin: 'https://evil.example' }], ['the null origin of a sandboxed frame', { origin: 'null' }],
  ['the origin of another port', { origin: 'http://127.0.0.1:1' }], ['a host name that was bound anew to this machine', { host: 'evil.example' }],
  ['a host name that begins like ours', { host: '127.0.0.1.evil.example' }], ['the cookie of another port', { 'x-quorum-token': '', cookie: 'quorum-1=x' }],
])('%s is refused at every door', async (_what, headers: Record<string, string>) => {
  for (const [method, path] of [['GET', '/'], ['POST', '/api/app.state'], ['POST', '/upload/x.png'], ['GET', '/media/asset:x'], ['GET', '/thumbnail/asset:x']] as const) {
    const { status, body } = await ask(path, { method, headers })
    expect([path, status]).toEqual([path, 403])
    expect(body).not.toContain(token)
  }
  expect(readdirSync(folder)).not.toContain('data')
})

test('the page sets a cookie that scripts and other sites cannot use, and with it the rest is open', async () => {
  const { headers } = await ask(`/?token=${token}`, { headers: { 'x-quorum-token': '' } })
  const [cookie] = headers['set-cookie'] as string[]
  expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/u)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  const { status, body } = await ask('/api/app.state', { method: 'POST', body: '{}', headers: { 'x-quorum-token': '', cookie: `a=b; ${cookie!.split(';')[0]}` } })
  expect([status, JSON.parse(body).ok]).toEqual([200, true])
})

test.each([
  '/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/%2e%2e%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/..\\secret.txt', '/%2fetc%2fpasswd', '/page/../../secret.txt',
])('no way leads out of the page’s folder: %s', async (path) => {
  const { status, body } = await ask(path)
  expect(body).not.toContain('SECRET')
  expect(status).toBe(404)
})

test.each(['/%E0%A4%A', '/%', '/media/%E0%A4%A', '/thumbnail/%', '/a%00.html', '/media/%00'])('%s is badly encoded: 400', async (path) => {
  expect((await ask(path)).status).toBe(400)
  await alive()
})

test('a body that is no JSON is the sender’s mistake; one that is no request of ours is answered in words', async () => {
  expect((await ask('/api/app.state', { method: 'POST', body: '{' })).status).toBe(400)
  for (const [path, body] of [['/api/none', '{}'], ['/api/__proto__', '{}'], ['/api/changes.apply', '[]'], ['/api/changes.apply', 'null']] as const) {
    expect(JSON.parse((await ask(path, { method: 'POST', body })).body)).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  }
  expect((await ask('/', { method: 'DELETE' })).status).toBe(405)
})

test('a request without end is cut off at 256 MB, in words', async () => {
  const said = await new Promise<string>((resolve) => {
    let got = ''
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`POST /api/app.state HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nx-quorum-token: ${token}\r\nTransfer-Encoding: chunked\r\n\r\n`)
      const chunk = Buffer.concat([Buffer.from('1000000\r\n'), Buffer.alloc(0x1000000, 32), Buffer.from('\r\n')])
      const more = () => { while (!socket.destroyed && socket.write(chunk)); }
      socket.on('drain', more)
      more()
    })
    socket.on('data', (part) => { got += part.toString(); socket.destroy() })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(got))
  })
  expect(said).toMatch(/^HTTP\/1.1 413 /u)
  await alive()
})

test.each([
  ['an upgrade whose address cannot be read', 'GET // HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nHost: 127.0.0.1:PORT\r\n\r\n'],
  ['an upgrade without a token', 'GET /events HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nHost: 127.0.0.1:PORT\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n'],
  ['an address that cannot be read', 'GET // HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n'],
  ['an absolute address', 'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n'],
  ['no HTTP', '\x16\x03\x01\x00\r\n\r\n'], ['half a request', 'POST /api/app.state HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 100\r\n\r\n{'],
])('%s gives nothing away and ends nothing', async (_what, text) => {
  const said = await raw(text.replace('PORT', String(port)))
  expect(said).not.toMatch(/^HTTP\/1.1 (?:101|200)/u)
  await alive()
})

const socketTo = (headers: Record<string, string>, path = '/events') => new Promise<string>((resolve) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
  socket.on('message', (data) => { resolve(String(data)); socket.close() })
  socket.on('error', () => resolve('refused'))
})

test('events are told to our page alone', async () => {
  expect(await socketTo({ 'x-quorum-token': token })).toBe('{"kind":"hello"}')
  expect(await socketTo({})).toBe('refused')
  expect(await socketTo({ 'x-quorum-token': token, origin: 'https://evil.example' })).toBe('refused')
  expect(await socketTo({ 'x-quorum-token': token }, '/other')).toBe('refused')
})

test('a listener that talks too much is cut off; the others go on', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/events`, { headers: { 'x-quorum-token': token } })
  await new Promise((resolve) => socket.once('open', resolve))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.send('x'.repeat(100_000))
  await closed
  await alive()
})

test('an upload becomes a file of its name in a folder of its own; half of one is taken away', async () => {
  const { body } = await ask(`/upload/${encodeURIComponent('../../Straße 1.png')}`, { method: 'POST', body: Buffer.from('bytes') })
  expect(JSON.parse(body).value).toMatch(/data\/uploads\/[0-9a-z]{8}\/Straße 1\.png$/u)
  expect((await ask('/upload/%E0%A4%A', { method: 'POST', body: 'x' })).status).toBe(400)
  await raw(`POST /upload/half.png HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nx-quorum-token: ${token}\r\nContent-Length: 1000\r\n\r\nhalf`)
  await expect.poll(() => readdirSync(join(folder, 'data', 'uploads'))).toHaveLength(1)
})

test.each([
  ['a.png', 'a.png'], ['..', 'file'], ['.', 'file'], ['', 'file'], ['../../etc/passwd', 'passwd'], ['C:\\Users\\a.png', 'a.png'], ['a\0b\n.png', 'a_b_.png'],
  ['con:1?.png', 'con_1_.png'], [`${'ä'.repeat(300)}.jpeg`, `${'ä'.repeat(97)}.jpeg`],
])('the name %j of an upload becomes %j', (given, name) => {
  expect(fileName(given)).toBe(name)
})

test('a port that is in use is said in words', async () => {
  await expect(serveHttp(host, join(folder, 'page'), port)).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(`Port ${port} is in use`) })
})

test('a model’s files are served by their hash, for good; nothing else of its folder is', async () => {
  const bytes = tinyYolo(onePerson)
  const file = join(folder, 'tiny.onnx')
  writeFileSync(file, bytes)
  const { model } = await host.ask('models.add', { manifest: tinyManifest(bytes), path: file })
  const served = await ask(modelAddress('tiny', model.files[0]!))
  expect(served).toMatchObject({ status: 200, headers: { 'cache-control': expect.stringContaining('immutable'), 'content-length': String(bytes.length), 'cross-origin-resource-policy': 'same-origin' } })
  for (const path of [`/models/tiny/model/${'0'.repeat(64)}`, '/models/tiny/manifest.json', '/models/tiny/..%2F..%2Fsecret.txt', '/models/none/model', '/models/..%2F..%2Ftiny/model']) expect((await ask(path)).status).toBe(404)
  expect((await ask('/models/tiny/model', { headers: { 'x-quorum-token': '' } })).status).toBe(403)
})
