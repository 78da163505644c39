import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agreement } from '#electron/cli/commands/agreement.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import type { Layer } from '#shared/model/author.ts'
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

const run = (flags: Record<string, string | boolean>) => agreement.run({ words: [join(folder, 'p')], flags, say: () => {}, print: async () => {}, progress: () => {} })

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

test('wrong use', () => {
  expect(() => run({ iou: '2' })).toThrow('--iou takes a number above 0 and up to 1, not "2".')
  expect(() => run({ by: 'colour' })).toThrow('--by colour: choose from label, annotator, pair, slice.')
})
