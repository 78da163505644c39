import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import type { ProjectId } from '#shared/model/id.ts'
import type { ItemOrder, Mix } from '#shared/model/itemOrder.ts'
import { controlSeed, isControl } from '#shared/prelabel/control.ts'
import { annotation, assetId, author, image, label, labelId, submission, verdict } from '#shared/testing/records.ts'
import { keepVector } from '#electron/storage/vectorFile.ts'
import { createHost, type Host } from './host.ts'
import { request, testProject } from './fixture.ts'

const draft = (name: string, on: string, { model = 'yolo', score = 0.9, margin, ...parts }: { model?: string; score?: number; margin?: number } & Partial<Annotation> = {}) => annotation(name, {
  asset: assetId(on), layer: `model:${model}` as Layer, author: author(`model:${model}`), draft: true, label: labelId('car'),
  provenance: { by: 'model', model, version: '1', hash: '0'.repeat(64), settings: {}, score, backend: 'wasm', at: 10, ...(margin === undefined ? {} : { margin }) }, ...parts,
})
const order = (mix: Mix, seed = 1): ItemOrder => ({ mix, seed })
const next = async (host: Host, parts: { for?: string; order?: ItemOrder | null; limit?: number } = {}) =>
  (await host.ask('queue.next', { ...parts, for: author(parts.for ?? 'ada') })).rows.map((row) => ({ ...row, name: row.name.replace('.jpg', '') }))
const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name)
const items = (...all: string[]) => all.map((name) => image(name))

test('an unsure item comes before a sure one, by the project’s order, and says why; without an order names decide', async () => {
  const drafts = [draft('d1', 'a', { margin: 0.95 }), draft('d2', 'b', { margin: 0.02 }), draft('d3', 'c', { score: 0.55 })]
  await using there = testProject([label('car'), ...items('a', 'b', 'c'), ...drafts], { order: order({ uncertain: 1 }) })
  const host = await there.as('ada')
  const rows = await next(host)
  expect(names(rows)).toEqual(['b', 'c', 'a'])
  expect(rows[0]).toMatchObject({ strategy: 'uncertain', value: 0.98, sentence: 'nobody has done it yet; the model is unsure: two classes are close' })
  expect(rows[1]!.sentence).toContain('the model is unsure: a score of 0.55')
  expect(names(await next(host, { order: order({}) }))).toEqual(['a', 'b', 'c'])
  expect((await next(host, { order: order({}) }))[0]).toMatchObject({ strategy: null, value: null, sentence: 'nobody has done it yet' })
})

test('what was begun stays first, then what needs one more, each by the order', async () => {
  const drafts = [draft('d1', 'new-sure'), draft('d2', 'new-unsure', { score: 0.5 }), draft('d3', 'again-sure'), draft('d4', 'again-unsure', { score: 0.5 }), draft('d5', 'mine')]
  const work = [annotation('m', { asset: assetId('mine') }), submission(assetId('again-sure'), author('bo')), submission(assetId('again-unsure'), author('bo'))]
  await using there = testProject([label('car'), ...items('again-sure', 'again-unsure', 'mine', 'new-sure', 'new-unsure'), ...drafts, ...work], { overlap: { people: 2, share: 1, slices: [] }, order: order({ uncertain: 1 }) })
  const rows = await next(await there.as('ada'))
  expect(names(rows)).toEqual(['mine', 'again-unsure', 'again-sure', 'new-unsure', 'new-sure'])
  expect(rows.map(({ strategy }) => strategy)).toEqual([null, 'uncertain', 'uncertain', 'uncertain', 'uncertain'])
})

test('diversity passes over near-duplicates of what is labelled and of what it has chosen', async () => {
  const looks = { done: '0000000000000000', double: '0000000000000001', other: 'ffffffff00000000', otherDouble: 'ffffffff00000003', third: '00000000ffffffff' }
  const pictures = Object.entries(looks).map(([name, perceptualHash]) => image(name, { perceptualHash }))
  await using there = testProject([...pictures, submission(assetId('done'), author('bo'))])
  const rows = await next(await there.as('ada'), { order: order({ diverse: 1 }) })
  expect(new Set(names(rows.slice(0, 2)))).toContain('third')
  expect(names(rows.slice(2)).sort()).toEqual(['double', rows.slice(0, 2).some(({ name }) => name === 'other') ? 'otherDouble' : 'other'].sort())
  expect(rows[0]!.sentence).toBe('nobody has done it yet; unlike what is labelled so far')
  expect(rows.at(-1)!.sentence).toContain('like what is labelled, as is all that is left')
})

test('embeddings of a model count before perceptual hashes', async () => {
  const pictures = ['a', 'b', 'c'].map((name) => image(name, { perceptualHash: '0000000000000000', hash: name.repeat(64) }))
  await using there = testProject([...pictures, submission(assetId('a'), author('bo'))])
  pictures.forEach(({ hash }, at) => keepVector(join(there.path, 'cache'), 'clip-0', hash, at === 2 ? [0, 1] : [1, 0]))
  const rows = await next(await there.as('ada'), { order: order({ diverse: 1 }) })
  expect(rows).toMatchObject([{ name: 'c', value: 1 }, { name: 'b', value: 0 }])
})

test('two models that differ, and a rare label, come first', async () => {
  const many = Array.from({ length: 9 }, (_, at) => annotation(`done${at}`, { asset: assetId('z'), layer: 'bo' as Layer, author: author('bo'), label: labelId('car') }))
  const drafts = [draft('d1', 'a'), draft('d2', 'a', { model: 'detr' }), draft('d3', 'b'), draft('d4', 'b', { model: 'detr', label: labelId('spoon') })]
  await using there = testProject([label('car'), label('spoon'), ...items('a', 'b', 'z'), ...drafts, ...many, submission(assetId('z'), author('bo'))])
  const host = await there.as('ada')
  expect(await next(host, { order: order({ disagreed: 1 }) })).toMatchObject([{ name: 'b', value: 1, sentence: 'nobody has done it yet; models differ on it' }, { name: 'a', value: 0 }])
  expect((await next(host, { order: order({ rare: 1 }) }))[0]).toMatchObject({ name: 'b', sentence: 'nobody has done it yet; probably a rare label: spoon' })
})

test('chance is the same for a seed, another for another, and the same for whoever asks', async () => {
  await using there = testProject(items(...Array.from({ length: 12 }, (_, at) => `i${at}`)))
  const host = await there.as('ada')
  const others = names(await next(host, { order: order({ random: 1 }, 8) }))
  const rows = names(await next(host, { order: order({ random: 1 }, 7) }))
  expect(rows).not.toEqual(others)
  expect(names(await next(host, { order: order({ random: 1 }, 7) }))).toEqual(rows)
  // What was handed to ada comes last to bo.
  expect(names(await next(host, { for: 'bo', order: order({ random: 1 }, 7) }))).toEqual([...rows.slice(1), rows[0]])
})

test('drafts of items that a person labels unaided, and those they have decided about, do not order their queue', async () => {
  const seed = controlSeed('project:test' as ProjectId, author('ada'))
  const drawn = Array.from({ length: 60 }, (_, at) => `i${at}`)
  const held = drawn.find((name) => isControl(seed, assetId(name), 0.5))!
  const open = drawn.filter((name) => !isControl(seed, assetId(name), 0.5)).slice(0, 2)
  const drafts = [draft('held', held, { score: 0.5, label: labelId('spoon') }), draft('d1', open[0]!, { score: 0.6 }), draft('d2', open[1]!, { score: 0.55 })]
  await using there = testProject([label('car'), label('spoon'), ...items(held, ...open), ...drafts], { assistance: { mappings: {}, control: 0.5 } })
  const host = await there.as('ada')
  const rows = await next(host, { order: order({ uncertain: 1 }) })
  expect(rows.find(({ name }) => name === held)).toMatchObject({ value: 0.5, sentence: 'nobody has done it yet; no model says anything about it' })
  expect((await next(host, { order: order({ rare: 1 }) })).find(({ name }) => name === held)).toMatchObject({ value: 0, sentence: 'nobody has done it yet; no model expects a label in it' })
  // The one with the least sure draft is asked last once ada has rejected that draft: nothing is said of it any more.
  expect(names(rows)[0]).toBe(open[1])
  await host.ask('changes.apply', request(adding(verdict(drafts[2]!, 'ada', 'rejected')), { asset: assetId(open[1]!) }))
  expect((await next(host, { order: order({ uncertain: 1 }) })).find(({ name }) => name === open[1])).toMatchObject({ value: 0.5 })
})

test('drafts that come while the project is open count at once', async () => {
  await using there = testProject([label('car'), ...items('a', 'b')], { order: order({ uncertain: 1 }) })
  const host = await there.as('model:yolo')
  expect((await next(host))[0]!.value).toBe(0.5)
  await host.ask('changes.apply', request(adding(draft('d', 'b', { score: 0.5 })), { asset: assetId('b') }))
  expect((await next(host))[0]).toMatchObject({ name: 'b', value: 1 })
})

test('of the two pictures of one pavilion, one comes when everything that looks otherwise has come', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quorum-practice-'))
  const host = createHost({ dataDir, version: '0', as: author('zoe') })
  try {
    await host.ask('projects.practice', { reset: false })
    const { project: was } = await host.ask('projects.state', {})
    await host.ask('changes.apply', request({ added: {}, removed: {}, updated: { [was.id]: [was, { ...was, overlap: { people: 9, share: 1, slices: [] }, order: order({ diverse: 1 }) }] } }, { asset: null }))
    const pictures = async () => names(await next(host, { for: 'zoe' })).filter((name) => !/voice/u.test(name))
    const before = await pictures()
    expect(before.length).toBeGreaterThan(10)
    expect(before.at(-1)).toMatch(/pavilion/u)
    expect(before.filter((name) => /pavilion/u.test(name))).toHaveLength(2)
    const pavilion = (await next(host, { for: 'zoe' })).find(({ name }) => name === 'pavilion')!.asset
    await host.ask('changes.apply', request(adding(submission(pavilion, author('zoe'))), { asset: pavilion }))
    expect((await pictures()).at(-1)).toBe('pavilion-copy')
  } finally {
    await host.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
