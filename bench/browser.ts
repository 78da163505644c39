import { chromium, type Page } from 'playwright'
import { chromiumBinary } from '#bin/browser.mjs'

const usual = ['--headless=new', '--no-sandbox', '--disable-background-networking', '--disable-gpu']

/** Runs `work` in a page of 1280 × 800 in a real Chromium. */
export async function inBrowser<Result>(work: (page: Page) => Promise<Result>, more: readonly string[] = []): Promise<Result> {
  const browser = await chromium.launch({ executablePath: chromiumBinary(), args: [...usual, ...more] })
  try {
    return await work(await browser.newPage({ viewport: { width: 1280, height: 800 } }))
  } finally {
    await browser.close()
  }
}
