import { expect, test } from 'vitest'
import type { Input } from '#shared/contract/api.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding, invert, updating } from '#shared/model/diff.ts'
import type { RelationId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Relation } from '#shared/model/relation.ts'
import { annotation, annotationId, assetId, author, box, image, label, labelId, submission } from '#shared/testing/records.ts'
import { request, runConsensus as run, testProject } from './fixture.ts'
import type { Host } from './host.ts'

const [a, b] = [assetId('a'), assetId('b')]
const by = (name: string, person: string, of: string | null, geometry: Annotation['geometry'], parts: Partial<Annotation> = {}) =>
  annotation(name, { layer: person as Layer, author: author(person), label: of === null ? null : labelId(of), geometry, ...parts })

/** On a: three agree on a car; two of three say dog and one cat of another. On b: one box each, alike. */
const work: AnyRecord[] = [
  label('car'), label('dog', { order: 1 }), label('cat', { order: 2 }), image('a'), image('b'),
  by('ada1', 'ada', 'car', box(10, 10, 100, 100)), by('bo1', 'bo', 'car', box(11, 10, 100, 100)), by('chi1', 'chi', 'car', box(10, 11, 100, 100)),
  by('ada2', 'ada', 'dog', box(300, 200, 80, 80)), by('bo2', 'bo', 'dog', box(301, 200, 80, 80)), by('chi2', 'chi', 'cat', box(300, 201, 80, 80)),
  ...['ada', 'bo', 'chi'].map((person) => by(`${person}3`, person, 'car', box(40, 40, 60, 60), { asset: b })),
  ...[a, b].flatMap((item) => ['ada', 'bo', 'chi'].map((person) => submission(item, author(person)))),
]

const summary = async (host: Host) => (await host.ask('consensus.summary', {})).summary!
const layer = async (host: Host, name: string) => (await host.ask('projects.state', {})).layers.find((one) => one.layer === name)?.annotations ?? 0
const dispute = async (host: Host) => (await host.ask('consensus.disputes', {})).rows[0]!

test('before the first run there is nothing, and the rest says so in words', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  expect(await host.ask('consensus.summary', {})).toEqual({ summary: null })
  await expect(host.ask('consensus.disputes', {})).rejects.toThrow('Run consensus first.')
  await expect(host.ask('consensus.undo', { run: 'consensus-none' })).rejects.toThrow('There is no run consensus-none that was applied.')
})

test('a run counts what is settled and what is disputed, and says who says what', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const found = await summary(host)
  expect(found).toMatchObject({ items: 2, people: ['ada', 'bo', 'chi'], proposals: 3, settled: 2, disputed: 1, asked: 1, decided: 0, changedSince: 0, minutesLeft: null })
  expect(found.disputes).toMatchObject({ label: 1, existence: 0 })
  const { total, rows } = await host.ask('consensus.disputes', { names: true })
  expect(total).toBe(1)
  expect(rows[0]).toMatchObject({ asset: a, name: 'a.jpg', kinds: ['label'], label: labelId('dog'), rank: 1 })
  expect(rows[0]!.who.map(({ author: name }) => name).sort()).toEqual(['ada', 'bo', 'chi'])
  expect(rows[0]!.what[0]).toContain('chi says cat')
  expect((await host.ask('consensus.disputes', { kinds: ['existence'] })).total).toBe(0)
})

test('people are letters until names are asked for, the same each time, and nowhere is a name', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const item = await host.ask('consensus.item', { asset: a })
  expect(item.people).toEqual(['A', 'B', 'C'])
  expect(item.who.every((one) => one.author === null)).toBe(true)
  expect(JSON.stringify(item)).not.toMatch(/\bada\b|\bbo\b|\bchi\b/u)
  expect(await host.ask('consensus.item', { asset: a })).toEqual(item)
  const named = await host.ask('consensus.item', { asset: a, names: true })
  const letterOf = new Map(named.who.map(({ letter, author: name }) => [name as string, letter]))
  expect(item.annotations.map((one) => one.layer)).toEqual(named.annotations.map((one) => letterOf.get(one.layer)))
})

test('applying writes the settled as one change with its contributors; a second time nothing; undo takes exactly it back', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const before = (await host.ask('changes.list', { since: 0, limit: 99 })).cursor
  const applied = await host.ask('consensus.apply', { what: 'settled' })
  expect(applied).toMatchObject({ annotations: 2, added: 2, updated: 0, removed: 0, disputed: 1, unlikely: 0 })
  const { changes } = await host.ask('changes.list', { since: before, limit: 99 })
  expect(changes).toHaveLength(1)
  const records = Object.values(changes[0]!.diff.added) as Annotation[]
  expect(records.every((record) => record.layer === 'consensus' && record.author === 'lea' && !record.draft)).toBe(true)
  const [car] = records.filter((record) => record.asset === a)
  expect(car!.provenance).toMatchObject({ by: 'consensus', run: applied.run })
  expect(car!.provenance.by === 'consensus' && car!.provenance.contributors.map((one) => one.author).sort()).toEqual(['ada', 'bo', 'chi'])
  expect(await host.ask('consensus.apply', { what: 'settled' })).toMatchObject({ run: applied.run, change: null, added: 0, updated: 0 })
  expect((await summary(host)).applied).toMatchObject([{ run: applied.run, author: 'lea', undone: false }])
  await host.ask('consensus.undo', { run: applied.run! })
  expect(await layer(host, 'consensus')).toBe(0)
  expect((await summary(host)).applied).toMatchObject([{ undone: true }])
  await expect(host.ask('consensus.undo', { run: applied.run! })).rejects.toThrow('was taken back already')
  const { findings } = await host.ask('projects.check', { repair: false })
  expect(findings.filter(({ code }) => !code.startsWith('media'))).toEqual([])
})

test('a later run replaces what an earlier one wrote; the earlier is not taken back under it', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const first = await host.ask('consensus.apply', { what: 'settled' })
  const second = await host.ask('consensus.apply', { what: 'all' })
  expect(second).toMatchObject({ annotations: 3, added: 1, disputed: 0 })
  await expect(host.ask('consensus.undo', { run: first.run! })).rejects.toThrow(`Run ${second.run} was applied after ${first.run}.`)
  await host.ask('consensus.undo', { run: second.run! })
  await host.ask('consensus.undo', { run: first.run! })
  expect(await layer(host, 'consensus')).toBe(0)
})

test('what somebody edited in the layer is not taken back under them, and a run leaves it alone', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const { run: id } = await host.ask('consensus.apply', { what: 'settled' })
  const [mine] = (await host.ask('consensus.item', { asset: b, names: true })).applied
  const edited: Annotation = { ...mine!, text: 'mine', provenance: { by: 'human', origin: mine!.provenance.by === 'human' ? null : mine!.provenance } }
  await host.ask('changes.apply', request(updating([mine!, edited]), { asset: b }))
  await expect(host.ask('consensus.undo', { run: id! })).rejects.toThrow('was changed by somebody since')
  expect(await host.ask('consensus.apply', { what: 'all' })).toMatchObject({ kept: 1, added: 1, updated: 0 })
  expect((await host.ask('consensus.item', { asset: b })).applied).toMatchObject([{ text: 'mine' }])
})

test('a changed item alone is estimated anew', async () => {
  await using there = testProject(work)
  const host = await there.as('chi')
  await run(host)
  const mine = by('chi2', 'chi', 'cat', box(300, 201, 80, 80))
  await host.ask('changes.apply', request(updating([mine, { ...mine, label: labelId('dog') }])))
  expect(await summary(host)).toMatchObject({ settled: 3, disputed: 0, changedSince: 1 })
})

test('how much a label matters weighs in the queue of disputes, without another run', async () => {
  await using there = testProject([...work, ...['ada', 'bo', 'chi'].map((person, at) => by(`${person}4`, person, ['car', 'car', 'cat'][at]!, box(500, 300, 60, 60)))])
  const host = await there.as('lea')
  await run(host)
  const parts = async () => (await host.ask('consensus.disputes', {})).rows.map(({ label: of, parts: { label: matters } }) => [of, Math.round(matters * 1000) / 1000])
  expect(await parts()).toEqual(expect.arrayContaining([[labelId('dog'), 1], [labelId('car'), 1]]))
  const { project } = await host.ask('projects.state', {})
  await host.ask('changes.apply', request(updating([project, { ...project, importance: { [labelId('dog')]: 0.1 } }]), { asset: null }))
  expect(await parts()).toEqual([[labelId('car'), 1], [labelId('dog'), 0.4]])
  expect((await host.ask('consensus.disputes', {})).rows[1]!.why).toContain('weight of the label 0.40')
  expect((await host.ask('consensus.disputes', { weights: { disagreement: 1, doubt: 1, skill: 1, label: 0 } })).rows.map(({ gain }) => gain)).toHaveLength(2)
})

test('a decision: the member taken stands in final, the verdict says what was put right, and it is undone like any change', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const { key } = await dispute(host)
  const done = await host.ask('consensus.decide', { asset: a, key, decision: { kind: 'take', annotations: [annotationId('chi2')] }, durationMs: 6000 })
  const item = await host.ask('consensus.item', { asset: a, names: true })
  expect(item.final).toMatchObject([{ label: labelId('cat'), author: 'lea', layer: 'final', geometry: box(300, 201, 80, 80), provenance: { by: 'human' } }])
  expect(done.verdict.about).toMatchObject({ decision: 'take', taken: [annotationId('chi2')], into: [item.final[0]!.id], disputes: ['label'] })
  expect(done.verdict.about.kind === 'dispute' && done.verdict.about.corrections.filter(({ kind }) => kind === 'label').map((one) => one.author).sort()).toEqual(['ada', 'bo'])
  expect(await summary(host)).toMatchObject({ disputed: 0, decided: 1, settled: 2, minutesLeft: 0 })
  expect((await host.ask('consensus.disputes', { decided: true })).rows).toMatchObject([{ key, gain: 0 }])
  // The whole of the run now repeats the decision.
  await host.ask('consensus.apply', { what: 'settled' })
  expect((await host.ask('consensus.item', { asset: a })).applied.map((one) => one.label)).toContain(labelId('cat'))
  await host.ask('changes.apply', request(invert(done.change.diff), { intent: { kind: 'undo', target: done.change.id } }))
  expect((await host.ask('consensus.item', { asset: a })).final).toEqual([])
  expect(await summary(host)).toMatchObject({ disputed: 1, decided: 0 })
})

test('a later decision replaces an earlier one, by the same person and by another; a run overwrites none', async () => {
  await using there = testProject(work)
  const lea = await there.as('lea')
  await run(lea)
  const { key } = await dispute(lea)
  const take = (id: string) => ({ asset: a, key, decision: { kind: 'take' as const, annotations: [annotationId(id)] } })
  await lea.ask('consensus.decide', take('chi2'))
  await lea.ask('consensus.decide', { asset: a, key, decision: { kind: 'take', annotations: [annotationId('ada2'), annotationId('chi2')] } })
  expect((await lea.ask('consensus.item', { asset: a })).final.map((one) => one.label).sort()).toEqual([labelId('cat'), labelId('dog')])
  const max = await there.as('max')
  expect((await summary(max)).decided).toBeGreaterThan(0)
  await max.ask('consensus.decide', { ...take('ada2') })
  const item = await max.ask('consensus.item', { asset: a })
  expect(item.final).toMatchObject([{ label: labelId('dog'), author: 'max' }])
  expect(item.verdicts).toHaveLength(2)
  await run(max)
  await max.ask('consensus.apply', { what: 'all' })
  expect((await max.ask('consensus.item', { asset: a })).final).toEqual(item.final)
})

test('relations and groups are written by the things that their ends belong to, and go with them', async () => {
  const tie = (person: string, from: string, to: string): Relation =>
    ({ type: 'relation', id: `relation:${person}` as RelationId, asset: a, layer: person as Layer, author: author(person), name: 'sees', from: annotationId(from), to: annotationId(to) })
  await using there = testProject([...work, tie('ada', 'ada1', 'ada2'), tie('bo', 'bo1', 'bo2')])
  const host = await there.as('lea')
  await run(host)
  const { run: id } = await host.ask('consensus.apply', { what: 'all' })
  const records = (await host.ask('assets.open', { asset: a })).records
  const [relation, ...others] = records.flatMap((record) => (record.type === 'relation' && record.layer === 'consensus' ? [record] : []))
  expect(others).toEqual([])
  const labelOf = (end: string) => records.flatMap((record) => (record.id === end && record.type === 'annotation' ? [record.label] : []))[0]
  expect([relation!.name, labelOf(relation!.from), labelOf(relation!.to)]).toEqual(['sees', labelId('car'), labelId('dog')])
  // Whoever took part may take a run back.
  await (await there.as('max')).ask('consensus.undo', { run: id! })
})

test('one person’s one is another’s several: one dispute, decided once for all its parts', async () => {
  await using there = testProject([
    label('car'), label('dog', { order: 1 }), image('a'), by('whole', 'ada', 'car', box(0, 0, 200, 100)), by('left', 'bo', 'car', box(0, 0, 98, 100)), by('right', 'bo', 'car', box(102, 0, 98, 100)),
    submission(a, author('ada')), submission(a, author('bo')),
  ])
  const host = await there.as('lea')
  await run(host)
  const { total, rows } = await host.ask('consensus.disputes', {})
  expect(total).toBe(1)
  expect(rows[0]!.kinds).toContain('split')
  const decide = (annotations: string[]) => host.ask('consensus.decide', { asset: a, key: rows[0]!.key, decision: { kind: 'take', annotations: annotations.map(annotationId) } })
  const { verdict } = await decide(['left', 'right'])
  expect(verdict.about).toMatchObject({ decision: 'several', members: ['annotation:left', 'annotation:right', 'annotation:whole'], into: [expect.anything(), expect.anything()] })
  expect((await host.ask('consensus.item', { asset: a })).final).toHaveLength(2)
  expect((await summary(host)).asked).toBe(0)
  await decide(['whole'])
  expect((await host.ask('consensus.item', { asset: a })).final).toMatchObject([{ geometry: box(0, 0, 200, 100) }])
  await expect(decide(['elsewhere'])).rejects.toThrow('annotation:elsewhere is not one of the marks of this dispute.')
})

test('estimate, edited, none and unclear', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  await run(host)
  const { key } = await dispute(host)
  const decide = (decision: Input<'consensus.decide'>['decision'], note = '') => host.ask('consensus.decide', { asset: a, key, decision, note })
  const final = async () => (await host.ask('consensus.item', { asset: a })).final
  await decide({ kind: 'none' })
  expect(await final()).toEqual([])
  expect(await summary(host)).toMatchObject({ disputed: 0, decided: 1 })
  await decide({ kind: 'estimate' })
  expect(await final()).toMatchObject([{ label: labelId('dog'), provenance: { by: 'human', origin: { by: 'consensus' } } }])
  await decide({ kind: 'edited', into: [{ label: labelId('cat'), geometry: box(1, 2, 3, 4) }] })
  expect(await final()).toMatchObject([{ label: labelId('cat'), geometry: box(1, 2, 3, 4) }])
  await expect(decide({ kind: 'unclear' })).rejects.toThrow('Say in the note what the guideline leaves open.')
  await decide({ kind: 'unclear' }, 'Is a puppy a dog?')
  expect(await final()).toEqual([])
  expect(await host.ask('consensus.unclear', {})).toMatchObject({ rows: [{ asset: a, key, note: 'Is a puppy a dog?', author: 'lea', kinds: ['label'] }] })
  expect((await summary(host)).unclear).toBe(1)
  await expect(host.ask('consensus.decide', { asset: a, key: 'gone', decision: { kind: 'none' } })).rejects.toThrow('that dispute is not there any more')
})

test('in a blind project only submitted work counts, and who is at an item sees nobody else’s', async () => {
  const begun = by('dan1', 'dan', 'dog', box(500, 10, 50, 50))
  await using there = testProject([...work, begun], { visibility: 'blind' })
  const dan = await there.as('dan')
  await run(dan)
  expect((await summary(dan)).people).toEqual(['ada', 'bo', 'chi'])
  await expect(dan.ask('consensus.item', { asset: a })).rejects.toThrow('your own work here is not submitted yet')
  expect(await dan.ask('consensus.disputes', {})).toMatchObject({ total: 0, heldBack: 1 })
  expect((await dan.ask('consensus.item', { asset: b })).annotations).toHaveLength(3)
  await dan.ask('changes.apply', request(adding(submission(a, author('dan')))))
  expect((await dan.ask('consensus.item', { asset: a })).annotations).toHaveLength(7)
})

test('in a blind project an item that waits for people is not shown to who may be one of them', async () => {
  await using there = testProject(work, { visibility: 'blind', overlap: { people: 4, share: 1, slices: [] } })
  const host = await there.as('eve')
  await run(host)
  await expect(host.ask('consensus.item', { asset: a })).rejects.toThrow('1 more person is to label this item')
})

test('drafts and layers of nobody never count', async () => {
  const draft = by('draft', 'model', 'car', box(500, 10, 50, 50), { draft: true, provenance: { by: 'model', model: 'm', version: '1', hash: '', settings: {}, score: null, backend: 'wasm', at: 0 } })
  await using there = testProject([...work, draft])
  const host = await there.as('lea')
  await run(host)
  expect(await summary(host)).toMatchObject({ proposals: 3, people: ['ada', 'bo', 'chi'] })
})

test('the last run is kept from one opening to the next; what changed in between is estimated anew', async () => {
  await using there = testProject(work)
  await run(await there.as('lea'))
  const chi = await there.as('chi')
  expect(await summary(chi)).toMatchObject({ disputed: 1, changedSince: 0 })
  const mine = by('chi2', 'chi', 'cat', box(300, 201, 80, 80))
  await chi.ask('changes.apply', request(updating([mine, { ...mine, label: labelId('dog') }])))
  expect(await summary(await there.as('lea'))).toMatchObject({ disputed: 0, changedSince: 1 })
})

test('an empty project and one person: a defined answer each', async () => {
  await using empty = testProject([image('a')])
  const host = await empty.as('lea')
  await run(host)
  expect(await summary(host)).toMatchObject({ items: 0, proposals: 0, notes: ['Nobody has labeled anything yet.'] })
  expect(await host.ask('consensus.apply', { what: 'settled' })).toMatchObject({ run: null, annotations: 0 })
  await using alone = testProject([label('car'), image('a'), by('ada1', 'ada', 'car', box(10, 10, 100, 100)), by('ada2', 'ada', null, box(200, 10, 0, 0))])
  const one = await alone.as('lea')
  await run(one)
  expect(await summary(one)).toMatchObject({ items: 1, disputed: 0, notes: ['One person did everything: there is nobody to agree with, so what they marked is proposed as it is.'] })
})
