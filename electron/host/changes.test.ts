import { expect, test } from 'vitest'
import type { Layer } from '#shared/model/author.ts'
import type { AssetId, ProjectId, RelationId } from '#shared/model/id.ts'
import { adding, invert, removing, updating, type Diff } from '#shared/model/diff.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { adoptedId } from '#shared/model/verdict.ts'
import { annotation, annotationId, assetId, author, box, image, label, labelId, project, submission, verdict } from '#shared/testing/records.ts'
import { request, testProject } from './fixture.ts'

const bobs = annotation('bobs', { layer: 'bob' as Layer, author: author('bob'), label: labelId('car') })
const adas = annotation('adas', { label: labelId('car') })
const proposed = annotation('proposed', {
  layer: 'model' as Layer, author: author('bob'), draft: true,
  provenance: { by: 'model', model: 'm', version: '1', hash: '', settings: {}, score: 0.5, backend: 'wasm', at: 0 },
})
const said = { layer: 'model:m' as Layer, draft: true, provenance: proposed.provenance }
const start: AnyRecord[] = [label('car'), label('bus', { order: 1 }), image('a'), image('b'), adas, bobs, proposed, annotation('bobsdraft', { layer: 'bob' as Layer, author: author('bob'), draft: true })]
const relation = (from: string, to: string, asset = 'a'): AnyRecord => ({
  type: 'relation', id: 'relation:r' as RelationId, asset: assetId(asset), layer: 'ada' as Layer, author: author('ada'), name: 'wears', from: annotationId(from), to: annotationId(to),
})

const stolen = image('a', { source: { mode: 'referenced', path: '/etc/passwd' } })
const refused: [what: string, diff: Diff, why: RegExp, asset?: AssetId | null][] = [
  ['removes another person’s annotation', removing(bobs), /layer of bob/u],
  ['moves another person’s annotation', updating([bobs, { ...bobs, geometry: box(0, 0, 1, 1) }]), /layer of bob/u],
  ['puts an annotation into another person’s layer', adding(annotation('new', { layer: 'bob' as Layer })), /layer of bob/u],
  ['gives its own annotation away', updating([adas, { ...adas, layer: 'bob' as Layer }]), /layer of bob/u],
  ['removes a draft that a person made', removing(annotation('bobsdraft', { layer: 'bob' as Layer, author: author('bob'), draft: true })), /layer of bob/u],
  ['submits in another’s name', adding(submission(assetId('a'), author('bob'))), /belongs to somebody else/u],
  ['submits under another id', adding(submission(assetId('a'), author('ada'), { id: 'submission:x' as never })), /is not the id/u],
  ['judges a draft in another’s name', adding(verdict(proposed, 'bob')), /belongs to somebody else/u],
  ['judges under another id', adding({ ...verdict(proposed, 'ada'), id: 'verdict:x' as never }), /is not the id/u],
  ['judges what is not there', adding(verdict(annotation('none'), 'ada')), /judges annotation:none/u],
  ['changes what a model proposed', updating([proposed, { ...proposed, layer: 'ada' as Layer, draft: false }]), /layer of model/u],
  ['proposes in another model’s layer', adding(annotation('new', { ...said, layer: 'model:other' as Layer })), /layer of model:other/u],
  ['proposes in another’s name', adding(annotation('new', { ...said, author: author('bob') })), /layer of model:m/u],
  ['puts what is no draft into a model’s layer', adding(annotation('new', { ...said, draft: false })), /layer of model:m/u],
  ['uses a label that is not there', adding(annotation('new', { label: labelId('none') })), /not in this project/u],
  ['lies on an item that is not there', adding(annotation('new', { asset: assetId('none') })), /not in this project/u, null],
  ['ties an annotation that is not there', adding(relation('adas', 'none')), /ties annotation:none/u],
  ['ties annotations of another item', adding(relation('adas', 'bobs', 'b')), /ties annotation:adas/u, null],
  ['points an item to another file', updating([image('a'), stolen]), /which file an item is/u, null],
  ['gives an item another hash', updating([image('a'), image('a', { hash: '1'.repeat(64) })]), /which file an item is/u, null],
  ['gives an item a type that a browser runs', updating([image('a'), image('a', { mime: 'text/html' })]), /which file an item is/u, null],
  ['adds an item outside the project', adding(image('new', { source: { mode: 'referenced', path: '/etc/passwd' } })), /media folder/u, null],
  ['adds an item by a way that leads out', adding(image('new', { source: { mode: 'copied', path: 'media/../../secret.png' } })), /media folder/u, null],
  ['removes an item with work on it', removing(image('a')), /cannot be removed: \d+ annotations/u, null],
  ['adds a second project', adding({ ...project(), id: 'project:two' as ProjectId }), /a project here already/u, null],
  ['removes the project', removing(project()), /cannot be removed/u, null],
  ['adds a label of a name that is taken', adding(label('new', { name: 'car' })), /a label "car" already/u, null],
  ['adds two labels of one name', adding(label('n1', { name: 'tram' }), label('n2', { name: 'tram' })), /a label "tram" already/u, null],
  ['renames a label to a name that is taken', updating([label('bus', { order: 1 }), label('bus', { order: 1, name: 'car' })]), /a label "car" already/u, null],
  ['removes a label that is in use', removing(label('car')), /label of 2 annotations/u, null],
  ['touches another item than it says', adding(annotation('new', { asset: assetId('b') })), /made on asset:a/u],
]
test.each(refused)('a change is refused that %s', async (_what, diff, why, asset = assetId('a')) => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const before = await host.ask('changes.list', { since: 0, limit: 100 })
  await expect(host.ask('changes.apply', request(diff, { asset }))).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringMatching(why) })
  expect(await host.ask('changes.list', { since: 0, limit: 100 })).toEqual(before)
})

const allowed: [what: string, diff: Diff, asset?: AssetId | null][] = [
  ['takes over what a model proposed', adding({ ...proposed, id: adoptedId(proposed.id, author('ada')), layer: 'ada' as Layer, author: author('ada'), draft: false }, verdict(proposed, 'ada'))],
  ['proposes what a model said in the window', adding(annotation('new', said))],
  ['rejects what a model proposed', adding(verdict(proposed, 'ada', 'rejected'))],
  ['clears away what a model proposed', removing(proposed)],
  ['writes in the layer that is everybody’s', adding(annotation('new', { layer: 'final' as Layer }))],
  ['ties two annotations', adding(relation('adas', 'bobs'))],
  ['swaps the names of two labels', updating([label('car'), label('car', { name: 'bus' })], [label('bus', { order: 1 }), label('bus', { order: 1, name: 'car' })]), null],
  ['renames an item and adds a column', updating([image('a'), image('a', { name: 'x.jpg', metadata: { site: 1 } })]), null],
  ['removes a label that nobody uses', removing(label('bus', { order: 1 })), null],
]
test.each(allowed)('a change is taken that %s', async (_what, diff, asset = assetId('a')) => {
  await using there = testProject(start)
  const host = await there.as('ada')
  await host.ask('changes.apply', request(diff, { asset }))
  expect(await host.ask('projects.check', { repair: false })).toMatchObject({ findings: expect.not.arrayContaining([expect.objectContaining({ code: 'differing-record' })]) })
})

test('a change for another project, or in the name of who left, waits instead of landing astray', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const of = { project: project().id, author: author('ada') }
  const draw = request(adding(annotation('new')))
  await expect(host.ask('changes.apply', { ...draw, of: { ...of, project: 'project:other' as ProjectId } })).rejects.toMatchObject({ code: 'no-project' })
  await expect(host.ask('changes.apply', { ...draw, of: { ...of, author: author('bob') } })).rejects.toMatchObject({ code: 'no-permission' })
  await host.ask('changes.apply', { ...draw, of })
  expect((await host.ask('changes.list', { since: 1, limit: 9 })).changes[0]).not.toHaveProperty('of')
})

test('taking a merged label apart again brings everybody’s annotations back, for who merged it', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  await host.ask('labels.retire', { label: labelId('car'), successor: { kind: 'move', into: labelId('bus') } })
  expect(await host.ask('labels.usage', { label: labelId('bus') })).toEqual({ annotations: 2, assets: 1 })
  const [merge] = (await host.ask('changes.history', { asset: null, limit: 10 })).undo
  const undo = request(invert(merge!.diff), { asset: null, intent: { kind: 'undo', target: merge!.id } })
  const bob = await there.as('bob')
  await expect(bob.ask('changes.apply', undo)).rejects.toMatchObject({ code: 'invalid-input' })
  const ada = await there.as('ada')
  await ada.ask('changes.apply', undo)
  expect(await ada.ask('labels.usage', { label: labelId('car') })).toEqual({ annotations: 2, assets: 1 })
  const { versions } = await ada.ask('labels.versions', {})
  expect(versions.map(({ name }) => name)).toEqual(['create project', 'merge label car into bus', 'test'])
})

test('an undo that says more than the change it takes back is held to the rules', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const draw = request(adding(annotation('new')))
  await host.ask('changes.apply', draw)
  const crafted = request(removing(annotation('new'), bobs), { intent: { kind: 'undo', target: draw.id } })
  await expect(host.ask('changes.apply', crafted)).rejects.toThrow('layer of bob')
})

test('history is one person’s and one item’s', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  await host.ask('changes.apply', request(adding(annotation('new'))))
  expect((await host.ask('changes.history', { asset: assetId('a'), limit: 9 })).undo).toHaveLength(1)
  expect((await host.ask('changes.history', { asset: assetId('b'), limit: 9 })).undo).toEqual([])
  expect((await (await there.as('bob')).ask('changes.history', { asset: assetId('a'), limit: 9 })).undo).toEqual([])
})

test.each([
  ['half a character', 'annotation:\ud800'], ['a NUL', 'annotation:\0'], ['a newline', 'annotation:a\nb'], ['a space', 'annotation:a b'],
])('an id with %s, under which nothing could be found again, is refused', async (_what, id) => {
  await using there = testProject(start)
  const host = await there.as('ada')
  expect(await host.call('changes.apply', request(adding({ ...annotation('x'), id: id as never })))).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
})

test('text with NUL and half characters comes back as it was, and the log still replays', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const text = 'a\0b\ud800c\u2028d'
  await host.ask('changes.apply', request(adding(annotation('odd', { text }))))
  expect((await host.ask('assets.open', { asset: assetId('a') })).records).toContainEqual(annotation('odd', { text }))
  expect((await host.ask('projects.check', { repair: false })).findings.filter(({ code }) => code !== 'media-missing')).toEqual([])
})

test('a request that is nested without end is refused, not a crash', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
  const odd = annotation('deep', { provenance: { by: 'import', format: 'x', source: 'x', sourceId: null, extra: { deep } } })
  expect(await host.call('changes.apply', request(adding(odd)))).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
})

test('a diff of 20,000 records is one change', async () => {
  await using there = testProject(start)
  const host = await there.as('ada')
  const many = Array.from({ length: 20_000 }, (_, index) => annotation(`n${index}`))
  await host.ask('changes.apply', request(adding(...many)))
  expect((await host.ask('assets.query', { filter: {}, offset: 0, limit: 1 })).rows[0]?.annotations).toBe(20_002)
})
