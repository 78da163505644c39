import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { constantModel } from '#shared/testing/onnx.ts'
import { author, image, label, project } from '#shared/testing/records.ts'
import { practiceMedia } from '#electron/host/practice.ts'
import { onePerson, tinyYolo } from '#electron/prelabel/tiny.fixture.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { UsageError } from './command.ts'
import { parseFilter } from './filter.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-prelabel-'))
  const pictures = ['a', 'b'].map((name) => image(name, { width: 600, height: 400 }))
  createProject(join(folder, 'p'), Date.now, (store) => void store.addNew('create', author('ada'), [project(), label('person'), ...pictures])).close()
  mkdirSync(join(folder, 'p', 'media'), { recursive: true })
  for (const { source } of pictures) copyFileSync(join(practiceMedia, 'coffee.jpg'), join(folder, 'p', source.path))
  writeFileSync(join(folder, 'street.onnx'), tinyYolo([...onePerson, [4, 4, 4, 4, 0.1, 0.8]]))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function quorum(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'data') } })
  return { code: status, err: stderr, out: stdout }
}

test('a model is added after it was tried, drafts a project, and goes on where it was', () => {
  const added = quorum('models', 'add', 'street.onnx', '--licence', 'MIT', '--json')
  expect(added.err).toBe('')
  expect(JSON.parse(added.out)).toMatchObject({ id: 'street', task: 'detect', licence: 'MIT', files: [{ name: 'model' }] })
  const listed: unknown = JSON.parse(quorum('models', '--json').out)
  expect(listed).toContainEqual(expect.objectContaining({ id: 'street', task: 'detect', licence: 'MIT', latencyMs: expect.any(Number) }))
  expect(listed).toContainEqual(expect.objectContaining({ id: 'rule-boxes', kind: 'rule' }))
  const run = quorum('prelabel', 'p', '--model', 'street', '--where', 'kind=image,text=a', '--json')
  expect(JSON.parse(run.out)).toMatchObject({ model: 'street', items: 1, drafts: 1, failed: [], unmapped: { kite: 1 } })
  expect(run.code).toBe(3)
  const rest = quorum('prelabel', 'p', '--model', 'street', '--resume')
  expect(rest.out).toMatch(/2 items, 1 drafts, 1 passed over, 0 failed/u)
}, 60_000)

test('a guess is put right on the command line: by a file of fields, by flags; what is wrong in them is said', () => {
  writeFileSync(join(folder, 'bare.onnx'), constantModel({ name: 'images', dims: [1, 3, 640, 640] }, [{ name: 'output0', dims: [1, 6, 2000], data: Array.from({ length: 12_000 }, (_, at) => (at % 2000 === 0 ? [320, 320, 99, 99, 2, -9][at / 2000]! : 0)) }]))
  writeFileSync(join(folder, 'classes.txt'), 'Person\nkite\n')
  // Its scores are logits, which no graph tells.
  writeFileSync(join(folder, 'mend.json'), JSON.stringify({ head: { kind: 'yolo', transposed: false, activation: 'sigmoid' }, threshold: 0.6, input: { channels: 'bgr' }, licence: 'internal' }))
  const tried = quorum('models', 'add', 'bare.onnx', '--manifest', 'mend.json', '--classes', 'classes.txt', '--id', 'mended', '--dry-run', '--json')
  expect(JSON.parse(tried.out)).toMatchObject({
    id: 'mended', task: 'detect', licence: 'internal', added: false, files: [{ name: 'model' }], latencyMs: null, notes: expect.any(Array),
    manifest: { head: { activation: 'sigmoid' }, input: { channels: 'bgr', layout: 'nchw', fit: 'letterbox' }, threshold: 0.6 }, tried: { predictions: 1, outcome: { predictions: [{ className: 'Person', score: expect.closeTo(0.881, 3) }] } },
  })
  expect(quorum('models', 'list', '--json').out).not.toContain('mended')
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ threshold: 7 }))
  expect(quorum('models', 'add', 'bare.onnx', '--manifest', 'wrong.json')).toMatchObject({ code: 2, err: expect.stringMatching(/wrong\.json: threshold/u) })
}, 60_000)

test('wrong uses exit with 2, work that fails with 1, in words', () => {
  expect(quorum('prelabel', 'p')).toMatchObject({ code: 2, err: expect.stringMatching(/--model is missing/u) })
  expect(quorum('prelabel', 'p', '--model', 'street', '--threshold', '7')).toMatchObject({ code: 2, err: expect.stringMatching(/0 to 1/u) })
  expect(quorum('prelabel', 'p', '--model', 'none')).toMatchObject({ code: 1, err: expect.stringMatching(/There is no model none/u) })
  writeFileSync(join(folder, 'page.onnx'), '<html>')
  expect(quorum('models', 'add', 'page.onnx')).toMatchObject({ code: 1, err: expect.stringMatching(/page\.onnx/u) })
}, 60_000)

test('a filter is typed as pairs; what has no = is text; a label goes by its name', () => {
  const state = { labels: [label('Person')] }
  expect(parseFilter('kind=image, label=person,street', state)).toMatchObject({ kind: 'image', label: 'label:Person', text: 'street', status: null })
  for (const wrong of ['colour=red', 'kind=film', 'label=kite', 'constructor=1']) expect(() => parseFilter(wrong, state)).toThrow(UsageError)
})
