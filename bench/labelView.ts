import { join } from 'node:path'
import type { Page } from 'playwright'
import { serve } from '../e2e/serve.ts'
import { inBrowser } from './browser.ts'
import { writePictures } from './pictures.ts'
import { inScratch, makeProject } from './records.ts'

/** Works in the label view of a real Chromium, its first picture in hand: `items` items with 5 annotations each, which share `pictures` JPEGs of 1,600 × 1,200. */
export async function inLabelView<Result>(items: number, pictures: number, work: (page: Page) => Promise<Result>): Promise<Result> {
  return inScratch(async (folder) => {
    const path = join(folder, 'project')
    makeProject(path, items, 5, (index) => `${index % pictures}.jpg`)
    await writePictures(join(path, 'media'), pictures)
    const serving = await serve({ project: path, folder })
    try {
      return await inBrowser(async (page) => {
        await page.goto(`${serving.url}#/label`)
        await page.waitForSelector('[role="application"][data-ready="true"]', { state: 'attached' })
        return work(page)
      })
    } finally {
      await serving.close()
    }
  })
}
