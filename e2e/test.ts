import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base, expect, type Page } from 'playwright/test'
import { Workbench } from './pages/workbench.ts'
import { beforehand, newFolder, quorum, serve, type ServeOptions, type Serving } from './serve.ts'

export { expect }

/** Errors that a journey brings about itself. */
export interface Troubles {
  /** Words of errors that are part of the journey; anything else fails the test. */
  expect(...words: RegExp[]): void
  /** What was seen and not expected. */
  unexpected(): string[]
}

/** Collects console errors, uncaught exceptions, failed requests and refusing answers of a page. */
export function watch(page: Page): Troubles {
  const seen: string[] = []
  const expected: RegExp[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => seen.push(`exception: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // A page that goes elsewhere gives up what it was reading.
    if (why !== 'net::ERR_ABORTED') seen.push(`request: ${request.method()} ${request.url()}: ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) seen.push(`answer: ${response.status()} ${response.url()}`)
  })
  return {
    expect: (...words) => void expected.push(...words),
    unexpected: () => seen.filter((words) => !expected.some((known) => known.test(words))),
  }
}

interface Fixtures {
  troubles: Troubles
  /** Serves a workbench until the test ends. */
  start(options?: ServeOptions): Promise<Serving>
  /** A served workbench on folders of its own, in which nothing has happened yet. */
  fresh: Serving
  workbench: Workbench
}

export const test = base.extend<Fixtures>({
  troubles: [async ({ page }, use) => {
    const troubles = watch(page)
    await use(troubles)
    expect(troubles.unexpected(), 'the page reports no error').toEqual([])
  }, { auto: true }],
  start: async ({ page }, use) => {
    const running: Serving[] = []
    await use(async (options) => {
      const serving = await serve(options)
      running.push(serving)
      return serving
    })
    // First the page, or what it still asks would fail.
    await page.close()
    for (const serving of running) await serving.close()
  },
  fresh: async ({ start }, use) => use(await start()),
  workbench: async ({ page }, use) => use(new Workbench(page)),
})

export const mediaFolder = new URL('../electron/practice/media/', import.meta.url).pathname

export interface Label { name: string; color: string | null; glyph: string | null; hotkey: string | null; kinds: string[] }
export const label = (name: string, kinds: string[] = []): Label => ({ name, color: null, glyph: null, hotkey: null, kinds })

export interface Prepared { folder: string; project: string }

/** A project with these labels and these of the practice project's files, made from the command line. */
export function prepare(labels: Label[], media: string[], me = 'Ada'): Prepared {
  const folder = newFolder()
  beforehand(folder, me)
  const project = join(folder, 'street')
  writeFileSync(join(folder, 'labels.json'), JSON.stringify(labels))
  quorum(folder, 'init', project, '--name', 'Street', '--labels', join(folder, 'labels.json'), '--as', me)
  if (media.length > 0) {
    mkdirSync(join(folder, 'in'))
    for (const name of media) cpSync(join(mediaFolder, name), join(folder, 'in', name))
    quorum(folder, 'import', project, join(folder, 'in'), '--as', me)
  }
  return { folder, project }
}
