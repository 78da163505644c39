import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { author, image, project } from '#shared/testing/records.ts'
import { createProject, openProject } from './projectFolder.ts'
import { compare, replay } from './replay.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-crash-'))
  createProject(join(folder, 'p'), Date.now, (store) => void store.addNew('create', author('ada'), [project(), image('a')])).close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Starts a writer, kills it with SIGKILL once it has said `lines` lines, and answers all that it said. */
async function killedAfter(lines: number, changes: number, meanwhile: () => void = () => undefined): Promise<string[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.fixture.ts'), join(folder, 'p'), String(changes)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line)
    if (said.length === lines) {
      meanwhile()
      child.kill('SIGKILL')
    }
  }
  await ended
  return said
}

test('a writer that is killed among its changes has lost none that it was answered, and the log replays', async () => {
  const [, ...answered] = await killedAfter(400, 1000)
  const again = openProject(join(folder, 'p'), Date.now)
  expect(answered.length).toBeGreaterThanOrEqual(399)
  // The line of the very last may be cut off by the end of its process.
  for (const id of answered.filter((line) => line.length === answered[0]!.length)) expect(again.store.log.find(id as never)).toBeDefined()
  expect(compare(again.store.db, replay(again.store.log))).toEqual([])
  expect(again.store.db.pragma('integrity_check', { simple: true })).toBe('ok')
  again.close()
})

test('the lock of another process is respected while it lives and gone when it is killed, though its note stays', async () => {
  const path = join(folder, 'p')
  await killedAfter(1, 0, () => expect(() => openProject(path, Date.now)).toThrow(/already open: by .* process \d+/u))
  expect(existsSync(join(path, 'lock.json'))).toBe(true)
  openProject(path, Date.now).close()
  expect(existsSync(join(path, 'lock.json'))).toBe(false)
})
