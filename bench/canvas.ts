import type { Page } from 'playwright'
import { build } from 'vite'
import { inBrowser } from './browser.ts'
import type { Timings } from './canvas/page.tsx'
import { median, row as rowOf, type BenchRow } from './row.ts'

const rounds = 5
const framesARound = 30
const shapes = 5000

/** Pans, zooms and drags 5,000 polygons of 20 vertices at 1280 × 800: our canvas against one Konva.Line a polygon. */
export default async function canvas(): Promise<BenchRow[]> {
  const script = await bundle()
  // Without the cap of 60 frames a second a frame takes as long as its work, for both sides.
  return inBrowser(async (page) => {
    await page.setContent('<!doctype html><body></body>')
    await page.addScriptTag({ content: script, type: 'module' })
    await page.waitForFunction(() => 'canvasBench' in window)
    return measure(page)
  }, ['--disable-gpu-vsync', '--disable-frame-rate-limit'])
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

const row = (name: string, ours: readonly number[], peer: readonly number[]): BenchRow => rowOf(name, median(ours), median(peer), 'ms', ours.length)

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
