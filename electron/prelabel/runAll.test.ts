import { join } from 'node:path'
import { expect, test } from 'vitest'
import { QuorumError } from '#shared/contract/errors.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Diff } from '#shared/model/diff.ts'
import { author, image, label, project as projectRecord } from '#shared/testing/records.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import type { Predicted } from './protocol.ts'
import { runAll, type RunAllOptions } from './runAll.ts'
import { DraftWriter } from './writer.ts'

const items = ['a', 'b', 'c', 'd', 'e'].map((name) => image(name, { width: 60, height: 40 }))
const job: RunAllOptions['job'] = { signal: new AbortController().signal, progress: () => undefined, resting: () => false, turn: () => Promise.resolve() }
const answer: Predicted = {
  outcome: { predictions: [{ className: 'person', score: 0.9, text: null, margin: null, entropy: null, geometry: { kind: 'box', x: 1, y: 1, width: 9, height: 9 } }], embedding: null, notes: [] }, ms: 1, backend: 'wasm',
}

/** A writer over a project of its own whose first `broken` commits find the disk full. */
function writerOn(broken: number) {
  const folder = temporaryFolder()
  const project = createProject(join(folder.path, 'p'), Date.now, (store) => void store.addNew('create', author('ada'), [projectRecord(), label('person'), ...items]))
  const written: Diff[] = []
  let left = broken, clock = 0
  const writer = new DraftWriter({
    project, now: () => (clock += 1000),
    run: { model: 'tiny', name: 'Tiny', version: '1', hash: '0'.repeat(64), task: 'detect', classes: ['person'], rule: false, settings: { threshold: 0.5, overlap: 0.5, mostDetections: 300 }, makeLabels: false, author: author('ada') },
    commit(diff) {
      if (left-- > 0) throw new QuorumError('disk-full', 'The disk that holds p is full.')
      written.push(diff)
    },
  })
  return { writer, written, [Symbol.dispose]: () => { project.close(); folder[Symbol.dispose]() } }
}

test('a full disk loses no draft: what was not written waits for the next time, and is counted then', () => {
  using made = writerOn(1)
  const { writer, written } = made
  expect(() => writer.said(items[0]!, answer)).toThrow(/disk that holds p is full/u)
  expect(writer.written.drafts).toBe(0)
  writer.flush()
  writer.flush()
  expect(written.map(({ added }) => Object.keys(added).length)).toEqual([1])
  expect(writer.written.drafts).toBe(1)
})

test('a write that fails ends the run in words; no item is said to have failed', async () => {
  using made = writerOn(Infinity)
  const { writer } = made
  const looked: Asset[] = [], failed: string[] = []
  const run = runAll({
    items, job, wants: () => true, look: (asset) => { looked.push(asset); return Promise.resolve(answer) },
    said: (asset, heard) => writer.said(asset, heard), failed: (asset) => failed.push(asset.name), flush: () => writer.flush(),
  })
  await expect(run).rejects.toThrow(/disk that holds p is full/u)
  expect([looked.length, failed, writer.written.drafts]).toEqual([3, [], 0])
})

test('an item that fails is told and passed over', async () => {
  using made = writerOn(0)
  const { writer } = made
  const failed: string[] = []
  await runAll({
    items, job, wants: () => true, look: (asset) => (asset === items[1] ? Promise.reject(new Error('it is broken')) : Promise.resolve(answer)),
    said: (asset, heard) => writer.said(asset, heard), failed: (asset, reason) => failed.push(`${asset.name}: ${reason}`), flush: () => writer.flush(),
  })
  expect([failed, writer.written.drafts]).toEqual([['b.jpg: it is broken'], 4])
})
