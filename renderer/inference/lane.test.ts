import { expect, test } from 'vitest'
import { createInference } from './inference.ts'
import { createLane, type Ears } from './lane.ts'
import type { Message, Request } from './protocol.ts'
import { serve } from './serve.ts'
import { createService } from './service.ts'
import { createEmbeddingStore } from './embeddingStore.ts'
import { adapterOf, fakeFolder, fakeRuntime, pictureItem, segmenter } from './testing/fakes.ts'

const wasm = { kind: 'wasm', reason: { kind: 'no-webgpu' }, adapter: '', comparison: null, threads: 1 }

/** Workers by hand: a test answers, crashes and lets time pass itself. */
function setUp() {
  const workers: { ears: Ears; got: Request[]; ended: boolean }[] = []
  const timers = new Map<number, { work: () => void; ms: number }>()
  let count = 0
  const lane = createLane({
    spawn(ears) {
      const worker = { ears, got: [] as Request[], ended: false }
      workers.push(worker)
      return { post: (message) => { worker.got.push(message) }, terminate: () => { worker.ended = true } }
    },
    startWith: () => ({ want: 'auto', threads: 1, fellBack: null }), onStarted: () => {},
    setTimer(work, ms) { timers.set(++count, { work, ms }); return count }, clearTimer: (timer) => void timers.delete(timer),
  })
  const last = () => workers.at(-1)!
  const request = () => last().got.at(-1)!
  const tell = (message: Message) => last().ears.heard(message)
  const answer = (value: unknown) => tell({ kind: 'value', id: request().id, value })
  const start = () => { expect(request().method).toBe('start'); answer(wasm) }
  const timeUp = () => { const [timer, { work }] = [...timers][0]!; timers.delete(timer); work() }
  return { lane, workers, timers, last, request, tell, answer, start, timeUp }
}
const stored = { pictures: 0, bytes: 0 }
const settled = () => new Promise((resolve) => { setTimeout(resolve, 0) })

test('the worker is started with the first request, is told where to run, and then does one thing at a time', async () => {
  const { lane, workers, request, answer, start, last } = setUp()
  expect(workers).toHaveLength(0)
  const first = lane.ask('stored', {}), second = lane.ask('compare', {})
  start()
  expect(request().method).toBe('stored')
  answer({ pictures: 2, bytes: 9 })
  expect(await first).toEqual({ pictures: 2, bytes: 9 })
  expect(request().method).toBe('compare')
  expect(last().got).toHaveLength(3)
  answer({ difference: 0, webgpuMs: 1, wasmMs: 1, failure: null })
  expect(await second).toMatchObject({ difference: 0 })
})

test('what somebody waits for goes before what may wait', async () => {
  const { lane, request, answer, start } = setUp()
  void lane.ask('stored', {})
  start()
  void lane.ask('forget', {}, { priority: 0 })
  void lane.ask('compare', {}, { priority: 1 })
  answer(stored)
  await settled()
  expect(request().method).toBe('compare')
})

test('a request that is taken back while it waits is never sent; one that runs is not heard any more', async () => {
  const { lane, request, answer, start, last } = setUp()
  const running = new AbortController(), waiting = new AbortController()
  const first = lane.ask('stored', {}, { signal: running.signal })
  start()
  const second = lane.ask('forget', {}, { signal: waiting.signal })
  waiting.abort()
  running.abort()
  await expect(second).rejects.toThrow('abort')
  await expect(first).rejects.toThrow('abort')
  void lane.ask('compare', {})
  answer(stored)
  await settled()
  expect(request().method).toBe('compare')
  expect(last().got.map(({ method }) => method)).toEqual(['start', 'stored', 'compare'])
})

test('a worker that crashes is replaced and asked once more; crashing again, it is given up in words', async () => {
  const { lane, workers, last, start, request, answer } = setUp()
  const asked = lane.ask('stored', {})
  const behind = lane.ask('forget', {})
  start()
  last().ears.crashed('unreachable')
  expect(workers.map(({ ended }) => ended)).toEqual([true, false])
  start()
  expect(request().method).toBe('stored')
  last().ears.crashed('unreachable')
  await expect(asked).rejects.toThrow(/The model stopped: unreachable\. It was started again and tried once more/u)
  start()
  expect(request().method).toBe('forget')
  answer({})
  await behind
})

test('a worker that gives no sign of life is killed by the watchdog; progress is a sign of life', async () => {
  const { lane, workers, timers, tell, start, request, answer, timeUp } = setUp()
  const asked = lane.ask('embed', { manifest: segmenter(), item: pictureItem('a'), give: false })
  start()
  const [before] = timers.keys()
  tell({ kind: 'progress', id: request().id, progress: { step: 'calculating' } })
  expect([...timers.keys()][0]).not.toBe(before)
  timeUp()
  expect(workers[0]!.ended).toBe(true)
  start()
  answer({ from: 'encoder', ms: 3, embedding: null, dims: [] })
  expect(await asked).toMatchObject({ from: 'encoder' })
  expect(timers.size).toBe(0)
})

test('what a dead worker still says is not heard', async () => {
  const { lane, workers, last, start, request } = setUp()
  void lane.ask('stored', {}).catch(() => undefined)
  start()
  last().ears.crashed('')
  workers[0]!.ears.heard({ kind: 'value', id: request().id, value: wasm })
  workers[0]!.ears.crashed('again')
  expect(workers).toHaveLength(2)
})

test('an answer that makes no sense is a failure in words', async () => {
  const { lane, start, answer } = setUp()
  const asked = lane.ask('stored', {})
  start()
  answer({ pictures: 'many' })
  await expect(asked).rejects.toThrow('makes no sense')
})

test('a worker that cannot start at all refuses what waits', async () => {
  const { lane, last } = setUp()
  const asked = lane.ask('stored', {})
  last().ears.crashed('no such file')
  await expect(asked).rejects.toThrow('no such file')
})

/** Both workers of a window over fakes, in this process. */
function twoWorkers(adapter = adapterOf()) {
  const runtime = fakeRuntime()
  const store = createEmbeddingStore(fakeFolder(), 10_000)
  const inference = createInference({
    threads: 2, now: () => 0, setTimer: () => 0, clearTimer: () => {},
    spawn({ heard }) {
      const answer = serve(createService({
        runtime: () => runtime, adapter: async () => adapter, now: () => 0, store,
        fetch: async (url) => new Response(url.includes('/encoder/') ? 'e' : 'd'), picture: async (_, width, height) => ({ width, height, data: new Uint8Array(width * height * 3) }),
      }), (message) => heard(structuredClone(message)))
      return { post: (message) => void answer(structuredClone(message)), terminate: () => {} }
    },
  })
  return { runtime, inference }
}
const click = (number: number) => ({ manifest: segmenter(), item: pictureItem('a'), prompt: { points: [{ x: 1, y: 1, positive: true }], box: null }, number, previous: null, start: null })

test('the second click never runs the encoder, nor does a picture that is opened again', async () => {
  const { inference, runtime } = twoWorkers()
  await inference.segment(click(1))
  await inference.segment(click(2))
  await inference.prepare(segmenter(), pictureItem('b'), { urgent: false })
  await inference.segment(click(3))
  await inference.segment({ ...click(1), item: pictureItem('b') })
  expect(runtime.runs.filter((run) => run.startsWith('e'))).toHaveLength(2)
  expect(runtime.runs.filter((run) => run.startsWith('d'))).toHaveLength(4)
  expect(inference.state.getState().latencies).toMatchObject({ encoder: [0, 0], decoder: [0, 0, 0, 0] })
})

test('when the graphics processor fails in the middle, it goes on with WebAssembly, once, and says so', async () => {
  const { inference, runtime } = twoWorkers()
  await inference.segment(click(1))
  expect(inference.state.getState().backend?.kind).toBe('webgpu')
  runtime.failing.webgpu = 'GPUDevice lost'
  expect((await inference.segment(click(2))).cutout).not.toBeNull()
  expect(inference.state.getState()).toMatchObject({ backend: { kind: 'wasm', reason: { kind: 'fell-back', message: 'GPUDevice lost' } }, note: expect.stringContaining('GPUDevice lost') })
  expect(runtime.runs.filter((run) => run.startsWith('e'))).toEqual(['e webgpu'])
  await inference.segment(click(3))
  expect(runtime.runs.at(-1)).toBe('d wasm')
})

test('a failure on the processor is the caller’s', async () => {
  const { inference, runtime } = twoWorkers(adapterOf({ fallback: true }))
  runtime.failing.wasm = 'bad shape'
  await expect(inference.segment(click(1))).rejects.toThrow('bad shape')
  expect(inference.state.getState().backend?.reason.kind).toBe('software')
})
