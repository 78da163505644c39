import { expect, test } from 'vitest'
import { QuorumError } from '#shared/contract/errors.ts'
import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Diff } from '#shared/model/diff.ts'
import { author, image, label } from '#shared/testing/records.ts'
import type { Predicted } from './protocol.ts'
import { runAll, type RunAllOptions } from './runAll.ts'
import { DraftWriter } from './writer.ts'

const items = ['a', 'b', 'c', 'd', 'e'].map((name) => image(name, { width: 60, height: 40 }))
const job: RunAllOptions['job'] = { signal: new AbortController().signal, progress: () => undefined, resting: () => false, turn: () => Promise.resolve() }
const answer: Predicted = {
  outcome: { predictions: [{ className: 'person', score: 0.9, geometry: { kind: 'box', x: 1, y: 1, width: 9, height: 9 } }], embedding: null, notes: [] }, ms: 1, backend: 'wasm',
} as unknown as Predicted

/** A writer whose first `broken` commits find the disk full. */
function writerOn(broken: number) {
  const written: Diff[] = []
  const report: PrelabelReport = { model: 'tiny', items: items.length, drafts: 0, failed: [], skipped: 0, unmapped: {}, notes: [], perItemMs: null, backend: 'wasm' }
  let left = broken, clock = 0
  const writer = new DraftWriter({
    key: { model: 'tiny', version: '1', hash: '0'.repeat(64), settings: {} }, author: author('ada'), labels: [label('person')], tiers: [], mapping: {}, makeLabels: false, unlabelled: false,
    now: () => (clock += 1000), keep: () => undefined,
    commit(diff) {
      if (left-- > 0) throw new QuorumError('disk-full', 'The disk that holds p is full.')
      written.push(diff)
    },
  }, report)
  return { writer, report, written }
}

test('a full disk loses no draft: what was not written waits for the next time, and is counted then', () => {
  const { writer, report, written } = writerOn(1)
  expect(() => writer.said(items[0]!, answer, [])).toThrow(/disk that holds p is full/u)
  expect(report.drafts).toBe(0)
  writer.flush()
  writer.flush()
  expect(written.map(({ added }) => Object.keys(added).length)).toEqual([1])
  expect(report.drafts).toBe(1)
})

test('a write that fails ends the run in words; no item is said to have failed', async () => {
  const { writer, report } = writerOn(Infinity)
  const looked: Asset[] = [], failed: string[] = []
  const run = runAll({
    items, job, wants: () => true, look: (asset) => { looked.push(asset); return Promise.resolve(answer) },
    said: (asset, heard) => void writer.said(asset, heard, []), failed: (asset) => failed.push(asset.name), flush: () => writer.flush(),
  })
  await expect(run).rejects.toThrow(/disk that holds p is full/u)
  expect([looked.length, failed, report.drafts]).toEqual([3, [], 0])
})

test('an item that fails is told and passed over', async () => {
  const { writer, report } = writerOn(0)
  const failed: string[] = []
  await runAll({
    items, job, wants: () => true, look: (asset) => (asset === items[1] ? Promise.reject(new Error('it is broken')) : Promise.resolve(answer)),
    said: (asset, heard) => void writer.said(asset, heard, []), failed: (asset, reason) => failed.push(`${asset.name}: ${reason}`), flush: () => writer.flush(),
  })
  expect([failed, report.drafts]).toEqual([['b.jpg: it is broken'], 4])
})
