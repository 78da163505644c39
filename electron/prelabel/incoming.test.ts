import { appendFileSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { author, image, label, labelId, project } from '#shared/testing/records.ts'
import { draftCommit } from '#electron/host/drafting.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { createProject, openProject } from '#electron/storage/projectFolder.ts'
import { GrowingDraftFile, headLine, itemLine, readDraftFile } from './draftFile.ts'
import type { DraftRun } from './draftRun.ts'
import { bringInIfFree, leave, receiptOf } from './incoming.ts'
import type { Predicted } from './protocol.ts'

const a = image('a', { width: 60, height: 40 }), b = image('b', { width: 60, height: 40 })
const run: DraftRun = {
  model: 'tiny', name: 'Tiny', version: '1', hash: '0'.repeat(64), task: 'detect', classes: ['person', 'kite'], rule: false, settings: { threshold: 0.5, overlap: 0.5, mostDetections: 300 }, makeLabels: false, author: author('robot'),
}
const saying = (...classes: string[]): Predicted => ({
  outcome: { predictions: classes.map((className) => ({ className, score: 0.9, geometry: { kind: 'box', x: 1, y: 1, width: 9, height: 9 }, text: null, margin: null, entropy: null })), embedding: null, notes: [] }, ms: 1, backend: 'wasm',
})
const line = (asset: typeof a, ...classes: string[]) => itemLine({ asset: asset.id, at: 5, ...saying(...classes) })

function made() {
  const folder = temporaryFolder()
  const path = join(folder.path, 'p')
  createProject(path, Date.now, (store) => void store.addNew('create', author('ada'), [project(), label('person'), a, b])).close()
  const bring = () => bringInIfFree(path, Date.now, draftCommit)
  return { path, bring, incoming: join(path, 'incoming'), [Symbol.dispose]: () => folder[Symbol.dispose]() }
}

test('what is left is brought in with its lineage, once, and a receipt says what became of it', async () => {
  using at = made()
  const name = leave(at.path, headLine(run) + line(a, 'person', 'kite') + line(b))
  expect(receiptOf(at.path, name)).toBeNull()
  expect(await at.bring()).toBe(true)
  expect(receiptOf(at.path, name)).toMatchObject({ drafts: 1, done: 0, unmapped: { kite: 1 } })
  expect(readdirSync(at.incoming)).toEqual([])
  // As if its reader had been killed before it took the file away.
  const again = leave(at.path, headLine(run) + line(a, 'person', 'kite') + line(b))
  await at.bring()
  expect(receiptOf(at.path, again)).toMatchObject({ drafts: 0, done: 2 })
  const opened = openProject(at.path, Date.now, 'read')
  const drafts = opened.store.db.prepare('SELECT record FROM annotations').pluck().all() as string[]
  expect(drafts.map((text) => JSON.parse(text))).toMatchObject([{ author: 'robot', label: labelId('person'), draft: true, layer: 'model:tiny', provenance: { model: 'tiny', version: '1', hash: run.hash, at: 5, backend: 'wasm', settings: { threshold: 0.5 } } }])
  opened.close()
})

test('while another has the project, it waits', async () => {
  using at = made()
  const window = openProject(at.path, Date.now)
  const name = leave(at.path, headLine(run) + line(a, 'person'))
  expect(await at.bring()).toBe(false)
  expect(receiptOf(at.path, name)).toBeNull()
  window.close()
  expect(await at.bring()).toBe(true)
  expect(receiptOf(at.path, name)).toMatchObject({ drafts: 1 })
})

test('what cannot be read is kept aside and holds up nothing; a broken line, and an item that is not here, are counted', async () => {
  using at = made()
  const wrong = leave(at.path, 'not drafts\n'), right = leave(at.path, `${headLine(run)}{"asset": 7}\n${line(a, 'person')}${line(image('elsewhere'), 'person')}`)
  await at.bring()
  expect(receiptOf(at.path, wrong)).toMatchObject({ drafts: 0, notes: [expect.stringMatching(/holds no drafts of Quorum.*\.refused/u)] })
  expect(receiptOf(at.path, right)).toMatchObject({ drafts: 1, unknown: 1, notes: ['1 line of drafts could not be read and was left out.'] })
  expect(readdirSync(at.incoming).map((name) => name.replace(/^.*\.jsonl/u, ''))).toEqual(['.refused'])
})

test('receipts that nobody came for, and halves of files, go after a day', async () => {
  using at = made()
  leave(at.path, headLine(run) + line(a))
  await at.bring()
  writeFileSync(join(at.incoming, 'x.jsonl.1.tmp'), 'half')
  for (const name of readdirSync(at.incoming)) utimesSync(join(at.incoming, name), 0, 0)
  const last = leave(at.path, headLine(run) + line(b))
  await at.bring()
  expect(readdirSync(at.incoming)).toEqual([`${last}.receipt`])
})

test('a file of drafts that was cut off anywhere is gone on with, as if it had not been', async () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'out.jsonl')
  const whole = headLine(run) + line(a, 'person') + line(b, 'person')
  for (let end = 0; end <= whole.length; end += 7) {
    writeFileSync(path, whole.slice(0, end))
    const file = await GrowingDraftFile.open(path, { ...run, author: author('another') })
    if (!file.held.has(a.id)) file.append(line(a, 'person'))
    if (!file.held.has(b.id)) file.append(line(b, 'person'))
    file.close()
    const { lines } = await readDraftFile(path)
    const items: (string | undefined)[] = []
    for await (const item of lines) items.push(item?.asset)
    expect(items).toEqual([a.id, b.id])
  }
})

test('a file that holds something else is not written over', async () => {
  using folder = temporaryFolder()
  for (const text of ['my thesis', 'my thesis\nin two lines\n', '{"format":"other"}\n']) {
    const path = join(folder.path, 'thesis.txt')
    writeFileSync(path, text)
    await expect(GrowingDraftFile.open(path, run)).rejects.toThrow(/holds no drafts of Quorum/u)
    expect(readFileSync(path, 'utf8')).toBe(text)
  }
  appendFileSync(join(folder.path, 'other.jsonl'), headLine({ ...run, hash: '1'.repeat(64) }))
  await expect(GrowingDraftFile.open(join(folder.path, 'other.jsonl'), run)).rejects.toThrow(/with other settings or another file/u)
  expect(existsSync(join(folder.path, 'none.jsonl'))).toBe(false)
  await expect(readDraftFile(join(folder.path, 'none.jsonl'))).rejects.toThrow(/There is no file/u)
})
