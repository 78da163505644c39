import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { WorkerPool } from './pool.ts'

type Tasks = {
  double: { input: number; output: number }
  fail: { input: null; output: never }
  exit: { input: null; output: never }
  hang: { input: null; output: never }
}

const source = (home: string) => `
import { answerTasks } from ${JSON.stringify(home)}
answerTasks({
  double: (value) => value * 2,
  fail: () => { throw new Error('no such thing') },
  exit: () => process.exit(3),
  hang: () => { for (;;) {} },
})`

function pool(folder: string, timeoutMs = 20_000) {
  const path = join(folder, 'worker.mjs')
  writeFileSync(path, source(new URL('./answerTasks.ts', import.meta.url).href))
  return new WorkerPool<Tasks>({ url: pathToFileURL(path), size: 2, timeoutMs })
}

test('many tasks over few workers all answer', async () => {
  using folder = temporaryFolder()
  const workers = pool(folder.path)
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => workers.run('double', index)))
  expect(answers).toEqual(Array.from({ length: 50 }, (_, index) => index * 2))
  await workers.close()
})

test('a task that throws, ends or hangs its worker fails alone', async () => {
  using folder = temporaryFolder()
  const workers = pool(folder.path)
  const failures = await Promise.allSettled([
    workers.run('fail', null), workers.run('exit', null), workers.run('hang', null, { timeoutMs: 300 }), workers.run('double', 4),
  ])
  expect(failures.map((each) => (each.status === 'rejected' ? (each.reason as { reason: string }).reason : each.value))).toEqual(['failed', 'crashed', 'timeout', 8])
  expect(await workers.run('double', 5)).toBe(10)
  await workers.close()
})

test('workers that cannot start are told apart from a task that ends one', async () => {
  using folder = temporaryFolder()
  const workers = new WorkerPool<Tasks>({ url: pathToFileURL(folder.put('worker.mjs', 'import "./nowhere.mjs"')), size: 2 })
  await expect(workers.run('double', 1)).rejects.toMatchObject({ reason: 'not-started' })
  await workers.close()
})

test('a signal takes back what waits', async () => {
  using folder = temporaryFolder()
  const workers = pool(folder.path)
  const abort = new AbortController()
  const waiting = workers.run('double', 1, { signal: abort.signal })
  abort.abort()
  await expect(waiting).rejects.toMatchObject({ reason: 'cancelled' })
  await expect(workers.run('double', 1, { signal: abort.signal })).rejects.toMatchObject({ reason: 'cancelled' })
  await workers.close()
})
