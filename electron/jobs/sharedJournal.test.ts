import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Job } from '#shared/contract/job.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { fileJournal } from './journal.ts'
import { sharedJournal } from './sharedJournal.ts'

const job = (id: string): Job => ({ id, kind: 'prelabel', name: id, state: 'running', done: 1, total: 9, message: '', resumable: true })
const file = (folder: string, pid: number) => join(folder, `jobs-${hostname().replaceAll(/[^\w.-]/gu, '_')}-${pid}.json`)

test('a process takes over what dead ones left, leaves those alone that live, and never writes the main journal', () => {
  using folder = temporaryFolder()
  const main = join(folder.path, 'jobs.json')
  fileJournal(main).save([{ job: job('of the window'), request: 1 }])
  const { pid: dead } = spawnSync(process.execPath, ['-e', ''])
  fileJournal(file(folder.path, dead)).save([{ job: job('of a dead run'), request: 2 }])
  fileJournal(file(folder.path, process.ppid)).save([{ job: job('of a living run'), request: 3 }])
  const journal = sharedJournal(folder.path, main)
  const loaded = journal.load()
  expect(loaded.map(({ job: { id } }) => id)).toEqual(['of the window', 'of a dead run'])
  expect(fileJournal(file(folder.path, process.pid)).load().map(({ job: { id } }) => id)).toEqual(['of a dead run'])
  journal.save([...loaded, { job: job('mine'), request: 4 }])
  expect(fileJournal(file(folder.path, process.pid)).load().map(({ job: { id } }) => id)).toEqual(['of a dead run', 'mine'])
  journal.save(loaded.slice(0, 1))
  expect(readdirSync(folder.path).sort()).toEqual([`jobs-${hostname().replaceAll(/[^\w.-]/gu, '_')}-${process.ppid}.json`, 'jobs.json'].sort())
  expect(fileJournal(main).load()).toHaveLength(1)
})
