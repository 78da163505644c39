import type { Page } from 'playwright'
import { inLabelView } from './labelView.ts'
import { median, percentile, row, type BenchRow } from './row.ts'

const items = 10_000
const pictures = 60
const warmUp = 5
const steps = 80
const budgetMs = 100
const patienceMs = 10_000

/**
 * From pressing N to the next item's picture and shapes in hand (`data-ready`) in a real Chromium, at a person's pace
 * and as fast as one item is ready after the other. There is no peer: its column is the budget.
 */
export default async function nextAsset(): Promise<BenchRow[]> {
  return inLabelView(items, pictures, async (page) => {
    const calm = await walk(page, () => 200 + Math.random() * 100)
    const hammering = await walk(page, () => 0)
    return [...rows('a pause of 200–300 ms', calm), ...rows('no pause', hammering)]
  })
}

const rows = (how: string, times: readonly number[]): BenchRow[] => [
  row(`next asset, ${how}, p50 (peer: budget)`, median(times), budgetMs, 'ms', times.length),
  row(`next asset, ${how}, p95 (peer: budget)`, percentile(times, 0.95), budgetMs, 'ms', times.length),
]

async function walk(page: Page, pauseMs: () => number): Promise<number[]> {
  await page.evaluate(watchSteps)
  for (let step = 0; step < warmUp + steps; step++) {
    await page.waitForTimeout(pauseMs())
    await page.keyboard.press('n')
    await page.waitForFunction((done) => window.stepTimes.length > done, step, { polling: 10, timeout: patienceMs })
  }
  return (await page.evaluate(() => window.stepTimes)).slice(warmUp)
}

declare global {
  interface Window { stepTimes: number[] }
}

/**
 * In the page: milliseconds from each key to the attribute that says that the next item is drawn. An item that was not
 * read ahead gets a new canvas, so the whole page is watched.
 */
function watchSteps(): void {
  const shown = () => document.querySelector<HTMLElement>('[role="application"]')?.dataset ?? {}
  let from = shown()['asset']
  let pressed = Number.NaN
  const times: number[] = []
  window.stepTimes = times
  addEventListener('keydown', (event) => { pressed = event.timeStamp }, { capture: true })
  new MutationObserver(() => {
    const { asset, ready } = shown()
    if (window.stepTimes !== times || asset === from || ready !== 'true') return
    from = asset
    times.push(performance.now() - pressed)
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-ready', 'data-asset'] })
}
