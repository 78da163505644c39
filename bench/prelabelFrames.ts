import type { Page } from 'playwright'
import { inLabelView } from './labelView.ts'
import { perSecond, row, type BenchRow } from './row.ts'

const items = 3000
const pictures = 24
const model = 'nanodet'
/** Seconds of panning a round, with and without the batch, in turns. */
const seconds = 4
const rounds = 5
const budget = 55

/**
 * Frames a second of the workbench in a real Chromium while a hand pans a picture with its shapes and the host drafts 3,000 JPEGs of 1,600 × 1,200;
 * its peers are the budget, and the same hand while the batch rests.
 */
export async function framesDuringBatch(): Promise<BenchRow[]> {
  return inLabelView(items, pictures, async (page) => {
    const job = (await ask<{ job: string }>(page, 'prelabel.start', { model, assets: null, threshold: 0.3 })).job
    await until(page, job, ({ done }) => done > 5)
    const frames = { batch: [] as number[], rest: [] as number[] }
    let drafted = 0
    for (let round = 0; round < rounds; round++) {
      const before = (await jobOf(page, job)).done
      frames.batch.push(...await page.evaluate(pan, seconds * 1000))
      drafted += (await jobOf(page, job)).done - before
      await ask(page, 'jobs.pause', { job })
      await settled(page, job)
      frames.rest.push(...await page.evaluate(pan, seconds * 1000))
      await ask(page, 'jobs.resume', { job })
    }
    if (drafted === 0) throw new Error('The batch did nothing while the frames were counted.')
    const during = perSecond(frames.batch)
    return [
      row('frames a second of panning during a batch (peer: budget)', during, budget, 'frames/s', frames.batch.length, 'higher'),
      row('frames a second of panning during a batch (peer: while it rests)', during, perSecond(frames.rest), 'frames/s', frames.batch.length, 'higher'),
    ]
  })
}

interface JobState { readonly id: string; readonly done: number; readonly state: string; readonly message: string }

async function ask<Answer>(page: Page, method: string, input: unknown): Promise<Answer> {
  const reply: { ok: boolean; value: Answer; error?: { message: string } } = await (await page.request.post(`${new URL(page.url()).origin}/api/${method}`, { data: input })).json()
  if (!reply.ok) throw new Error(reply.error?.message)
  return reply.value
}

const jobOf = async (page: Page, id: string): Promise<JobState> => (await ask<{ jobs: JobState[] }>(page, 'jobs.list', {})).jobs.find((job) => job.id === id)!

async function until(page: Page, id: string, is: (job: JobState) => boolean): Promise<void> {
  for (;;) {
    const job = await jobOf(page, id)
    if (job.state !== 'running' && job.state !== 'paused') throw new Error(`The batch ended: ${job.state} ${job.message}`)
    if (is(job)) return
    await page.waitForTimeout(100)
  }
}

/** What was in hand is done when the count stands still. */
async function settled(page: Page, id: string): Promise<void> {
  for (let last = -1, now = (await jobOf(page, id)).done; now !== last; now = (await jobOf(page, id)).done) {
    last = now
    await page.waitForTimeout(500)
  }
}

/** In the page: pans to and fro with two fingers' wheel events, one a frame; how long each frame took. */
function pan(ms: number): Promise<number[]> {
  const canvas = document.querySelector<HTMLElement>('[role="application"]')!
  const { left, top, width, height } = canvas.getBoundingClientRect()
  const times: number[] = []
  return new Promise((resolve) => {
    const began = performance.now()
    let last = began
    const next = () => {
      const now = performance.now()
      times.push(now - last)
      last = now
      const deltaX = Math.sin((now - began) / 300) * 12
      canvas.dispatchEvent(new WheelEvent('wheel', { deltaX, deltaY: 0.5, clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true }))
      if (now - began < ms) requestAnimationFrame(next)
      else resolve(times.slice(1))
    }
    requestAnimationFrame(next)
  })
}
