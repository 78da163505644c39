import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import type { Input } from '#shared/contract/api.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { adding } from '#shared/model/diff.ts'
import { author, label, image, labelId, project as projectRecord, sound, submission, verdict } from '#shared/testing/records.ts'
import { ModelRunner } from '#electron/prelabel/runner.ts'
import { endless, tinyManifest, tinyYolo, onePerson } from '#electron/prelabel/tiny.fixture.ts'
import { readVectors } from '#electron/storage/vectorFile.ts'
import { request, testProject } from './fixture.ts'
import type { Host } from './host.ts'
import { practiceMedia } from './practice.ts'

// One process for all tests: each host would start its own.
const runner = new ModelRunner()
afterAll(() => runner.close())

const pictures = ['a', 'b', 'c'].map((name) => image(name, { width: 600, height: 400 }))
const talk = sound('talk', { duration: 6.7, sampleRate: 16_000 })

/** A project of three pictures and a recording, with a tiny detector among the person's models. */
async function withTiny(bytes = tinyYolo([...onePerson, [4, 4, 4, 4, 0.1, 0.8]]), labels = [label('person', { name: 'Person' })]) {
  const made = testProject([...pictures, talk, ...labels])
  mkdirSync(join(made.path, 'media'), { recursive: true })
  for (const { source } of pictures) copyFileSync(join(practiceMedia, 'coffee.jpg'), join(made.path, source.path))
  copyFileSync(join(practiceMedia, 'voice-cold-hearted.wav'), join(made.path, talk.source.path))
  const file = join(made.folder, 'tiny.onnx')
  writeFileSync(file, bytes)
  const host = await made.as('ada', { runner })
  await host.ask('models.add', { manifest: tinyManifest(bytes), path: file })
  return { made, host, file }
}

async function run(host: Host, input: Partial<Input<'prelabel.start'>> = {}): Promise<PrelabelReport> {
  const { job } = await host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: null, ...input })
  expect((await settled(host, job)).state).toBe('done')
  return host.ask('prelabel.report', { job })
}

const settled = async (host: Host, id: string, wanted: readonly string[] = ['done', 'failed', 'cancelled']) => {
  for (;;) {
    const job = (await host.ask('jobs.list', {})).jobs.find((each) => each.id === id)!
    if (wanted.includes(job.state)) return job
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}

const draftsOn = async (host: Host, asset: Annotation['asset']): Promise<Annotation[]> =>
  (await host.ask('assets.open', { asset })).records.filter((record): record is Annotation => record.type === 'annotation' && record.draft)

test('drafts land in the model’s layer with their lineage; classes without a label are counted; a second run passes over what is done', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  expect(await run(host)).toMatchObject({ model: 'tiny', items: 3, drafts: 3, failed: [], skipped: 0, unmapped: { kite: 3 } })
  const [draft] = await draftsOn(host, pictures[0]!.id)
  expect(draft).toMatchObject({
    layer: 'model:tiny', author: 'ada', draft: true, label: labelId('person'), geometry: { kind: 'box', x: 150, y: 100, width: 300, height: 200 },
    provenance: { by: 'model', model: 'tiny', version: '1', hash: expect.stringMatching(/^[0-9a-f]{64}$/u), settings: { threshold: 0.5 }, score: 0.9, backend: expect.stringMatching(/^wasm/u) },
  })
  expect(await run(host)).toMatchObject({ drafts: 0, skipped: 3 })
  const { findings } = await host.ask('projects.check', { repair: false })
  expect(findings.filter(({ code }) => !code.includes('media'))).toEqual([])
  // Undo walks a person's own strokes on an item, not what a job brought.
  expect((await host.ask('changes.history', { asset: pictures[0]!.id, limit: 10 })).undo).toEqual([])
})

test('other settings replace what nobody has judged, and leave what somebody has', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  await run(host)
  const [judged] = await draftsOn(host, pictures[0]!.id)
  await host.ask('changes.apply', request(adding(verdict(judged!, 'ada', 'rejected')), { asset: judged!.asset }))
  const report = await run(host, { threshold: 0.3 })
  expect(report).toMatchObject({ drafts: 2, skipped: 1, notes: [expect.stringMatching(/1 items? keep/u)] })
  expect(await draftsOn(host, pictures[0]!.id)).toEqual([judged])
  expect(await draftsOn(host, pictures[1]!.id)).toMatchObject([{ provenance: { settings: { threshold: 0.3 } } }])
})

test('what is judged while the model looks again stays, with its verdict', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  await run(host)
  const last = pictures[2]!.id
  const [draft] = await draftsOn(host, last)
  const { job } = await host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: 0.3 })
  // All three items are under way from here on; the last one's answer comes last.
  await host.ask('changes.apply', request(adding(verdict(draft!, 'ada', 'rejected')), { asset: last }))
  await settled(host, job)
  expect(await host.ask('prelabel.report', { job })).toMatchObject({ drafts: 2, skipped: 1 })
  expect(await draftsOn(host, last)).toEqual([draft])
})

test('a class goes where the person said, and a new label makes the model look again', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const assets = [pictures[0]!.id]
  await run(host, { assets })
  const before = projectRecord()
  const mapped = { ...before, assistance: { mappings: { tiny: { kite: labelId('person'), person: null } }, control: 0 } }
  await host.ask('changes.apply', request({ added: {}, removed: {}, updated: { [before.id]: [before, mapped] } }, { asset: null }))
  expect(await run(host, { assets })).toMatchObject({ drafts: 1, unmapped: {} })
  expect(await draftsOn(host, assets[0]!)).toMatchObject([{ label: labelId('person'), provenance: { score: 0.8 } }])
})

test('labels are made for classes that have none when that is asked for', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  expect(await run(host, { makeLabels: true })).toMatchObject({ drafts: 6, unmapped: {} })
  expect((await host.ask('projects.state', {})).labels.map(({ name }) => name)).toEqual(['Person', 'kite'])
  expect(await run(host, { makeLabels: true })).toMatchObject({ drafts: 0, skipped: 3 })
})

test('a project without any label gets those of the model’s classes first, and is told', async () => {
  const { made, host } = await withTiny(undefined, [])
  await using _ = made
  expect(await run(host, { model: 'rule-energy' })).toMatchObject({ notes: [] })
  expect((await host.ask('projects.state', {})).labels).toEqual([])
  expect(await run(host)).toMatchObject({ drafts: 6, unmapped: {}, notes: [expect.stringMatching(/^The project had no labels, so 2 were made for the classes of /u)] })
  expect((await host.ask('projects.state', {})).labels).toMatchObject([{ name: 'person', order: 0 }, { name: 'kite', order: 1 }])
  expect(await run(host)).toMatchObject({ drafts: 0, skipped: 3, notes: [] })
})

test('an item whose file is gone fails with its reason; the others get their drafts', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  rmSync(join(made.path, pictures[1]!.source.path))
  expect(await run(host)).toMatchObject({ drafts: 2, failed: [{ asset: pictures[1]!.id, name: 'b.jpg', reason: expect.stringMatching(/is not at/u) }] })
})

test('speech goes to a tier that comes with the first segments', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  expect(await run(host, { model: 'rule-energy' })).toMatchObject({ items: 1, drafts: expect.any(Number) })
  const { tiers } = await host.ask('projects.state', {})
  expect(tiers).toMatchObject([{ name: 'Speech' }])
  const drafts = await draftsOn(host, talk.id)
  expect(drafts.length).toBeGreaterThan(0)
  for (const { geometry } of drafts) expect(geometry).toMatchObject({ kind: 'segment', tier: tiers[0]!.id, rate: 16_000 })
})

test('a run can rest and go on, and one that was stopped goes on where it was', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const { job } = await host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: null })
  await host.ask('jobs.pause', { job })
  expect((await settled(host, job, ['paused'])).done).toBeLessThanOrEqual(3)
  expect(await host.ask('jobs.resume', { job })).toEqual({ job })
  expect((await settled(host, job)).state).toBe('done')
  const second = await host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: 0.2 })
  await host.ask('jobs.cancel', { job: second.job })
  expect((await settled(host, second.job)).state).toBe('cancelled')
  expect(await host.ask('prelabel.stopped', { model: 'tiny' })).toEqual({ job: second.job })
  expect(await host.ask('prelabel.stopped', { model: 'iny' })).toEqual({ job: null })
  const again = await host.ask('jobs.resume', { job: second.job })
  expect((await settled(host, again.job)).state).toBe('done')
  expect(await host.ask('prelabel.stopped', { model: 'tiny' })).toEqual({ job: null })
  for (const { id } of pictures) expect(await draftsOn(host, id)).toMatchObject([{ provenance: { settings: { threshold: 0.2 } } }])
})

test('a model that is at work, or rests, is not started a second time; each item gets its drafts once', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const words = { code: 'invalid-input', message: expect.stringMatching(/is at work in this project already\. Wait for that run, or cancel it\./u) }
  const start = () => host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: null })
  const stopped = await start()
  await host.ask('jobs.cancel', stopped)
  await settled(host, stopped.job)
  const [first, second] = await Promise.allSettled([start(), start()])
  expect(second).toMatchObject({ status: 'rejected', reason: words })
  const { job } = (first as PromiseFulfilledResult<{ job: string }>).value
  await host.ask('jobs.pause', { job })
  await expect(start()).rejects.toMatchObject(words)
  await expect(host.ask('jobs.resume', stopped)).rejects.toMatchObject(words)
  await host.ask('jobs.resume', { job })
  expect((await settled(host, job)).state).toBe('done')
  for (const { id } of pictures) expect(await draftsOn(host, id)).toHaveLength(1)
  expect(await run(host)).toMatchObject({ drafts: 0, skipped: 3 })
})

test('a model that never ends loses its process twice an item, then the item is marked; after three the run ends', async () => {
  const impatient = new ModelRunner({ timeoutMs: 800 })
  const made = testProject([...pictures, label('person')])
  await using _ = made
  mkdirSync(join(made.path, 'media'), { recursive: true })
  for (const { source } of pictures) copyFileSync(join(practiceMedia, 'coffee.jpg'), join(made.path, source.path))
  const host = await made.as('ada', { runner: impatient })
  try {
    const bytes = endless(), file = join(made.folder, 'endless.onnx')
    writeFileSync(file, bytes)
    await host.ask('models.add', { manifest: tinyManifest(bytes, { id: 'endless', name: 'Endless' }), path: file })
    const { job } = await host.ask('prelabel.start', { model: 'endless', assets: null, threshold: null })
    expect(await settled(host, job)).toMatchObject({ state: 'failed', message: expect.stringMatching(/failed on 3 items one after another: it took longer than 1 s\. The rest was not tried/u) })
    expect(await host.ask('prelabel.report', { job })).toMatchObject({ drafts: 0, failed: pictures.map(({ name }) => ({ name, reason: expect.stringMatching(/took longer than 1 s/u) })) })
  } finally {
    await impatient.close()
  }
})

test('a models’ process that is killed in the middle of a run costs no item', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const { job } = await host.ask('prelabel.start', { model: 'rule-grabcut', assets: null, threshold: null })
  while (runner.pid === null) await new Promise((resolve) => { setTimeout(resolve, 5) })
  process.kill(runner.pid, 'SIGKILL')
  expect((await settled(host, job)).state).toBe('done')
  expect(await host.ask('prelabel.report', { job })).toMatchObject({ items: 3, failed: [] })
  for (const { id } of pictures) expect((await draftsOn(host, id)).length).toBeGreaterThan(0)
})

test('a label that goes while a run is under way gets no draft any more; its class is counted', async () => {
  const { made, host } = await withTiny(undefined, [label('person', { name: 'Person' }), label('kite')])
  await using _ = made
  const { job } = await host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: null })
  // Nothing is written yet: the process that runs the model has only begun to load it.
  await host.ask('changes.apply', request({ added: {}, updated: {}, removed: { [labelId('kite')]: label('kite') } }, { asset: null }))
  await settled(host, job)
  expect(await host.ask('prelabel.report', { job })).toMatchObject({ drafts: 3, unmapped: { kite: 3 } })
  const drafts = await draftsOn(host, pictures[0]!.id)
  expect(drafts.map((draft) => draft.label)).toEqual([labelId('person')])
  // Drafts bear the settings of the moment of writing: nothing is left to do.
  expect(await run(host)).toMatchObject({ drafts: 0, skipped: 3 })
})

test('what is left out is counted: submitted items, unless they are asked for, and items whose file is missing', async () => {
  const lost = { ...pictures[1]!, findings: ['missing-media' as const] }
  const made = testProject([pictures[0]!, lost, pictures[2]!, label('person')])
  await using _ = made
  mkdirSync(join(made.path, 'media'), { recursive: true })
  for (const { source } of pictures) copyFileSync(join(practiceMedia, 'coffee.jpg'), join(made.path, source.path))
  const host = await made.as('ada', { runner })
  await host.ask('changes.apply', request(adding(submission(pictures[0]!.id, author('ada')))))
  expect(await run(host, { model: 'rule-boxes' })).toMatchObject({ items: 1, leftOut: { submitted: 1, missing: 1 } })
  const everything = { text: '', kind: null, status: null, label: null, geometry: null, finding: null }
  expect(await run(host, { model: 'rule-boxes', filter: everything })).toMatchObject({ items: 2, skipped: 1, leftOut: { submitted: 0, missing: 1 } })
})

test('milliseconds an item leave out the start: a single item has its own', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const { perItemMs } = await run(host, { assets: [pictures[0]!.id] })
  expect(perItemMs).toBeGreaterThan(0)
  expect((await host.ask('models.list', {})).models.find(({ id }) => id === 'tiny')!.latencyMs).toBe(perItemMs)
  expect((await run(host, { threshold: 0.3 })).perItemMs).toBeGreaterThan(0)
})

test('shares of a run cover every item once', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const items = []
  for (const index of [1, 2]) items.push((await run(host, { shard: { index, of: 2 } })).items)
  expect(items).toEqual([2, 1])
  for (const { id } of pictures) expect(await draftsOn(host, id)).toHaveLength(1)
})

test('one item can be asked about without anything being written', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const { outcome } = await host.ask('prelabel.predict', { model: 'tiny', asset: pictures[0]!.id, region: { kind: 'box', x: 0, y: 0, width: 300, height: 200 } })
  expect(outcome.predictions).toMatchObject([{ className: 'person', geometry: { x: 75, y: 50 } }, { className: 'kite' }])
  expect(await draftsOn(host, pictures[0]!.id)).toEqual([])
  await expect(host.ask('prelabel.predict', { model: 'tiny', asset: talk.id })).rejects.toMatchObject({ message: expect.stringMatching(/looks at pictures/u) })
  await expect(host.ask('prelabel.start', { model: 'minisam', assets: null, threshold: null })).rejects.toMatchObject({ message: expect.stringMatching(/clicks/u) })
})

test('a model of one’s own is looked into, tried, added, found by the page and removed; a bad one leaves nothing', async () => {
  const { made, host, file } = await withTiny()
  await using _ = made
  const models = join(made.folder, 'data', 'models')
  const { manifest } = await host.ask('models.inspect', { path: file })
  expect(manifest).toMatchObject({ id: 'tiny', classes: ['person', 'kite'] })
  await expect(host.ask('models.add', { manifest: manifest!, path: file })).rejects.toMatchObject({ message: expect.stringMatching(/already/u) })
  const second = { ...manifest!, id: 'second' }
  expect((await host.ask('models.try', { manifest: second, path: file })).outcome.predictions).toHaveLength(2)
  const { model } = await host.ask('models.add', { manifest: second, path: file })
  expect(model).toMatchObject({ id: 'second', kind: 'own', task: 'detect', problem: null })
  expect(await host.modelFile('second', 'model', model.files[0]!.hash)).toMatchObject({ path: expect.stringContaining('second') })
  expect(await host.modelFile('second', 'model', '0'.repeat(64))).toBeNull()
  expect(await host.modelFile('second', '../../project.db', null)).toBeNull()
  await host.ask('models.remove', { model: 'second' })
  const bad = join(made.folder, 'bad.onnx')
  writeFileSync(bad, 'no model')
  await expect(host.ask('models.inspect', { path: bad })).rejects.toMatchObject({ message: expect.stringMatching(/bad\.onnx/u) })
  const lost = { ...second, files: [{ ...second.files[0]!, path: '../../etc/passwd' }] }
  await expect(host.ask('models.add', { manifest: lost, path: made.folder })).rejects.toMatchObject({ code: 'no-permission' })
  expect(readdirSync(models).filter((name) => !name.startsWith('.'))).toEqual(['tiny'])
  expect(readdirSync(models).filter((name) => name.startsWith('.new') || name.startsWith('.gone'))).toEqual([])
})

test('weights that were changed on the disk are not run', async () => {
  const { made, host } = await withTiny()
  await using _ = made
  const path = (await host.modelFile('tiny', 'model', null))!.path
  writeFileSync(path, tinyYolo([[16, 16, 16, 16, 0.2, 0.9], [16, 16, 16, 16, 0.2, 0.9]]))
  await expect(host.ask('prelabel.start', { model: 'tiny', assets: null, threshold: null })).rejects.toMatchObject({ message: expect.stringMatching(/not the one that the manifest names/u) })
})

test('what a model of embeddings says is kept in the cache, and is not asked for again', async () => {
  const { made, host, file } = await withTiny()
  await using _ = made
  const { manifest } = await host.ask('models.inspect', { path: file })
  await host.ask('models.add', { manifest: { ...manifest!, id: 'looks', task: 'embed', head: { kind: 'embedding', output: null }, classes: [] }, path: file })
  expect(await run(host, { model: 'looks' })).toMatchObject({ items: 3, drafts: 0, failed: [], skipped: 0 })
  const [rows] = readVectors(join(made.path, 'cache'))
  const vector = rows!.get(pictures[0]!.hash)!
  expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
  expect(await run(host, { model: 'looks' })).toMatchObject({ skipped: 3 })
})
