import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { serve } from '../e2e/serve.ts'
import { inBrowser } from './browser.ts'
import { inScratch, makeProject } from './records.ts'
import { writePictures } from './pictures.ts'
import { median, row, type BenchRow } from './row.ts'

const rounds = 5
/** Items share these files; what is measured does not depend on it. */
const pictures = 20
/** Open to interactive. */
const budgetMs = 1000

/** What one host process took: milliseconds, and its peak of resident memory after the first item was open. */
export interface Opened {
  readonly open: number
  readonly firstPage: number
  readonly firstItem: number
  readonly locateLast: number
  readonly filterText: number
  readonly progress: number
  readonly peakMb: number
}

/** Opening a project of 10,000 and one of 100,000 items, 5 annotations each. There is no peer: its column is the budget,
 * and for memory the same of a project of one item, so that the ratio says what size costs. */
export default async function openProject(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  const smallMb = await inScratch(async (folder) => {
    makeProject(join(folder, 'project'), 1, 5)
    return median((await opened(join(folder, 'project'), folder)).map(({ peakMb }) => peakMb))
  })
  for (const items of [10_000, 100_000]) {
    rows.push(...await inScratch(async (folder) => {
      const path = join(folder, 'project')
      makeProject(path, items, 5, (index) => `${index % pictures}.jpg`)
      await writePictures(join(path, 'media'), pictures)
      return [...hostRows(await opened(path, folder), items, smallMb), ...await inWindow(path, folder, items)]
    }))
  }
  return rows
}

async function opened(path: string, folder: string): Promise<Opened[]> {
  const runs: Opened[] = []
  const script = new URL('./host/open.ts', import.meta.url).pathname
  const built = new URL('../dist/electron/host/host.js', import.meta.url).href
  for (let round = 0; round < rounds; round++) {
    const { stdout } = await promisify(execFile)(process.execPath, [script, path, join(folder, 'data'), built])
    runs.push(JSON.parse(stdout))
  }
  return runs
}

function hostRows(runs: readonly Opened[], items: number, smallMb: number): BenchRow[] {
  const of = (what: keyof Opened) => median(runs.map((run) => run[what]))
  const figure = (what: string, ms: number) => row(`${items} items, host: ${what} (peer: budget)`, ms, budgetMs, 'ms', rounds)
  return [
    figure('open + first page + first item', median(runs.map(({ open, firstPage, firstItem }) => open + firstPage + firstItem))),
    figure('open', of('open')), figure('first page', of('firstPage')), figure('locate the last item', of('locateLast')),
    figure('filter by text', of('filterText')), figure('progress', of('progress')),
    row(`${items} items, host: peak RSS (peer: one item)`, of('peakMb'), smallMb, 'MB', rounds),
  ]
}

/** From the page's address to a canvas that takes a hand, the host running with the project open; a new browser each round. */
async function inWindow(path: string, folder: string, items: number): Promise<BenchRow[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const serving = await serve({ project: path, folder })
    try {
      times.push(await inBrowser(async (page) => {
        const start = performance.now()
        await page.goto(`${serving.url}#/label`)
        await page.waitForSelector('[role="application"][data-ready="true"]', { state: 'attached' })
        return performance.now() - start
      }))
    } finally {
      await serving.close()
    }
  }
  return [row(`${items} items: page load to interactive canvas (peer: budget)`, median(times), budgetMs, 'ms', rounds)]
}
