import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { adding } from '#shared/model/diff.ts'
import type { ChangeRequest } from '#shared/model/change.ts'
import { newChangeId } from '#shared/model/id.ts'
import { createHost } from '#electron/host/host.ts'
import { serve } from '../e2e/serve.ts'
import { inBrowser } from './browser.ts'
import { annotation, asset, author, inScratch, makeProject } from './records.ts'
import { median, percentile, row, type BenchRow } from './row.ts'

const items = 1000
const warmUp = 200
const hostStrokes = 5000
const pageStrokes = 1000

/** A gesture's request until it is durable, against appending as many bytes to a file beside it and fdatasync. */
export default async function stroke(): Promise<BenchRow[]> {
  return inScratch(async (folder) => {
    const path = join(folder, 'project')
    makeProject(path, items, 1)
    const inHost = await throughHost(path, folder)
    const inPage = await throughPage(path, folder)
    return [...rows('stroke → durable, host', inHost), ...rows('stroke → durable, page → host → page', inPage)]
  })
}

interface Times { readonly ours: number[]; readonly bare: number[] }

function rows(name: string, { ours, bare }: Times): BenchRow[] {
  return [
    row(`${name}, p50`, median(ours), median(bare), 'ms', ours.length),
    row(`${name}, p99`, percentile(ours, 0.99), percentile(bare, 0.99), 'ms', ours.length),
  ]
}

function request(index: number): ChangeRequest {
  const on = asset(index % items).id
  return { id: newChangeId(), name: 'draw', asset: on, intent: { kind: 'do' }, durationMs: 800, diff: adding(annotation(on, index)) }
}

async function throughHost(path: string, folder: string): Promise<Times> {
  const host = createHost({ dataDir: join(folder, 'data'), version: 'bench', as: author, remember: false })
  try {
    await host.open(path, 'write')
    return await interleaved(hostStrokes, join(folder, 'bare'), async (asked) => {
      const start = performance.now()
      const reply = await host.call('changes.apply', asked)
      const ms = performance.now() - start
      if (!reply.ok) throw new Error(reply.error.message)
      return ms
    })
  } finally {
    await host.close()
  }
}

/** Through the real server and a real Chromium: measured in the page, so the way there and back counts. */
async function throughPage(path: string, folder: string): Promise<Times> {
  const serving = await serve({ project: path, folder })
  try {
    return await inBrowser(async (page) => {
      await page.goto(serving.url)
      await page.waitForSelector('nav')
      await page.evaluate(() => fetch('/api/app.setMe', { method: 'POST', body: '{"name":"bench"}' }))
      return interleaved(pageStrokes, join(folder, 'bare'), (asked) => strokeInPage(page, asked))
    })
  } finally {
    await serving.close()
  }
}

const strokeInPage = (page: Page, asked: ChangeRequest): Promise<number> => page.evaluate(async (body) => {
  const start = performance.now()
  const reply = await (await fetch('/api/changes.apply', { method: 'POST', body })).json()
  if (!reply.ok) throw new Error(reply.error.message)
  return performance.now() - start
}, JSON.stringify(asked))

/** One of ours, one bare, in turns; the first ones of a process say nothing of the rest and are left out. */
async function interleaved(strokes: number, bareFile: string, one: (asked: ChangeRequest) => Promise<number>): Promise<Times> {
  const times: Times = { ours: [], bare: [] }
  const file = openSync(bareFile, 'a')
  try {
    for (let index = -warmUp; index < strokes; index++) {
      const asked = request(index + warmUp)
      const bytes = Buffer.from(JSON.stringify(asked))
      const ours = await one(asked)
      const bare = synced(file, bytes)
      if (index < 0) continue
      times.ours.push(ours)
      times.bare.push(bare)
    }
  } finally {
    closeSync(file)
  }
  return times
}

function synced(file: number, bytes: Buffer): number {
  const start = performance.now()
  writeSync(file, bytes)
  fdatasyncSync(file)
  return performance.now() - start
}
