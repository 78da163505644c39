import { expect, test } from 'vitest'
import { embeddingKey } from './embeddingKey.ts'
import { createEmbeddingStore } from './embeddingStore.ts'
import type { Message, Progress } from './protocol.ts'
import { serve } from './serve.ts'
import { createService, type Surroundings } from './service.ts'
import { adapterOf, fakeFolder, fakeRuntime, pictureItem, segmenter } from './testing/fakes.ts'

const quiet = () => {}
const prompt = { points: [{ x: 3, y: 3, positive: true }], box: null }

function setUp(change: Partial<Surroundings> = {}) {
  const runtime = fakeRuntime()
  const folder = fakeFolder()
  const fetched: string[] = []
  const around: Surroundings = {
    runtime: () => runtime, adapter: async () => null, now: () => 0, store: createEmbeddingStore(folder, 10_000),
    fetch: async (url) => { fetched.push(url); return new Response(new TextEncoder().encode(url.includes('/encoder/') ? 'e' : 'd')) },
    picture: async (_, width, height) => ({ width, height, data: new Uint8Array(width * height * 3) }),
    ...change,
  }
  const service = createService(around)
  return { runtime, folder, fetched, service, start: () => service.start({ want: 'auto', threads: 2, fellBack: null }, quiet) }
}

const ask = (item = pictureItem('a'), number = 1, previous: number | null = null) => ({ manifest: segmenter(), item, prompt, number, previous, start: null })
const look = (name = 'a', give = false) => ({ manifest: segmenter(), item: pictureItem(name), give })

test('a picture is calculated once, then comes from memory; a new worker finds it on disk', async () => {
  const { service, start, runtime, folder } = setUp()
  await start()
  expect(await service.embed(look('a', true), quiet)).toMatchObject({ from: 'encoder', dims: [1, 2, 2, 2], embedding: new Float32Array(8).fill(7) })
  expect(await service.embed(look(), quiet)).toMatchObject({ from: 'memory', embedding: null })
  const again = setUp({ store: createEmbeddingStore(folder, 10_000) })
  await again.start()
  expect(await again.service.embed(look(), quiet)).toMatchObject({ from: 'disk' })
  expect(again.runtime.runs).toEqual([])
  expect(runtime.runs).toEqual(['e wasm'])
})

test('another encoder, or another picture, is another embedding', async () => {
  const { service, start, runtime } = setUp()
  await start()
  await service.embed(look('a'), quiet)
  await service.embed(look('b'), quiet)
  await service.embed({ manifest: segmenter('other'), item: pictureItem('a'), give: false }, quiet)
  expect(runtime.runs).toHaveLength(3)
})

test('a click needs the embedding and nothing else of the encoder', async () => {
  const { service, start, runtime } = setUp()
  await start()
  await expect(service.segment(ask(), quiet)).rejects.toMatchObject({ code: 'lost' })
  await service.hold({ key: embeddingKey('asset:a', segmenter()), embedding: new Float32Array(8), dims: [1, 2, 2, 2] }, quiet)
  const { cutout } = await service.segment(ask(), quiet)
  expect(cutout).toMatchObject({ stepX: 2, stepY: 2, mask: { width: 16, height: 8 } })
  expect(runtime.runs).toEqual(['d wasm'])
})

test('a search is asked place by place, and only while it is the newest', async () => {
  const { service, start, runtime } = setUp()
  await start()
  const seek = { manifest: segmenter(), item: pictureItem('a'), search: 1, examples: [{ kind: 'mask' as const, x: 0, y: 0, width: 16, height: 16, counts: [0, 256] }] }
  const place = { x: 24, y: 8, score: 1 }
  await expect(service.seek(seek, quiet)).rejects.toMatchObject({ code: 'lost' })
  // Two channels: the left of the picture is one thing, the right another.
  await service.hold({ key: embeddingKey('asset:a', segmenter()), embedding: Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0), dims: [1, 2, 2, 2] }, quiet)
  expect((await service.seek(seek, quiet)).places).toEqual(expect.any(Array))
  // The stand-in cuts out all of the picture, which is more than three of the example.
  expect(await service.look({ manifest: segmenter(), item: pictureItem('a'), search: 1, place }, quiet)).toEqual({ found: null })
  expect(runtime.runs.filter((run) => run === 'd wasm').length).toBeGreaterThan(0)
  await expect(service.look({ manifest: segmenter(), item: pictureItem('a'), search: 2, place }, quiet)).rejects.toMatchObject({ code: 'lost' })
  expect((await service.seek({ ...seek, search: 3, examples: [{ kind: 'mask', x: 0, y: 0, width: 2, height: 2, counts: [0, 4] }] }, quiet)).places).toBeNull()
})

test('graphs are given up, the least recently used first, when they take too much', async () => {
  const { runtime, service, start } = setUp({ fetch: async () => new Response(new Uint8Array(70 << 20).fill(101)) })
  await start()
  for (const id of ['a', 'b', 'c', 'd']) await service.embed({ manifest: segmenter(id, 70 << 20), item: pictureItem('a'), give: false }, quiet)
  expect(runtime.loaded).toHaveLength(4)
  expect(runtime.released).toBeGreaterThanOrEqual(1)
})

test('the model is fetched with progress; one that is cut short or too long is refused in words', async () => {
  const told: Progress[] = []
  const { service, start } = setUp()
  await start()
  await service.embed(look(), (progress) => told.push(progress))
  expect(told).toEqual([{ step: 'fetching', done: 1, total: 1 }, { step: 'loading' }, { step: 'calculating' }])
  for (const [bytes, words] of [[0, 'cut short'], [2, 'larger than its description']] as const) {
    const bad = setUp({ fetch: async () => new Response(new Uint8Array(bytes)) })
    await bad.start()
    await expect(bad.service.embed(look(), quiet)).rejects.toThrow(words)
  }
  const gone = setUp({ fetch: async () => new Response(null, { status: 404 }) })
  await gone.start()
  await expect(gone.service.embed(look(), quiet)).rejects.toThrow('is not there (404')
})

test('a failure on the graphics processor is told apart from one on the processor', async () => {
  const gpu = setUp({ adapter: async () => adapterOf() })
  expect(await gpu.start()).toMatchObject({ kind: 'webgpu' })
  gpu.runtime.failing.webgpu = 'GPUDevice lost'
  await expect(gpu.service.embed(look(), quiet)).rejects.toMatchObject({ code: 'backend', message: 'GPUDevice lost' })
  expect(await gpu.service.start({ want: 'wasm', threads: 2, fellBack: 'GPUDevice lost' }, quiet)).toMatchObject({ kind: 'wasm', reason: { kind: 'fell-back' } })
  const cpu = setUp()
  await cpu.start()
  cpu.runtime.failing.wasm = 'std::bad_alloc'
  await expect(cpu.service.embed(look(), quiet)).rejects.toMatchObject({ code: 'failed', message: expect.stringContaining('not enough memory') })
})

test('an encoder that gives no numbers is a failure, not an embedding', async () => {
  const runtime = fakeRuntime()
  const { service, start, folder } = setUp({ runtime: () => ({ load: async (bytes, backend) => ({ ...(await runtime.load(bytes, backend)), run: async () => ({ embedding: { type: 'float32', dims: [2], data: Float32Array.of(1, Number.NaN) } }) }) }) })
  await start()
  await expect(service.embed(look(), quiet)).rejects.toThrow('no numbers')
  expect(folder.files.size).toBe(0)
})

test('what is no request, or has a wrong input, is answered with a failure', async () => {
  const sent: Message[] = []
  const answer = serve(setUp().service, (message) => sent.push(message))
  await answer({ id: 4, method: 'explode', input: {} })
  await answer({ id: 5, method: 'segment', input: { prompt: 'here' } })
  await answer({ id: 6, method: 'embed', input: look() })
  expect(sent.filter(({ kind }) => kind !== 'progress').map(({ kind, id }) => [kind, id])).toEqual([['failure', 4], ['failure', 5], ['failure', 6]])
  await answer({ id: 7, method: 'start', input: { want: 'auto', threads: 2, fellBack: null } })
  expect(sent.at(-1)).toMatchObject({ kind: 'value', id: 7, value: { kind: 'wasm' } })
})
