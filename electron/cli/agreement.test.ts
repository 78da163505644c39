import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreement } from '#electron/cli/commands/agreement.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { annotation, assetId, author, box, image, label, labelId, project, submission } from '#shared/testing/records.ts'

let folder: string

const by = (name: string, item: string, of: string, x: number) =>
  annotation(`${name}-${item}-${x}`, { asset: assetId(item), layer: name as Layer, author: author(name), label: labelId(of), geometry: box(x, 10, 20, 20) })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-agreement-'))
  process.env['QUORUM_DATA_DIR'] = join(folder, 'data')
  createProject(join(folder, 'p'), Date.now, (store) => void store.addNew('create', author('ada'), [
    project(), label('cat'), label('dog'), image('a', { metadata: { light: 'night' } }), image('b'), image('c'),
    by('ada', 'a', 'cat', 10), by('bo', 'a', 'cat', 11), by('ada', 'a', 'dog', 100), by('bo', 'a', 'cat', 100),
    by('ada', 'b', 'dog', 10), submission(assetId('b'), author('bo')), by('ada', 'c', 'dog', 10),
  ])).close()
})
afterAll(() => {
  delete process.env['QUORUM_DATA_DIR']
  rmSync(folder, { recursive: true, force: true })
})

const run = (flags: Record<string, string | boolean>, name = 'p') => agreement.run({ words: [join(folder, name)], flags, say: () => {}, print: async () => {}, progress: () => {} })

test("a project's figures: one match, one other name, one miss by somebody who submitted", async () => {
  const { code, json, lines } = await run({})
  expect(code).toBe(0)
  expect(json).toMatchObject({ threshold: 0.5, items: 2, things: 3, alone: 1, otherName: 1, f1: { value: 2 / 5 }, placeF1: { value: 4 / 5 } })
  expect(lines[0]).toBe('2 items that two people did, 3 things: 1 seen by one person, 1 under different labels')
})

test('by label, person and slice, and the sweep', async () => {
  expect((await run({ by: 'label' })).json).toMatchObject({ groups: { cat: { f1: { value: 2 / 3 } }, dog: { f1: { value: 0 } } } })
  expect((await run({ by: 'annotator' })).json).toMatchObject({ groups: { ada: { items: 2 }, bo: { items: 2 } } })
  expect((await run({ by: 'slice' })).json).toMatchObject({ groups: { 'light=night': { items: 1 } } })
  expect(((await run({ sweep: true })).json as { sweep: unknown[] }).sweep).toHaveLength(18)
})

/** Numbers anywhere in a document that are none. */
const strange = (value: unknown): unknown[] =>
  typeof value === 'number' ? (Number.isFinite(value) ? [] : [value]) : value === undefined ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strange) : []

const polygon = (...ring: number[]): Geometry => ({ kind: 'polygon', parts: [[ring]] })
const oddities = (['ada', 'bo'] as const).flatMap((name, at) => {
  const mark = (id: string, geometry: Geometry, text: string | null = null) => annotation(`${name}-${id}`, { layer: name as Layer, author: author(name), label: labelId('cat'), geometry, text })
  return [
    mark('twice', box(10, 10, 20, 20)), mark('twice again', box(10, 10, 20, 20)), mark('crossing', polygon(200, 200, 300, 300, 300, 200, 200, 300 + at)),
    mark('flat', polygon(400, 400, 500, 400, 450, 400)), mark('point', box(600, 600, 0, 0)), mark('empty text', box(700, 10, 50, 10), ''), mark('text', box(700, 50, 50, 10), at === 0 ? '' : 'hello'),
  ]
})

test('two marks of one person in one place, shapes that cross themselves or have no area, empty texts: numbers or sentences', async () => {
  createProject(join(folder, 'odd'), Date.now, (store) => void store.addNew('create', author('ada'), [project(), label('cat'), image('a'), ...oddities])).close()
  for (const by of ['label', 'annotator', 'pair', 'slice']) {
    const { json, lines } = await run({ by, sweep: true }, 'odd')
    expect(strange(json)).toEqual([])
    expect(lines.join('\n')).not.toMatch(/NaN|undefined|Infinity/u)
  }
  const { json, lines } = await run({}, 'odd')
  // Flat shapes and points share nothing with anything: each stays alone.
  expect(json).toMatchObject({ items: 1, things: 9, alone: 4, cer: { value: 2, n: 5 }, iou: { interval: null, items: 1 } })
  expect(lines.find((line) => line.startsWith('mean IoU'))).toMatch(/\(one item, so no interval\), n 5$/u)
})

test('nobody, and one person alone, are said', async () => {
  createProject(join(folder, 'empty'), Date.now, (store) => void store.addNew('create', author('ada'), [project()])).close()
  createProject(join(folder, 'alone'), Date.now, (store) => void store.addNew('create', author('ada'), [project(), label('cat'), image('a'), by('ada', 'a', 'cat', 10)])).close()
  for (const name of ['empty', 'alone']) {
    const { code, json, lines } = await run({ by: 'label', sweep: true }, name)
    expect(code).toBe(3)
    expect(json).toMatchObject({ items: 0, alpha: { value: null, reason: 'Nobody marked anything in an item that two people did.' }, groups: {} })
    expect(strange(json)).toEqual([])
    expect(lines[0]).toBe('0 items that two people did, 0 things: 0 seen by one person, 0 under different labels')
  }
})

test('wrong use', () => {
  expect(() => run({ iou: '2' })).toThrow('--iou takes a number above 0 and up to 1, not "2".')
  expect(() => run({ by: 'colour' })).toThrow('--by colour: choose from label, annotator, pair, slice.')
})
