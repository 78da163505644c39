import { ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { constantModel, onnxFile } from '#shared/testing/onnx.ts'
import { temporaryFolder } from '#electron/media/fixture.ts'
import { ModelRunner } from './runner.ts'
import { coffee, endless, greedy, onePerson, taskOver, tinyYolo } from './tiny.fixture.ts'

const folder = temporaryFolder()
const runner = new ModelRunner()
afterAll(async () => {
  await runner.close()
  folder[Symbol.dispose]()
})

const ask = (bytes: Uint8Array, parts: Parameters<typeof taskOver>[2] = {}) => runner.run(taskOver(folder.path, bytes, parts))
const words = async (bytes: Uint8Array, parts: Parameters<typeof taskOver>[2] = {}): Promise<string> => ask(bytes, parts).then(() => 'no error', (error: Error) => error.message)

test('a detector says where things are, in the picture’s own pixels', async () => {
  const { outcome, backend } = await ask(tinyYolo(onePerson))
  expect(outcome.predictions).toMatchObject([{ className: 'person', geometry: { kind: 'box', x: 150, y: 100, width: 300, height: 200 } }])
  expect(outcome.predictions[0]?.score).toBeCloseTo(0.9)
  expect(backend).toMatch(/^wasm/u)
})

test('what is found in a part of a picture lies in the picture', async () => {
  const task = taskOver(folder.path, tinyYolo(onePerson))
  const { outcome } = await runner.run({ ...task, region: { kind: 'box', x: 100, y: 50, width: 200, height: 100 } })
  expect(outcome.predictions).toMatchObject([{ geometry: { x: 150, y: 75, width: 100, height: 50 } }])
})

test('a file that is no model, one cut short, an unknown operator set and weights elsewhere are refused in words', async () => {
  const good = tinyYolo(onePerson)
  expect(await words(new TextEncoder().encode('<html>Not found</html>'))).toMatch(/not an ONNX|no ONNX/iu)
  expect(await words(good.slice(0, good.length / 2))).toMatch(/ONNX|cut|damaged|ends/iu)
  expect(await words(new Uint8Array())).toMatch(/empty/u)
  expect(await words(onnxFile({ inputs: [{ name: 'images', dims: [1, 3, 32, 32] }], outputs: [{ name: 'out', dims: [1] }], opset: 99 }))).toMatch(/opset 99/u)
  const external = (location: string) => onnxFile({
    inputs: [{ name: 'images', dims: [1, 3, 32, 32] }], outputs: [{ name: 'out', dims: [1] }], nodes: [{ op: 'Add', inputs: ['images', 'w'], outputs: ['out'] }],
    initializers: [{ name: 'w', dims: [1], data: [], external: { location } }],
  })
  expect(await words(external('weights.bin'))).toMatch(/weights/u)
  expect(await words(external('../../../etc/passwd'))).toMatch(/outside of its own folder/u)
})

test('an operator that nobody knows, and shapes that do not fit, are told in words', async () => {
  const unknown = onnxFile({ inputs: [{ name: 'images', dims: [1, 3, 32, 32] }], outputs: [{ name: 'out', dims: [1] }], nodes: [{ op: 'Teleport', inputs: ['images'], outputs: ['out'] }] })
  expect(await words(unknown)).toMatch(/operator/u)
  const other = { kind: 'image', name: null, layout: 'nhwc', channels: 'grey', type: 'float32', size: { kind: 'fixed', width: 64, height: 64 }, fit: 'stretch', pad: [0, 0, 0], scale: 1, mean: [0, 0, 0], deviation: [1, 1, 1] } as const
  expect(await words(tinyYolo(onePerson), { input: { ...other, pad: [0, 0, 0], mean: [0, 0, 0], deviation: [1, 1, 1] } })).toMatch(/1 × 3 × 32 × 32/u)
  expect(await words(constantModel({ name: 'images', dims: [1, 3, 32, 32] }, [{ name: 'output0', dims: [7], data: [1, 2, 3, 4, 5, 6, 7] }]))).toMatch(/output0|7/u)
})

test('numbers that are none make no predictions, and 100,000 detections are cut to what was asked for; both are noted', async () => {
  const nan = await ask(tinyYolo([[16, 16, 16, 16, Number.NaN, Number.NaN]]))
  expect(nan.outcome).toMatchObject({ predictions: [], notes: [expect.stringMatching(/NaN|number/u)] })
  const many = await ask(tinyYolo(Array.from({ length: 100_000 }, (_, at) => [(at % 320) / 10, Math.floor(at / 320) / 10, 0.05, 0.05, 0.6, 0])))
  expect(many.outcome.predictions.length).toBe(300)
  expect(many.outcome.notes.length).toBeGreaterThan(0)
})

test('a model that never ends is stopped, with what waits behind it unharmed', async () => {
  const hung = runner.run(taskOver(folder.path, endless()), { timeoutMs: 700 })
  const behind = ask(tinyYolo(onePerson))
  await expect(hung).rejects.toMatchObject({ reason: 'timeout', message: expect.stringMatching(/longer than 1 s/u) })
  expect((await behind).outcome.predictions).toHaveLength(1)
})

test('a model that wants more memory than there is fails alone', async () => {
  await expect(ask(greedy())).rejects.toMatchObject({ reason: 'memory', message: expect.stringMatching(/more memory than there is/u) })
  expect(await words(greedy(100_000_000))).toMatch(/larger than any memory/u)
  expect((await ask(tinyYolo(onePerson))).outcome.predictions).toHaveLength(1)
})

test('a process that dies is started again, and its task with it', async () => {
  const answer = ask(tinyYolo(onePerson))
  process.kill(runner.pid!, 'SIGKILL')
  expect((await answer).outcome.predictions).toHaveLength(1)
})

test('beside a window the process lets others go first, otherwise it does not', async () => {
  await ask(tinyYolo(onePerson))
  expect(getPriority(runner.pid!)).toBe(getPriority())
  const behind = new ModelRunner({ background: true })
  await behind.run(taskOver(folder.path, tinyYolo(onePerson)))
  expect(getPriority(behind.pid!)).toBe(constants.priority.PRIORITY_BELOW_NORMAL)
  await behind.close()
})

test('a process that tells of two errors is replaced once, and takes nobody with it', async () => {
  const ref = vi.spyOn(ChildProcess.prototype, 'ref')
  const answer = ask(tinyYolo(onePerson))
  const child = ref.mock.contexts[0] as ChildProcess
  ref.mockRestore()
  for (const message of ['write EPIPE', 'kill ESRCH']) child.emit('error', new Error(message))
  expect((await answer).outcome.predictions).toHaveLength(1)
  expect(runner.pid).not.toBe(child.pid)
})

test('a task can be taken back before and while it runs', async () => {
  const abort = new AbortController()
  const running = runner.run(taskOver(folder.path, endless()), { signal: abort.signal })
  setTimeout(() => abort.abort(), 300)
  await expect(running).rejects.toMatchObject({ reason: 'cancelled' })
  await expect(runner.run(taskOver(folder.path, endless()), { signal: abort.signal })).rejects.toMatchObject({ reason: 'cancelled' })
})

test('a picture that cannot be decoded is told in words', async () => {
  const path = join(folder.path, 'broken.jpg')
  writeFileSync(path, 'no picture')
  await expect(runner.run(taskOver(folder.path, tinyYolo(onePerson), {}, { ...coffee, path }))).rejects.toMatchObject({ reason: 'failed' })
})

test('a file is looked into without being kept: what it is, or why it cannot be used', async () => {
  const path = join(folder.path, 'street.onnx')
  writeFileSync(path, tinyYolo(onePerson))
  const { manifest, inputs } = await runner.run({ kind: 'inspect', path })
  expect(manifest).toMatchObject({ id: 'street', task: 'detect', classes: ['person', 'kite'], head: { kind: 'yolo' } })
  expect(inputs).toMatchObject([{ name: 'images', type: 'float32', dims: [1, 3, 32, 32] }])
  writeFileSync(path, 'no model')
  await expect(runner.run({ kind: 'inspect', path })).rejects.toMatchObject({ reason: 'failed' })
})

test.skipIf(process.platform !== 'linux')('what runs a model goes with a host that was killed, even in the middle of a graph without end', async () => {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'orphan.fixture.ts'), folder.path], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [line] = await once(host.stdout, 'data') as [Buffer]
  const pid = Number(line.toString())
  expect(isAlive(pid)).toBe(true)
  host.kill('SIGKILL')
  while (isAlive(pid)) await new Promise((resolve) => { setTimeout(resolve, 100) })
})

/** Linux alone. One that has ended and was not yet taken note of by its new parent counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
