import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Job } from '#shared/contract/job.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { fileJournal } from './journal.ts'
import { JobQueue } from './queue.ts'

const plan = { kind: 'import', name: 'Import street', resumable: true, request: { sources: ['/street'] } } as const

test('progress is told seldom, and its end always', async () => {
  const told: Job[] = []
  const queue = new JobQueue({ emit: (job) => told.push(job), everyMs: 10_000 })
  const { id } = queue.start({
    ...plan,
    run: async ({ progress }) => { for (let done = 0; done <= 1000; done++) progress(done, 1000, `${done}.jpg`) },
  })
  expect(await queue.ended(id)).toMatchObject({ state: 'done', done: 1000, total: 1000 })
  expect(told.length).toBeLessThan(5)
  expect(told.at(-1)?.state).toBe('done')
})

test('a job can be cancelled, and one that fails says why', async () => {
  const queue = new JobQueue({ emit: () => undefined })
  const stopped = queue.start({ ...plan, run: ({ signal }) => new Promise((resolve) => { signal.addEventListener('abort', () => resolve()) }) })
  queue.cancel(stopped.id)
  expect(await queue.ended(stopped.id)).toMatchObject({ state: 'cancelled', resumable: true })
  const failed = queue.start({ ...plan, run: async () => { throw new Error('The disk is full.') } })
  expect(await queue.ended(failed.id)).toMatchObject({ state: 'failed', message: 'The disk is full.' })
  expect(() => queue.cancel('job:none')).toThrow(/not on the list/u)
})

test('a job that died with its process is on the list of the next one', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'cache/jobs.json')
  const dead = new JobQueue({ emit: () => undefined, journal: fileJournal(path) })
  const { id } = dead.start({ ...plan, run: () => new Promise(() => undefined) })
  const next = new JobQueue({ emit: () => undefined, journal: fileJournal(path) })
  expect(next.list()).toMatchObject([{ id, state: 'failed', resumable: true }])
  expect(next.request(id)).toEqual(plan.request)
  next.forget(id)
  expect(fileJournal(path).load()).toEqual([])
})

test('a journal that was cut short counts as empty', () => {
  using folder = temporaryFolder()
  expect(fileJournal(folder.put('jobs.json', '{"jobs":[{"jo')).load()).toEqual([])
})

test('a job that can rests between its items until it is let go on; cancelling wakes it', async () => {
  const queue = new JobQueue({ emit: () => undefined })
  let items = 0
  const run: Parameters<JobQueue['start']>[0]['run'] = async ({ signal, turn, resting }) => {
    while (!signal.aborted && items < 1000) {
      items += 1
      await new Promise((resolve) => { setImmediate(resolve) })
      if (resting()) await turn()
    }
  }
  const { id } = queue.start({ ...plan, pausable: true, run })
  queue.pause(id)
  expect(queue.list()[0]?.state).toBe('paused')
  await new Promise((resolve) => { setTimeout(resolve, 20) })
  const rested = items
  await new Promise((resolve) => { setTimeout(resolve, 20) })
  expect(items).toBe(rested)
  expect(queue.goOn(id)).toBe(true)
  queue.pause(id)
  queue.cancel(id)
  expect(await queue.ended(id)).toMatchObject({ state: 'cancelled' })
  const other = queue.start({ ...plan, run: async () => undefined })
  expect(() => queue.pause(other.id)).toThrow(/cannot be paused/u)
  expect(queue.goOn(other.id)).toBe(false)
})
