import { expect, test } from 'vitest'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Clock } from '#shared/model/clock.ts'
import { adding } from '#shared/model/diff.ts'
import type { ProjectId } from '#shared/model/id.ts'
import { controlSeed, isControl } from '#shared/prelabel/control.ts'
import { annotation, assetId, author, image, label, labelId, project, submission, verdict } from '#shared/testing/records.ts'
import { adoptedId } from '#shared/model/verdict.ts'
import { openProject } from '#electron/storage/projectFolder.ts'
import type { HostContext } from './context.ts'
import { request, testProject } from './fixture.ts'
import { eventFor } from './unaided.ts'

const provenance = { by: 'model' as const, model: 'yolo', version: '1', hash: '0'.repeat(64), settings: {}, score: 0.9, backend: 'wasm', at: 10 }
const draft = (name: string, on: string, parts: Partial<Annotation> = {}) =>
  annotation(name, { asset: assetId(on), layer: 'model:yolo' as Layer, author: author('model:yolo'), draft: true, label: labelId('car'), text: 'HELD', provenance, ...parts })

/** An item that ada labels unaided at one half, and one where she sees drafts. */
const names = Array.from({ length: 60 }, (_, at) => `i${at}`)
const seed = controlSeed('project:test' as ProjectId, author('ada'))
const held = names.find((name) => isControl(seed, assetId(name), 0.5))!
const open = names.find((name) => !isControl(seed, assetId(name), 0.5))!
const drafts = [draft('d1', held), draft('d2', open)]
const bobs = annotation('d1/bob', { id: adoptedId(drafts[0]!.id, author('bob')), asset: assetId(held), layer: 'bob' as Layer, author: author('bob'), label: labelId('car'), text: 'HELD too', provenance: { by: 'human', origin: provenance } })
const records = [label('car'), image(held), image(open), ...drafts, bobs, verdict(drafts[0]!, 'bob')]
const there = () => testProject(records, { assistance: { mappings: {}, control: 0.5 } })
const query = { filter: {}, offset: 0, limit: 9 }

test('on an item that I label unaided, no draft shows in the item, in counts, filters, searches, the log or answers', async () => {
  await using project = there()
  const host = await project.as('ada')
  expect(await host.ask('assets.open', { asset: assetId(held) })).toMatchObject({ records: [], hidden: 0, unaided: true })
  const seen = await host.ask('assets.open', { asset: assetId(open) })
  expect(seen).toMatchObject({ unaided: false, hidden: 0 })
  expect(seen.records).toEqual([drafts[1]])
  const { rows } = await host.ask('assets.query', query)
  expect(rows.map(({ id, annotations, drafts: count }) => [id, annotations, count]).sort()).toEqual([[assetId(held), 0, 0], [assetId(open), 0, 1]].sort())
  for (const filter of [{ label: labelId('car') }, { text: 'HELD' }, { geometry: 'box' as const }])
    expect((await host.ask('assets.query', { ...query, filter })).rows.map(({ id }) => id)).toEqual([assetId(open)])
  expect((await host.ask('text.vocabulary', { limit: 9 })).words).toEqual([])
})

test('another person is drawn apart, and a share of 0 holds nothing back', async () => {
  await using project = there()
  const other = isControl(controlSeed('project:test' as ProjectId, author('cy')), assetId(held), 0.5)
  expect((await (await project.as('cy')).ask('assets.open', { asset: assetId(held) })).unaided).toBe(other)
  await using plain = testProject(records)
  const all = await (await plain.as('ada')).ask('assets.open', { asset: assetId(held) })
  expect(all.unaided).toBe(false)
  expect(all.records).toHaveLength(3)
})

test('once I have submitted, the drafts come', async () => {
  await using project = there()
  const host = await project.as('ada')
  await host.ask('changes.apply', request(adding(submission(assetId(held), author('ada'))), { asset: assetId(held) }))
  const item = await host.ask('assets.open', { asset: assetId(held) })
  expect(item.unaided).toBe(false)
  expect(item.records.map(({ id }) => id)).toContain(drafts[0]!.id)
})

test('the log of a window lacks the changes that hold what is held back', async () => {
  await using project = there()
  await (await project.as('model:yolo')).ask('changes.apply', request(adding(draft('d3', held)), { asset: assetId(held) }))
  const ada = await project.as('ada')
  expect(JSON.stringify(await ada.ask('changes.list', { since: 0, limit: 99 }))).not.toContain('annotation:d3')
})

test('a draft that is made while the window is open reaches it only where it may be seen', async () => {
  await using made = there()
  await made.as('ada')
  const { store } = openProject(made.path, Date.now, 'read')
  const me = author('ada')
  const context = { project: { store }, as: me, preferences: { read: () => ({ me }) } } as unknown as HostContext
  const event = (asset: ReturnType<typeof assetId> | null, ...records: Annotation[]): HostEvent => ({ kind: 'changed', revision: 1, change: { ...request(adding(...records), { asset }), clock: '000000000000-0000-00000000' as Clock, author: me } })
  const [d3, d4] = [draft('d3', held), draft('d4', open)]
  const plain = event(assetId(open), d4)
  expect(eventFor(context, plain)).toBe(plain)
  expect(JSON.stringify(eventFor(context, event(assetId(held), d3)))).not.toContain('d3')
  // A run of a model writes many items in one change: then all is read anew.
  expect(eventFor(context, event(null, d3, d4))).toEqual({ kind: 'reload' })
  expect(eventFor(context, event(null, d4))).toMatchObject({ kind: 'changed' })
})

test('drafts leave only when they are asked for, also from the layer of the model; those held back from me stay', async () => {
  await using project = there()
  const host = await project.as('ada')
  const plan = (layer: string | null, includeDrafts: boolean) => host.ask('exports.plan', { format: 'coco', layer, includeDrafts, split: null })
  expect(await plan('model:yolo', false)).toMatchObject({ annotations: 0, withheld: [{ reason: 'draft', count: 1 }, { reason: 'only-in-other-layers' }] })
  const asked = await plan('model:yolo', true)
  expect(asked.annotations).toBe(1)
  expect(asked.withheld).toContainEqual({ reason: 'unaided', count: 1 })
  // A layer of drafts alone never stands in the way of the one layer that holds work.
  expect(await plan(null, false)).toMatchObject({ annotations: 1 })
})

test('acceptance counts unaided items apart, by the share that counted when they were submitted', async () => {
  const mine = annotation('mine', { asset: assetId(held), label: labelId('car') })
  const accepted = { ...drafts[1]!, id: adoptedId(drafts[1]!.id, author('ada')), layer: 'ada' as Layer, author: author('ada'), draft: false, provenance: { by: 'human' as const, origin: provenance } }
  const at = Date.now() + 60_000
  await using made = testProject([label('car'), image(held), image(open), ...drafts, mine, accepted, verdict(drafts[1]!, 'ada', 'accepted', { durationMs: 1200 }),
    submission(assetId(held), author('ada'), { at }), submission(assetId(open), author('ada'), { at })], { assistance: { mappings: {}, control: 0.5 } })
  const host = await made.as('ada')
  const before = await host.ask('prelabel.acceptance', {})
  expect(before).toMatchObject({ items: 2, models: ['yolo'] })
  expect(before.rows[0]).toMatchObject({ of: 'model', decided: 1, accepted: { count: 1 }, aided: { pairs: 1 }, unaided: { pairs: 1, misses: { count: 0, n: 1 }, falseAlarms: { count: 0, n: 1 } }, time: { median: 1200 } })
  const was = project({ assistance: { mappings: {}, control: 0.5 } })
  await host.ask('changes.apply', request({ added: {}, removed: {}, updated: { [was.id]: [was, { ...was, assistance: { mappings: {}, control: 0 } }] } }, { asset: null }))
  // The clock of the change is before the submissions of this test, which lie a minute ahead.
  expect((await host.ask('prelabel.acceptance', {})).rows[0]!.unaided.pairs).toBe(0)
})
