import { expect, test } from 'vitest'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding, updating } from '#shared/model/diff.ts'
import { annotation, assetId, author, image, label, labelId, submission } from '#shared/testing/records.ts'
import { request, testProject } from './fixture.ts'

const secret = annotation('secret', { layer: 'bob' as Layer, author: author('bob'), text: 'HIDDEN', label: labelId('car') })
const proposed = annotation('proposed', {
  layer: 'model' as Layer, draft: true, provenance: { by: 'model', model: 'm', version: '1', hash: '', settings: {}, score: null, backend: 'wasm', at: 0 },
})
const draft = annotation('bobsdraft', { layer: 'bob' as Layer, author: author('bob'), draft: true })
const records = [label('car'), label('bus', { order: 1 }), image('a'), secret, draft, proposed, submission(assetId('a'), author('bob'))]
const blind = () => testProject(records, { visibility: 'blind' })
const a = assetId('a')

test('before I submit, another’s work shows in no list, count, search, filter, log or answer', async () => {
  await using there = blind()
  const host = await there.as('ada')
  const open = await host.ask('assets.open', { asset: a })
  expect(open.records).toEqual([proposed])
  expect(open.hidden).toBe(1)
  const found = async (filter: object) => (await host.ask('assets.query', { filter, offset: 0, limit: 9 })).total
  expect(await found({ text: 'HIDDEN' })).toBe(0)
  expect(await found({ label: labelId('car') })).toBe(0)
  expect((await host.ask('assets.query', { filter: {}, offset: 0, limit: 9 })).rows).toMatchObject([{ annotations: 0, drafts: 1, status: 'untouched' }])
  expect(await host.ask('assets.locate', { filter: { label: labelId('car') }, asset: a })).toEqual({ index: null })
  expect(JSON.stringify(await host.ask('changes.list', { since: 0, limit: 99 }))).not.toContain('HIDDEN')
  // A request that changes nothing of it does not answer what it is.
  const probe = await host.ask('changes.apply', request(updating([annotation('secret'), annotation('secret')])))
  expect(probe.differing).toEqual([])
})

test('what a person merges in the schema does not show others’ annotations to the window', async () => {
  await using there = blind()
  const host = await there.as('ada')
  const events: HostEvent[] = []
  host.on((event) => events.push(event))
  await host.ask('labels.retire', { label: labelId('car'), successor: { kind: 'move', into: labelId('bus') } })
  expect(events).toEqual([{ kind: 'reload' }])
})

test('once I have submitted, it shows', async () => {
  await using there = blind()
  const host = await there.as('ada')
  await host.ask('changes.apply', request(adding(submission(a, author('ada')))))
  const open = await host.ask('assets.open', { asset: a })
  expect(open.records).toContainEqual(secret)
  expect(open.hidden).toBe(0)
  expect((await host.ask('assets.query', { filter: { text: 'HIDDEN' }, offset: 0, limit: 9 })).total).toBe(1)
})

test('when I open my item again, the others are held back again; my own work counts', async () => {
  await using there = blind()
  const host = await there.as('ada')
  const submitted = submission(a, author('ada'))
  await host.ask('changes.apply', request(adding(submitted)))
  await host.ask('changes.apply', request(updating([submitted, { ...submitted, state: 'reopened' }])))
  expect((await host.ask('assets.open', { asset: a })).hidden).toBe(1)
  await host.ask('changes.apply', request(adding(annotation('mine'))))
  expect(await host.ask('assets.progress', {})).toEqual({ total: 1, submitted: 0, inProgress: 1 })
})

test('in an open project everybody sees everything', async () => {
  await using there = testProject(records)
  const host = await there.as('ada')
  expect((await host.ask('assets.open', { asset: a })).records).toHaveLength(4)
})
