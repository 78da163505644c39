import { join } from 'node:path'
import type { Page } from 'playwright'
import { serve } from '../e2e/serve.ts'
import { inBrowser } from './browser.ts'
import { writePictures } from './pictures.ts'
import { inScratch, makeProject } from './records.ts'
import { median, percentile, row, type BenchRow } from './row.ts'

const items = 10_000
const pictures = 60
const warmUp = 5
const steps = 80
const budgetMs = 100

/**
 * From pressing N to the next item's picture and shapes in hand (`data-ready`) in a real Chromium, at a person's pace
 * and as fast as one item is ready after the other. There is no peer: its column is the budget.
 */
export default async function nextAsset(): Promise<BenchRow[]> {
  return inScratch(async (folder) => {
    const path = join(folder, 'project')
    makeProject(path, items, 5, (index) => `${index % pictures}.jpg`)
    await writePictures(join(path, 'media'), pictures)
    const serving = await serve([path], folder)
    try {
      return await inBrowser(async (page) => {
        await page.goto(`${serving.url}#/label`)
        await page.waitForSelector('[role="application"][data-ready="true"]', { state: 'attached' })
        const calm = await walk(page, () => 200 + Math.random() * 100)
        const hammering = await walk(page, () => 0)
        return [...rows('a pause of 200–300 ms', calm), ...rows('no pause', hammering)]
      })
    } finally {
      await serving.close()
    }
  })
}

const rows = (how: string, times: readonly number[]): BenchRow[] => [
  row(`next asset, ${how}, p50 (peer: budget)`, median(times), budgetMs, 'ms', times.length),
  row(`next asset, ${how}, p95 (peer: budget)`, percentile(times, 0.95), budgetMs, 'ms', times.length),
]

async function walk(page: Page, pauseMs: () => number): Promise<number[]> {
  const times: number[] = []
  for (let step = -warmUp; step < steps; step++) {
    await page.waitForTimeout(pauseMs())
    const measured = timeToReady(page)
    await page.keyboard.press('n')
    const ms = await measured
    if (step >= 0) times.push(ms)
  }
  return times
}

/** Milliseconds in the page from the key to the attribute that says that the next item is drawn. */
async function timeToReady(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((resolve) => {
    const canvas = document.querySelector<HTMLElement>('[role="application"]')!
    const before = canvas.dataset['asset']
    let pressed = 0
    addEventListener('keydown', (event) => { pressed = event.timeStamp }, { once: true, capture: true })
    const observer = new MutationObserver(() => {
      if (canvas.dataset['asset'] === before || canvas.dataset['ready'] !== 'true') return
      observer.disconnect()
      resolve(performance.now() - pressed)
    })
    observer.observe(canvas, { attributes: true })
  }))
}
