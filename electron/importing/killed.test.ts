import { spawn } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AnyRecord } from '#shared/model/record.ts'
import { photo, temporaryFolder } from '#electron/media/fixture.ts'
import { createMediaPool } from '#electron/media/mediaPool.ts'
import { importMedia } from './importMedia.ts'
import { memorySink } from './memorySink.ts'

const pool = createMediaPool({ size: 2 })
afterAll(() => pool.close())

/** Imports in a process of its own, whose sink appends to a log, and says when the first batch is committed and the next is in hand. */
const child = (source: string, project: string, log: string) => `
import { appendFileSync } from 'node:fs'
import { createMediaPool } from ${JSON.stringify(new URL('../media/mediaPool.ts', import.meta.url).href)}
import { importMedia } from ${JSON.stringify(new URL('./importMedia.ts', import.meta.url).href)}
import { memorySink } from ${JSON.stringify(new URL('./memorySink.ts', import.meta.url).href)}
const project = memorySink(${JSON.stringify(project)})
const commit = project.sink.commit
project.sink.commit = (name, records) => { appendFileSync(${JSON.stringify(log)}, records.map((record) => JSON.stringify(record) + '\\n').join('')); commit(name, records) }
const progress = (done) => { if (done === 230) process.stdout.write('now') }
await importMedia({ sources: [${JSON.stringify(source)}], mode: 'copied', sink: project.sink, pool: createMediaPool({ size: 2 }), job: { signal: new AbortController().signal, progress } })
`

test('an import that was killed goes on with what it had committed', async () => {
  using folder = temporaryFolder()
  const [source, target, log] = [join(folder.path, 'in'), join(folder.path, 'project'), join(folder.path, 'log')]
  for (let seed = 0; seed < 300; seed++) folder.put(`in/${seed}.png`, await photo(seed, 24, 20).png().toBuffer())
  const running = spawn(process.execPath, ['--input-type=module', '-e', child(source, target, log)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => { running.stdout.once('data', resolve) })
  running.kill('SIGKILL')
  await new Promise((resolve) => { running.once('exit', resolve) })
  expect(existsSync(log)).toBe(true)
  const kept = readFileSync(log, 'utf8').trim().split('\n').map((line) => AnyRecord.parse(JSON.parse(line)))
  expect(kept).toHaveLength(200)
  const next = memorySink(target)
  next.sink.commit('what was committed', kept)
  const { report } = await importMedia({ sources: [source], mode: 'copied', sink: next.sink, pool, job: { signal: new AbortController().signal, progress: () => undefined } })
  expect(report).toMatchObject({ assets: 100, skipped: 200 })
  expect(next.records.size).toBe(300)
  const files = readdirSync(join(target, 'media'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files).toHaveLength(300)
}, 60_000)
