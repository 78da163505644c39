import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright'
import { build } from 'vite'
import type { Timings } from './canvas/page.tsx'

/** One figure: ours beside the peer's, medians of interleaved rounds in one run; ratio = ours / peer. */
export interface BenchRow {
  readonly name: string
  readonly ours: number
  readonly peer: number
  readonly ratio: number
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly n: number
}

const rounds = 5
const framesARound = 30
const shapes = 5000

/** Pans, zooms and drags 5,000 polygons of 20 vertices at 1280 × 800: our canvas against one Konva.Line a polygon. */
export default async function canvas(): Promise<BenchRow[]> {
  const script = await bundle()
  // Without the cap of 60 frames a second a frame takes as long as its work, for both sides.
  const browser = await chromium.launch({ ...browserPath(), args: ['--headless=new', '--no-sandbox', '--disable-background-networking', '--disable-gpu', '--disable-gpu-vsync', '--disable-frame-rate-limit'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.setContent('<!doctype html><body></body>')
    await page.addScriptTag({ content: script, type: 'module' })
    await page.waitForFunction(() => 'canvasBench' in window)
    return await measure(page)
  } finally {
    await browser.close()
  }
}

async function measure(page: Page): Promise<BenchRow[]> {
  const ours: Timings = { pan: [], zoom: [], drag: [] }
  const peer: Timings = { pan: [], zoom: [], drag: [] }
  const settles: number[] = []
  for (let i = 0; i < rounds; i += 1) {
    settles.push(await page.evaluate((shapes) => window.canvasBench.settle(shapes), shapes))
    for (const [contender, into] of i % 2 === 0 ? [['ours', ours], ['naive', peer]] as const : [['naive', peer], ['ours', ours]] as const) {
      const timings = await page.evaluate(([contender, shapes, frames]) => window.canvasBench.round(contender, shapes, frames), [contender, shapes, framesARound] as const)
      for (const key of ['pan', 'zoom', 'drag'] as const) into[key].push(...timings[key])
    }
  }
  const of = `${shapes} polygons × 20 vertices`
  return [
    ...(['pan', 'zoom', 'drag'] as const).map((key) => row(`${key}, ${of}, median frame`, ours[key], peer[key])),
    row(`crisp again after a zoom, ${of}, longest frame`, settles, peer.zoom),
  ]
}

function row(name: string, ours: readonly number[], peer: readonly number[]): BenchRow {
  return { name, ours: median(ours), peer: median(peer), ratio: median(ours) / median(peer), unit: 'ms', better: 'lower', n: ours.length }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** An installed Chromium or Chrome where there is one, else the one that Playwright downloads. */
function browserPath(): { executablePath?: string } {
  const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
  return found ? { executablePath: found } : {}
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false, logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: true, cssCodeSplit: false, lib: { entry: new URL('./canvas/page.tsx', import.meta.url).pathname, formats: ['es'], fileName: 'page' } },
  })
  const { output } = (Array.isArray(result) ? result[0]! : result) as { output: { type: string; fileName: string; code?: string; source?: unknown }[] }
  const css = output.filter((file) => file.fileName.endsWith('.css')).map(({ source }) => String(source)).join('\n')
  const code = output.find(({ type }) => type === 'chunk')?.code ?? ''
  return `document.head.append(Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(css)} }));\n${code}`
}
