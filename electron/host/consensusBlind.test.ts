import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { updating } from '#shared/model/diff.ts'
import type { Box } from '#shared/model/geometry.ts'
import type { GroupId, RelationId, TierId } from '#shared/model/id.ts'
import { editedByHuman, type Provenance } from '#shared/model/provenance.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { adoptedId, verdictId } from '#shared/model/verdict.ts'
import { annotation, annotationId, assetId, author, box, image, label, labelId, sound, submission } from '#shared/testing/records.ts'
import { request, runConsensus, testProject } from './fixture.ts'
import type { Host } from './host.ts'

const people = ['Adæla Quist', 'bo+vex', 'Chi-Zumwalt']
const [first, second, third] = people as [string, string, string]
const [a, s] = [assetId('a'), assetId('s')]
/** Names as they are, and as ids and addresses write them. */
const telling = [...people, ...people.map(encodeURIComponent), 'secret-camera', 'secret-model']

const byModel: Provenance = { by: 'model', model: 'secret-model', version: '1', hash: '', settings: {}, score: 0.5, backend: 'wasm', at: 0 }
const fromFile: Provenance = { by: 'import', format: 'coco', source: 'secret-camera.json', sourceId: '7', extra: { annotator: first } }
/** Adopted from a draft, so that the id holds the person's name. */
const by = (person: string, thing: string, of: string | null, geometry: Annotation['geometry'], parts: Partial<Annotation> = {}): Annotation =>
  annotation(thing, { id: adoptedId(annotationId(thing), author(person)), layer: person as Layer, author: author(person), label: of === null ? null : labelId(of), geometry, provenance: { by: 'human', origin: byModel }, ...parts })
const spoken = (person: string, thing: string, tier: string, start: number, text: string) =>
  by(person, thing, null, { kind: 'segment', tier: `tier:${tier}` as TierId, start, end: start + 16_000, rate: 16_000 }, { asset: s, text })

const work: AnyRecord[] = [
  label('car'), label('dog', { order: 1 }), image('a'), sound('s'),
  ...['one', 'two'].map((name, order): AnyRecord => ({ type: 'tier', id: `tier:${name}` as TierId, name, order, parent: null, constraint: 'none', points: false, overlap: true })),
  ...people.map((person, at) => by(person, 'named', at === 2 ? 'dog' : 'car', box(10 + at, 10, 100, 100), { attributes: { colour: at === 1 ? 'red' : 'blue' }, ...(at === 0 ? { provenance: fromFile } : {}) })),
  ...people.slice(0, 2).map((person) => by(person, 'unseen', 'car', box(400, 10, 60, 60), { group: 'group:g' as GroupId })),
  by(first, 'whole', 'car', box(10, 300, 200, 100)), by(second, 'left', 'car', box(10, 300, 98, 100)), by(second, 'right', 'car', box(112, 300, 98, 100)),
  ...people.map((person, at) => by(person, 'line', null, { kind: 'text-line', outline: box(300, 300, 100, 20) as Box, baseline: null }, { text: ['one two', 'one too', 'won two'][at]! })),
  spoken(first, 'voice', 'one', 0, 'good morning'), spoken(second, 'voice', 'two', 100, 'good evening'), spoken(third, 'voice', 'one', 5000, 'good day'),
  { type: 'relation', id: `relation:sees/${encodeURIComponent(first)}` as RelationId, asset: a, layer: first as Layer, author: author(first), name: 'sees', from: adoptedId(annotationId('named'), author(first)), to: adoptedId(annotationId('unseen'), author(first)) },
  ...[a, s].flatMap((item) => people.map((person) => submission(item, author(person)))),
]

async function assertCovered(host: Host): Promise<void> {
  const answers = {
    item: await host.ask('consensus.item', { asset: a }), sound: await host.ask('consensus.item', { asset: s }), found: await host.ask('consensus.found', {}),
    open: await host.ask('consensus.disputes', {}), decided: await host.ask('consensus.disputes', { decided: true }),
    next: await host.ask('queue.next', { for: author('lea'), stage: 'adjudicate' }), review: await host.ask('queue.next', { for: author('lea'), stage: 'review' }),
  }
  for (const [name, answer] of Object.entries(answers)) for (const word of telling) expect(JSON.stringify(answer), `${word} in ${name}`).not.toContain(word)
}

test('with names covered no answer holds an annotator’s name, nor where a mark comes from: found, written, edited, decided by the lead and by one of them', async () => {
  await using there = testProject(work, { visibility: 'blind' })
  const lea = await there.as('lea')
  await runConsensus(lea)
  await assertCovered(lea)
  await lea.ask('consensus.apply', { what: 'all' })
  await assertCovered(lea)
  const written = (await lea.ask('consensus.item', { asset: a, names: true })).applied[0]!
  await lea.ask('changes.apply', request(updating([written, { ...written, text: 'edited', provenance: editedByHuman(written.provenance) }])))
  await assertCovered(lea)
  for (const { asset, key } of (await lea.ask('consensus.disputes', {})).rows) await lea.ask('consensus.decide', { asset, key, decision: { kind: 'estimate' } })
  await assertCovered(lea)
  const bo = await there.as(second)
  const { rows } = await bo.ask('consensus.disputes', { decided: true })
  expect(rows.length).toBeGreaterThan(2)
  for (const { asset, key } of rows) await bo.ask('consensus.decide', { asset, key, decision: { kind: 'none' } })
  await assertCovered(await there.as('lea'))
})

test('a mark whose id is covered can be taken by what it is called, and is taken as what it is', async () => {
  await using there = testProject(work, { visibility: 'blind' })
  const lea = await there.as('lea')
  await runConsensus(lea)
  const item = await lea.ask('consensus.item', { asset: a })
  const proposal = item.proposals.find(({ disputes }) => disputes.some(({ kind }) => kind === 'label'))!
  const mark = item.annotations.find(({ id, label: of }) => proposal.members.includes(id) && of === labelId('dog'))!
  expect(item.who.map(({ letter }) => letter)).toContain(mark.author)
  const { verdict } = await lea.ask('consensus.decide', { asset: a, key: proposal.key, decision: { kind: 'take', annotations: [mark.id] } })
  expect(verdict.about).toMatchObject({ decision: 'take', taken: [adoptedId(annotationId('named'), author(third))] })
  expect(verdict.id).toBe(verdictId(verdict))
})

test('with names shown everything is called as it is', async () => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  await runConsensus(lea)
  const { annotations, proposals } = await lea.ask('consensus.item', { asset: a, names: true })
  expect(annotations.map(({ layer }) => layer as string)).toEqual(expect.arrayContaining(people))
  expect(annotations.find(({ provenance }) => provenance.by === 'import')).toBeDefined()
  const ids = new Set<string>(annotations.map(({ id }) => id))
  expect(proposals.flatMap(({ members }) => members).every((id) => ids.has(id))).toBe(true)
})
