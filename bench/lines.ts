import { join } from 'node:path'
import type { Page } from 'playwright'
import { userOfMachine } from '#electron/host/user.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { layerOf } from '#shared/model/author.ts'
import { serve } from '../e2e/serve.ts'
import { inBrowser } from './browser.ts'
import { writePictures } from './pictures.ts'
import { annotation, asset, inScratch, label, project } from './records.ts'
import { median, percentile, row, type BenchRow } from './row.ts'

const lines = 2000
const columns = 4
const typed = 60
const sentence = 'The quick brown fox jumps over it '
const typingBudgetMs = 16
const nextBudgetMs = 50

/**
 * A page with 2,000 lines, typed line by line in a real Chromium: from each key to the picture that holds its letter,
 * and from Enter to the next line's crop and field. There is no peer: its column is the budget.
 */
export default async function typeLines(): Promise<BenchRow[]> {
  return inScratch(async (folder) => {
    const path = join(folder, 'project')
    makePage(path)
    await writePictures(join(path, 'media'), 1)
    const serving = await serve({ project: path, folder })
    try {
      // Without the cap of 60 frames a second a figure is the work, not the wait for the screen.
      return await inBrowser((page) => measure(page, serving.url), ['--disable-gpu-vsync', '--disable-frame-rate-limit'])
    } finally {
      await serving.close()
    }
  })
}

function makePage(path: string): void {
  const me = userOfMachine()
  const page = asset(0, '0.jpg')
  const perColumn = lines / columns
  const made = createProject(path, Date.now)
  try {
    made.store.addNew('create project', me, [project, label, page, ...Array.from({ length: lines }, (_, index) => {
      const x = Math.floor(index / perColumn) * 400 + 10, height = 1200 / perColumn, y = (index % perColumn) * height
      return {
        ...annotation(page.id, index), layer: layerOf(me), author: me, label: null, order: index, text: index % 3 === 0 ? `line number ${index}` : null,
        geometry: { kind: 'text-line' as const, outline: { kind: 'box' as const, x, y, width: 380, height: height * 0.9 }, baseline: null },
      }
    })])
  } finally {
    made.close()
  }
}

async function measure(page: Page, url: string): Promise<BenchRow[]> {
  await page.goto(`${url}#/label`)
  await page.waitForSelector('[role="application"][data-ready="true"]', { state: 'attached' })
  await page.locator('[role="application"]').focus()
  await page.keyboard.press('l')
  await page.waitForSelector('.lines__stage textarea')
  await page.evaluate(watchKeys)
  for (let line = 0; line < typed; line++) {
    await page.keyboard.type(sentence, { delay: 8 })
    await page.keyboard.press('Enter')
    await page.waitForFunction((done) => window.keyTimes.next.length > done, line)
  }
  const { letters, next } = await page.evaluate(() => window.keyTimes)
  return [
    row(`letter typed → seen, ${lines} lines on the page, p50 (peer: budget)`, median(letters), typingBudgetMs, 'ms', letters.length),
    row(`letter typed → seen, ${lines} lines on the page, p95 (peer: budget)`, percentile(letters, 0.95), typingBudgetMs, 'ms', letters.length),
    row(`Enter → next line and its crop, p50 (peer: budget)`, median(next), nextBudgetMs, 'ms', next.length),
    row(`Enter → next line and its crop, p95 (peer: budget)`, percentile(next, 0.95), nextBudgetMs, 'ms', next.length),
  ]
}

declare global {
  interface Window { keyTimes: { letters: number[]; next: number[] } }
}

/** In the page: milliseconds from a key to the first task after the frame that shows what it did. */
function watchKeys(): void {
  const times = { letters: [] as number[], next: [] as number[] }
  window.keyTimes = times
  const painted = (then: () => void) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', then)
    port1.start()
    port2.postMessage(null)
  })
  addEventListener('keydown', (event) => {
    const pressed = event.timeStamp
    const into = event.key === 'Enter' ? times.next : times.letters
    painted(() => into.push(performance.now() - pressed))
  }, { capture: true })
}
