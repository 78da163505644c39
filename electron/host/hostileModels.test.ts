import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { messageOf } from '#shared/contract/errors.ts'
import { constantModel, onnxFile } from '#shared/testing/onnx.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import { ModelRunner } from '#electron/prelabel/runner.ts'
import { endless, greedy, onePerson, tinyManifest, tinyYolo } from '#electron/prelabel/tiny.fixture.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { createHost, type Host } from './host.ts'

const runner = new ModelRunner()
afterAll(() => runner.close())

let folder: ReturnType<typeof temporaryFolder>
let host: Host
beforeEach(() => {
  folder = temporaryFolder()
  host = createHost({ dataDir: join(folder.path, 'data'), version: '0', remember: false, runner })
})
afterEach(async () => {
  // Whatever was given, nothing of it is kept.
  expect(modelsIn(folder.path).filter((name) => name.startsWith('.new') || name.startsWith('.gone'))).toEqual([])
  await host.close()
  folder[Symbol.dispose]()
})

const modelsIn = (path: string): string[] => {
  try {
    return readdirSync(join(path, 'data', 'models'))
  } catch {
    return []
  }
}
function put(name: string, bytes: string | Uint8Array): string {
  const path = join(folder.path, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, bytes)
  return path
}
/** Inspects, tries and adds, as the command line and the window do; what was said where it ended. */
async function added(path: string, parts: Partial<Manifest> = {}, timeoutMs = 30_000): Promise<string> {
  try {
    const { manifest, notes } = await host.ask('models.inspect', { path, timeoutMs })
    if (manifest === null) return notes.join(' ')
    const { outcome } = await host.ask('models.try', { manifest: { ...manifest, ...parts }, path, timeoutMs })
    const { model } = await host.ask('models.add', { manifest: { ...manifest, ...parts }, path })
    return `added ${model.id}: ${outcome.predictions.length} predictions. ${outcome.notes.join(' ')}`
  } catch (error) {
    return messageOf(error)
  }
}

const picture = { name: 'images', dims: [1, 3, 32, 32] }
const external = (location: string) => onnxFile({
  inputs: [picture], outputs: [{ name: 'out', dims: [1, 6, 1] }], nodes: [{ op: 'Add', inputs: ['images', 'w'], outputs: ['out'] }], initializers: [{ name: 'w', dims: [1], data: [], external: { location } }],
})
const good = tinyYolo(onePerson)

test.each<[what: string, name: string, bytes: string | Uint8Array, said: RegExp]>([
  ['a page that was saved in the place of the model', 'page.onnx', '<html>Not found</html>', /page\.onnx.*(not an ONNX|no ONNX)/iu],
  ['a text file under another name', 'notes.onnx', 'to do: train a model\n'.repeat(50), /notes\.onnx/u],
  ['an empty file', 'empty.onnx', '', /empty\.onnx.*empty/u],
  ['a download that was cut short', 'short.onnx', good.slice(0, good.length - 200), /short\.onnx/u],
  ['a zip archive', 'model.zip', 'PK\u0003\u0004rest of an archive', /zip archive\. Unpack it/u],
  ['weights of PyTorch', 'best.pt', 'PK\u0003\u0004rest of an archive', /PyTorch weights, not ONNX.*yolo export model=best\.pt/u],
  ['operators of tomorrow', 'new.onnx', onnxFile({ inputs: [picture], outputs: [{ name: 'out', dims: [1] }], opset: 99 }), /opset 99/u],
  ['weights outside of the folder', 'thief.onnx', external('../../etc/passwd'), /outside of its own folder/u],
  ['weights at an absolute path', 'thief.onnx', external('/etc/passwd'), /outside of its own folder/u],
  ['weights in another file', 'parts.onnx', external('weights.bin'), /weights in another file \(weights\.bin\)/u],
  ['a picture of 2³¹ × 2³¹', 'wide.onnx', constantModel({ name: 'images', dims: [1, 3, 2 ** 31, 2 ** 31] }, [{ name: 'output0', dims: [1, 6, 1], data: [1, 1, 1, 1, 1, 1] }], { task: 'detect', names: "{0: 'a', 1: 'b'}" }), /memory|large/iu],
])('%s is refused in words', async (_, name, bytes, said) => {
  expect(await added(put(name, bytes))).toMatch(said)
  expect(modelsIn(folder.path).filter((each) => !each.startsWith('.'))).toEqual([])
}, 60_000)

test('a model without end is stopped at the limit that was given, and one that eats memory by itself; the next is none the worse', async () => {
  const parts: Partial<Manifest> = { head: { kind: 'yolo', transposed: false, activation: 'none' }, classes: ['a', 'b'], task: 'detect' }
  const begun = performance.now()
  expect(await added(put('endless.onnx', endless()), parts, 2000)).toMatch(/longer than 2 s, so it was stopped.*--timeout/u)
  // Once, not twice.
  expect(performance.now() - begun).toBeLessThan(30_000)
  expect(await added(put('greedy.onnx', greedy()), parts)).toMatch(/more memory than there is/u)
  expect(await added(put('good.onnx', good))).toMatch(/^added good: 1 predictions/u)
}, 120_000)

test('numbers that are none are said; they are no reason not to add the model', async () => {
  expect(await added(put('nan.onnx', tinyYolo([[16, 16, 16, 16, Number.NaN, Number.NaN]])))).toMatch(/^added nan: 0 predictions\. .*not finite/u)
})

test('a folder, a device and links: what leads out of its folder is not opened, a link to a model is one', async () => {
  mkdirSync(join(folder.path, 'nothing'))
  expect(await added(join(folder.path, 'nothing'))).toMatch(/no manifest\.json/u)
  expect(await added('/dev/zero')).toMatch(/no file that could hold a model/u)
  put('real.onnx', good)
  symlinkSync(join(folder.path, 'real.onnx'), join(folder.path, 'link.onnx'))
  expect(await added(join(folder.path, 'link.onnx'))).toMatch(/^added link/u)
  symlinkSync('/etc/hostname', join(folder.path, 'host.onnx'))
  expect(await added(join(folder.path, 'host.onnx'))).toMatch(/host\.onnx/u)
  const manifest = tinyManifest(good, { id: 'linked' })
  put('linked/manifest.json', JSON.stringify(manifest))
  symlinkSync('/etc/hostname', join(folder.path, 'linked', 'tiny.onnx'))
  expect(await added(join(folder.path, 'linked'))).toMatch(/a link that leads outside/u)
})

test('ids that are paths, and ids that are taken, are refused; of two that come at once one is added', async () => {
  const path = put('tiny.onnx', good)
  for (const id of ['../x', 'a/b', '..', '.hidden', 'A', '']) expect(await added(path, { id })).toMatch(/manifest\.id|lower-case/u)
  put('named/tiny.onnx', good)
  put('named/manifest.json', JSON.stringify({ ...tinyManifest(good), id: '../x' }))
  expect(await added(join(folder.path, 'named'))).toMatch(/is no manifest: id: must be lower-case/u)
  put('reaching/manifest.json', JSON.stringify({ ...tinyManifest(good), files: [{ ...tinyManifest(good).files[0], path: '../../etc/passwd' }] }))
  expect(await added(join(folder.path, 'reaching'))).toMatch(/outside of its own folder/u)
  const both = await Promise.all([added(path), added(path)])
  expect(both.toSorted()).toEqual([expect.stringMatching(/There is a model tiny already/u), expect.stringMatching(/^added tiny/u)])
  expect(await added(path, { id: 'nanodet' })).toMatch(/There is a model nanodet already/u)
  expect(await added(path, { id: 'rule-boxes' })).toMatch(/There is a rule rule-boxes already/u)
})

test('an addition that was killed half way is no model, and is cleared away by a later one', async () => {
  const left = join(folder.path, 'data', 'models', '.new-dead')
  put('data/models/.new-dead/0-model.onnx', good)
  put('data/models/.new-dead/manifest.json', '{"schema": 1')
  expect((await host.ask('models.list', {})).models.filter(({ kind }) => kind === 'own')).toEqual([])
  const long = new Date(Date.now() - 2 * 3600_000)
  utimesSync(left, long, long)
  expect(await added(put('good.onnx', good))).toMatch(/^added good/u)
  expect(modelsIn(folder.path)).not.toContain('.new-dead')
})

test('a process that dies over the copy leaves no half model', async () => {
  const path = put('big.onnx', good)
  const script = `
    import fs from 'node:fs'
    const { ModelLibrary } = await import(${JSON.stringify(join(import.meta.dirname, '../prelabel/library.ts'))})
    const manifest = JSON.parse(process.argv[1])
    fs.renameSync = () => process.kill(process.pid, 'SIGKILL')
    const { syncBuiltinESMExports } = await import('node:module')
    syncBuiltinESMExports()
    new ModelLibrary(process.argv[2], []).add(manifest, { model: process.argv[3] })`
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(tinyManifest(good, { id: 'big' })), join(folder.path, 'data'), path])
  expect(signal).toBe('SIGKILL')
  expect((await host.ask('models.list', {})).models.filter(({ kind }) => kind === 'own')).toEqual([])
  expect(await added(path)).toMatch(/^added big/u)
  for (const name of modelsIn(folder.path).filter((each) => each.startsWith('.new'))) utimesSync(join(folder.path, 'data', 'models', name), 0, 0)
  expect(await added(path, { id: 'other' })).toMatch(/^added other/u)
})

test('a file whose name holds nothing that an id may hold gets one all the same', async () => {
  expect(await added(put('模型.onnx', good))).toMatch(/^added model/u)
})
