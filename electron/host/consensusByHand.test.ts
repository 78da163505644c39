import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding, emptyDiff, updating } from '#shared/model/diff.ts'
import { editedByHuman } from '#shared/model/provenance.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { annotation, annotationId, assetId, author, box, image, label, labelId } from '#shared/testing/records.ts'
import { request, runConsensus, testProject } from './fixture.ts'
import type { Host } from './host.ts'

const [a, b] = [assetId('a'), assetId('b')]
const by = (person: string, name: string, geometry: Annotation['geometry'], parts: Partial<Annotation> = {}) =>
  annotation(`${person}-${name}`, { layer: person as Layer, author: author(person), label: labelId('car'), geometry, ...parts })

/** Two items with a car that ada and bo agree on; the first has another one, far from it. */
const work: AnyRecord[] = [
  label('car'), label('van', { order: 1 }), image('a'), image('b'),
  ...['ada', 'bo'].flatMap((person) => [by(person, 'near', box(10, 10, 100, 100)), by(person, 'far', box(400, 300, 80, 80)), by(person, 'other', box(40, 40, 60, 60), { asset: b })]),
]
const standing = async (host: Host, asset = a) => (await host.ask('consensus.item', { asset, names: true })).applied
const atPlace = (all: readonly Annotation[], x: number) => all.filter(({ geometry }) => geometry.kind === 'box' && Math.abs(geometry.x - x) < 40)
/** chi joins in at a car. */
const chiMarks = (host: Host, geometry: Annotation['geometry']) => host.ask('changes.apply', request(adding(by('chi', 'near', geometry))))

async function applied(host: Host) {
  await runConsensus(host)
  return host.ask('consensus.apply', { what: 'all' })
}

async function edited(host: Host, parts: Partial<Annotation>, asHuman = true): Promise<Annotation> {
  const [was] = atPlace(await standing(host), 10)
  const is = { ...was!, ...parts, ...(asHuman ? { provenance: editedByHuman(was!.provenance) } : {}) }
  await host.ask('changes.apply', request(updating([was!, is]), { name: 'edit' }))
  return is
}

test.each([['as the window edits', true], ['as a script edits, which leaves the provenance as it is', false]])('an edited annotation is neither overwritten nor doubled when a mark joins its thing: %s', async (_, asHuman) => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  await applied(lea)
  const mine = await edited(lea, { label: labelId('van'), geometry: box(8, 8, 104, 104) }, asHuman)
  const chi = await there.as('chi')
  await chiMarks(chi, box(11, 10, 100, 100))
  const second = await applied(chi)
  expect(second).toMatchObject({ kept: 1, yielded: 1, annotations: 3, removed: 0, added: 0 })
  expect(atPlace(await standing(chi), 10)).toEqual([mine])
  expect(await standing(chi)).toHaveLength(2)
})

test('when the run after it is taken back, the edit still stands; when the edit is taken back, the next run writes what it finds', async () => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  await applied(lea)
  const [was] = atPlace(await standing(lea), 10)
  const mine = await edited(lea, { geometry: box(8, 8, 104, 104) })
  await lea.ask('changes.apply', request(adding(by('lea', 'far', box(401, 300, 80, 80)), by('lea', 'near', box(11, 10, 100, 100)))))
  const { run: id } = await applied(lea)
  expect(atPlace(await standing(lea), 10)).toEqual([mine])
  await lea.ask('consensus.undo', { run: id! })
  expect(atPlace(await standing(lea), 10)).toEqual([mine])
  await lea.ask('changes.apply', request(updating([mine, was!]), { name: 'edit' }))
  expect(await applied(lea)).toMatchObject({ kept: 0, yielded: 0, annotations: 3 })
  const [now] = atPlace(await standing(lea), 10)
  expect(now!.id).not.toBe(was!.id)
  expect(now!.provenance.by).toBe('consensus')
})

test('what a person took away does not come back when a mark joins its thing', async () => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  await applied(lea)
  const [gone] = atPlace(await standing(lea), 400)
  await lea.ask('changes.apply', request({ ...emptyDiff(), removed: { [gone!.id]: gone! } }))
  expect(await applied(lea)).toMatchObject({ run: expect.anything(), change: null, yielded: 1, annotations: 2 })
  await lea.ask('changes.apply', request(adding(by('lea', 'far', box(401, 300, 80, 80)), by('lea', 'near', box(10, 11, 100, 100)))))
  expect(await applied(lea)).toMatchObject({ yielded: 1, annotations: 2 })
  expect(atPlace(await standing(lea), 400)).toEqual([])
})

test('when everybody draws it anew, the edited one stands for what lies in its place, and for nothing elsewhere', async () => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  await applied(lea)
  const mine = await edited(lea, { label: labelId('van') })
  for (const person of ['ada', 'bo']) {
    const host = await there.as(person)
    const old = by(person, 'near', box(10, 10, 100, 100))
    await host.ask('changes.apply', request({ added: { [annotationId(`${person}-new`)]: by(person, 'new', box(12, 11, 100, 100)), [annotationId(`${person}-third`)]: by(person, 'third', box(250, 40, 50, 50)) }, updated: {}, removed: { [old.id]: old } }))
  }
  const host = await there.as('lea')
  await applied(host)
  expect(atPlace(await standing(host), 10)).toEqual([mine])
  expect(atPlace(await standing(host), 250)).toHaveLength(1)
})

test('somebody’s own drawing in the layer stands for what lies in its place', async () => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  const drawn = annotation('drawn', { layer: 'consensus' as Layer, author: author('lea'), label: labelId('van'), geometry: box(9, 9, 102, 102) })
  await lea.ask('changes.apply', request(adding(drawn)))
  expect(await applied(lea)).toMatchObject({ added: 2, kept: 1, yielded: 1 })
  expect(atPlace(await standing(lea), 10)).toEqual([drawn])
})
