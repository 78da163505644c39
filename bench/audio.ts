import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync, openSync, closeSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { framesPerBucket, valuesPerBucket } from '#shared/audio/peaks.ts'
import { createMediaPool, type MediaPool } from '#electron/media/mediaPool.ts'
import { readPeaksHeader, readPeaksTile } from '#electron/media/peaksFile.ts'
import { inBrowser } from './browser.ts'
import { median, percentile, row, type BenchRow } from './row.ts'

const hours = 3
const rate = 16_000
const segments = 5000
const framesARound = 120
const seeks = 9

/** A three-hour stereo file with 5,000 segments: ours against wavesurfer.js with its regions, which gets the same peaks. */
export default async function audio(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-bench-'))
  const wav = join(folder, 'sound.wav')
  const frames = writeSound(wav)
  const pool = createMediaPool({ size: 2 })
  const peaks = join(folder, 'sound.peaks')
  const began = performance.now()
  await pool.run('makePeaks', { path: wav, format: 'wav', channels: 2, to: peaks, pcmTo: null, progress: new SharedArrayBuffer(8) }, { timeoutMs: 600_000 })
  const madeIn = (performance.now() - began) / 1000
  const server = await serve(wav, peaks, await bundle(), pool)
  try {
    return await measure(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, frames, madeIn)
  } finally {
    server.close()
    server.closeAllConnections()
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(url: string, frames: number, madeIn: number): Promise<BenchRow[]> {
  const facts = { rate, channels: 2, frames }
  const of = `${hours} h stereo`
  const decoding = await withPage(url, (page) => page.evaluate(() => window.audioBench.decodePeer(150_000)).catch(() => null))
  const ours = await contend(url, 'ours', facts)
  const peer = await contend(url, 'peer', facts)
  return [
    row(`peaks of ${of}, times real time`, (hours * 3600) / madeIn, decoding === null ? Number.NaN : (hours * 3600) / decoding, '×', 1, 'higher'),
    row(`first waveform of ${of}, peaks being there`, ours.opened, peer.opened, 'ms', 1),
    row(`scroll ${of} with ${segments} segments in 8 tiers, median frame`, median(ours.scroll), median(peer.scroll), 'ms', framesARound),
    row(`scroll ${of} with ${segments} segments in 8 tiers, 95th percentile`, percentile(ours.scroll, 0.95), percentile(peer.scroll, 0.95), 'ms', framesARound),
    row(`seek → sound in ${of}, median`, median(ours.seek), median(peer.seek), 'ms', seeks),
    row(`memory of the page's process, ${of}, ${segments} segments`, ours.memory, peer.memory, 'MB', 1),
  ]
}

interface Measured { readonly opened: number; readonly scroll: number[]; readonly seek: number[]; readonly memory: number }

function contend(url: string, who: 'ours' | 'peer', facts: { rate: number; channels: number; frames: number }): Promise<Measured> {
  return withPage(url, async (page, browser) => {
    const opened = await page.evaluate(([who, facts, segments]) => (who === 'ours' ? window.audioBench.openOurs(facts, segments) : window.audioBench.openPeer(facts.frames / facts.rate, segments, facts)), [who, facts, segments] as const)
    const scroll = await page.evaluate(([who, frames, facts]) => window.audioBench.scroll(who, frames, facts), [who, framesARound, facts] as const)
    const seek: number[] = []
    for (let n = 0; n < seeks; n++) seek.push(await page.evaluate(([who, seconds, facts]) => window.audioBench.seek(who, seconds, facts), [who, ((n * 0.618) % 1) * hours * 3600, facts] as const))
    return { opened, scroll, seek, memory: await rendererMemory(browser) }
  })
}

/** Megabytes that the largest page process holds in memory (Linux only). */
async function rendererMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => {
    const status = existsSync(`/proc/${id}/status`) ? readFileSync(`/proc/${id}/status`, 'utf8') : ''
    return Number(/RssAnon:\s+(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) / 1000
  })
  return Math.max(...pages)
}

/** Without the cap of 60 frames a second a frame takes as long as its work, for both sides. */
function withPage<Result>(url: string, work: (page: Page, browser: Browser) => Promise<Result>): Promise<Result> {
  return inBrowser(async (page) => {
    await page.goto(url)
    await page.waitForFunction(() => 'audioBench' in window)
    return work(page, page.context().browser()!)
  }, ['--disable-gpu-vsync', '--disable-frame-rate-limit', '--autoplay-policy=no-user-gesture-required'])
}

/** Bursts of tones and noise, as speech comes in bursts; 16 bits, the same every time. Returns its frames. */
function writeSound(path: string): number {
  const frames = hours * 3600 * rate
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + frames * 4, 4)
  header.write('WAVEfmt ', 8)
  for (const [value, at, size] of [[16, 16, 4], [1, 20, 2], [2, 22, 2], [rate, 24, 4], [rate * 4, 28, 4], [4, 32, 2], [16, 34, 2], [frames * 4, 40, 4]] as const) header.writeUIntLE(value, at, size)
  header.write('data', 36)
  const block = new Int16Array(60 * rate * 2)
  for (let n = 0, noise = 1; n < block.length; n += 2) {
    const seconds = n / 2 / rate
    noise = (noise * 1_664_525 + 1_013_904_223) >>> 0
    const loud = Math.sin(seconds * 1.7) > -0.3 ? Math.abs(Math.sin(seconds * 11)) : 0.002
    block[n] = loud * (9000 * Math.sin(seconds * 6.28 * (180 + 40 * Math.sin(seconds))) + (noise / 2 ** 32 - 0.5) * 5000)
    block[n + 1] = loud * 6000 * Math.sin(seconds * 6.28 * 240)
  }
  const file = openSync(path, 'w')
  writeSync(file, header)
  for (let minute = 0; minute < hours * 60; minute++) writeSync(file, block)
  closeSync(file)
  return frames
}

async function serve(wav: string, peaks: string, script: string, pool: MediaPool): Promise<Server> {
  const header = await readPeaksHeader(peaks)
  const server = createServer((request, response) => {
    const [, what = '', variant = '', tile = ''] = new URL(request.url ?? '/', 'http://host').pathname.split('/')
    const send = (bytes: Uint8Array | string | null, type = 'application/octet-stream') => void response.writeHead(bytes === null ? 404 : 200, { 'Content-Type': type }).end(bytes ?? '')
    if (what === '') return send('<!doctype html><body style="margin:0"><script type="module" src="/page.js"></script></body>', 'text/html')
    if (what === 'page.js') return send(script, 'text/javascript')
    if (what === 'sound.wav') return sendRange(request.headers.range, wav, response)
    if (what === 'peaks') return void readPeaksTile(peaks, header, Number(variant), Number(tile)).then(send)
    if (what === 'plain-peaks') return void plainPeaks(peaks, header.frames).then(send)
    if (what === 'samples' || what === 'spectrogram') return void pool.run('soundTile', { path: wav, what, variant, tile: Number(tile) }).catch(() => null).then(send)
    return send(null)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function sendRange(range: string | undefined, path: string, response: ServerResponse): void {
  const { size } = statSync(path)
  const [, from, to] = /^bytes=(\d+)-(\d*)$/u.exec(range ?? '') ?? []
  const start = Number(from ?? 0)
  const end = to ? Number(to) : size - 1
  response.writeHead(from === undefined ? 200 : 206, { 'Content-Type': 'audio/wav', 'Accept-Ranges': 'bytes', 'Content-Length': end - start + 1, ...(from === undefined ? {} : { 'Content-Range': `bytes ${start}-${end}/${size}` }) })
  createReadStream(path, { start, end }).on('error', () => response.destroy()).pipe(response)
}

/** The maxima of level 2 as the peer takes them: all of the left channel, then all of the right, -1 to 1. */
async function plainPeaks(peaks: string, frames: number): Promise<Uint8Array> {
  const header = await readPeaksHeader(peaks)
  const count = Math.ceil(frames / framesPerBucket(2))
  const values = new Float32Array(count * 2)
  for (let tile = 0, at = 0; at < count; tile++) {
    const bytes = (await readPeaksTile(peaks, header, 2, tile))!
    const part = new Int16Array(bytes.buffer)
    for (let bucket = 0; bucket * 2 * valuesPerBucket < part.length; bucket++, at++) {
      for (let channel = 0; channel < 2; channel++) values[channel * count + at] = part[(bucket * 2 + channel) * valuesPerBucket + 1]! / 32_768
    }
  }
  return new Uint8Array(values.buffer)
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, minify: true, lib: { entry: new URL('./audio/page.ts', import.meta.url).pathname, formats: ['es'], fileName: 'page' } },
  })
  const { output } = (Array.isArray(result) ? result[0]! : result) as { output: { type: string; code?: string }[] }
  return output.find(({ type }) => type === 'chunk')?.code ?? ''
}
