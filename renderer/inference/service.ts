import { messageOf } from '#shared/contract/errors.ts'
import type { ImageInput, Manifest } from '#shared/prelabel/manifest.ts'
import { beginSearch, lookAt, type Search } from '#shared/prelabel/prompt/alike/search.ts'
import { answerPrompt } from '#shared/prelabel/prompt/answer.ts'
import { frameOf } from '#shared/prelabel/prompt/frame.ts'
import { startMask } from '#shared/prelabel/prompt/startMask.ts'
import type { Picture } from '#shared/prelabel/sample.ts'
import type { Session, Sessions, Tensor } from '#shared/prelabel/tensor.ts'
import { pictureTensor } from '#shared/prelabel/text/pictureTensor.ts'
import { recogniserOf } from '#shared/prelabel/text/predict.ts'
import { recogniseLines } from '#shared/prelabel/text/recognise.ts'
import { chooseBackend, type Adapter, type Backend } from './backend.ts'
import type { Embedding, EmbeddingStore } from './embeddingStore.ts'
import { embeddingKey } from './embeddingKey.ts'
import { fileOf, graphBytes, textOf } from './modelFiles.ts'
import { InferenceError, type Given, type Got, type MethodName, type PictureItem, type Progress } from './protocol.ts'
import { Recent } from './recent.ts'
import type { LoadedGraph, Runtime } from './runtime.ts'
import { compareBackends } from './selfTest.ts'

/** What the worker's work needs of the browser; stand-ins under test. */
export interface Surroundings {
  /** Once, when the number of threads is known. */
  runtime(threads: number): Runtime
  adapter(): Promise<Adapter | null>
  fetch(url: string): Promise<Response>
  /** The picture at exactly this size. */
  picture(url: string, width: number, height: number): Promise<Picture>
  store: EmbeddingStore
  now(): number
}

/** Bytes that may stay in memory: graphs (a graph takes about twice its file), embeddings, coarse masks, pictures of pages. */
const memory = { graphs: 320 << 20, embeddings: 40 << 20, coarse: 4 << 20, pages: 64 << 20 } as const
/** The longest side of a picture that colours are compared in, in pixels. */
const longestColours = 512
/** The longest side of a picture that lines are read from, in pixels. */
const longestPage = 4096

type Tell = (progress: Progress) => void
type Handler<M extends MethodName> = (input: Given<M>, tell: Tell) => Promise<Got<M>>
export type Handlers = { readonly [M in MethodName]: Handler<M> }

/** Everything the worker does, one request at a time. */
export function createService(around: Surroundings): Handlers {
  const graphs = new Recent<LoadedGraph>(memory.graphs, (graph) => void graph.release().catch(() => undefined))
  const embeddings = new Recent<Embedding>(memory.embeddings)
  const coarse = new Recent<Float32Array>(memory.coarse)
  const pages = new Recent<Picture>(memory.pages)
  const texts = new Map<string, string>()
  let runtime: Runtime | null = null
  let backend: Backend | null = null
  let search: { readonly number: number; readonly of: Search } | null = null

  const running = () => {
    if (!runtime || !backend) throw new Error('the worker was not started')
    return { runtime, backend }
  }

  async function graph(manifest: Manifest, name: string, tell: Tell): Promise<Session> {
    const file = fileOf(manifest, name)
    const known = graphs.get(file.hash)
    if (known) return onBackend(known)
    const bytes = await graphBytes(around.fetch, manifest, name, tell)
    tell({ step: 'loading' })
    const loaded = await guarded(() => running().runtime.load(bytes, running().backend.kind))
    graphs.set(file.hash, loaded, file.bytes * 2)
    return onBackend(loaded)
  }

  /** A failure while the graphics processor works is told apart: elsewhere the same may succeed. */
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      const message = messageOf(error)
      throw new InferenceError(running().backend.kind === 'webgpu' ? 'backend' : 'failed', inWords(message))
    }
  }
  const onBackend = (loaded: LoadedGraph): Session => ({ inputs: loaded.inputs, outputs: loaded.outputs, run: (feeds) => guarded(() => loaded.run(feeds)) })

  async function calculate(manifest: Manifest, item: PictureItem, tell: Tell): Promise<Embedding & { readonly ms: number }> {
    const input = imageInput(manifest)
    if (input.size.kind !== 'fixed') throw new Error(`The encoder of “${manifest.name}” must have a fixed size.`)
    const frame = frameOf(item.width, item.height, input.size.width)
    const encoder = await graph(manifest, 'encoder', tell)
    tell({ step: 'calculating' })
    const began = around.now()
    const picture = await around.picture(item.url, frame.width, frame.height)
    const fed = pictureTensor([picture], input, input.size.width, input.size.height)
    const outputs = await encoder.run({ [input.name ?? encoder.inputs[0]!.name]: fed })
    const name = manifest.head.kind === 'sam' ? manifest.head.embedding : null
    const output = outputs[name ?? encoder.outputs[0]!.name]
    if (output?.type !== 'float32' || !output.data.every(Number.isFinite)) throw new InferenceError(running().backend.kind === 'webgpu' ? 'backend' : 'failed', 'The encoder gave no numbers for this picture.')
    return { dims: output.dims, data: output.data, ms: around.now() - began }
  }

  /** The embedding of a picture as a decoder takes it. */
  const held = (manifest: Manifest, item: PictureItem): Tensor => {
    const embedding = embeddings.get(embeddingKey(item.asset, manifest))
    if (!embedding) throw lost()
    return { type: 'float32', dims: embedding.dims, data: embedding.data }
  }
  const remember = (key: string, embedding: Embedding) => embeddings.set(key, embedding, embedding.data.byteLength)

  return {
    async start({ want, threads, fellBack }) {
      runtime ??= around.runtime(threads)
      const here = runtime
      backend = want === 'wasm'
        ? { kind: 'wasm', reason: fellBack === null ? { kind: 'asked' } : { kind: 'fell-back', message: fellBack }, adapter: '', comparison: null, threads }
        : await chooseBackend(await around.adapter(), threads, () => compareBackends(here, around.now))
      return backend
    },

    async embed({ manifest, item, give }, tell) {
      const key = embeddingKey(item.asset, manifest)
      const began = around.now()
      const answer = (from: Got<'embed'>['from'], { dims, data }: Embedding, ms = around.now() - began): Got<'embed'> =>
        // A copy: what is sent away is gone from here.
        ({ from, ms, dims: [...dims], embedding: give ? data.slice() : null })
      const held = embeddings.get(key)
      if (held) return answer('memory', held)
      const stored = await around.store.get(key)
      if (stored) {
        remember(key, stored)
        return answer('disk', stored)
      }
      const made = await calculate(manifest, item, tell)
      remember(key, made)
      await around.store.put(key, made)
      return answer('encoder', made, made.ms)
    },

    async load({ manifest, file }, tell) {
      await graph(manifest, file, tell)
      return {}
    },

    async hold({ key, embedding, dims }) {
      remember(key, { data: embedding, dims })
      return {}
    },

    async segment({ manifest, item, prompt, number, previous, start }, tell) {
      const image = held(manifest, item)
      const decoder = await graph(manifest, 'decoder', tell)
      const began = around.now()
      const frame = frameFor(manifest, item)
      const before = previous === null ? undefined : coarse.get(`${item.asset} ${previous}`)
      let graphMs = 0
      const timed: Session = { ...decoder, async run(feeds) { const from = around.now(); const out = await decoder.run(feeds); graphMs = around.now() - from; return out } }
      const found = await answerPrompt(timed, image, prompt, before ?? (start && startMask(start, frame)), frame)
      coarse.set(`${item.asset} ${number}`, found.coarse, found.coarse.byteLength)
      return { cutout: found.cutout, ms: around.now() - began, graphMs }
    },

    async seek({ manifest, item, search: number, examples }) {
      const embedding = held(manifest, item)
      const { width, height } = sizeWithin(item, longestColours)
      const of = beginSearch(embedding, frameFor(manifest, item), await around.picture(item.url, width, height), examples)
      search = of && { number, of }
      return { places: of && [...of.places] }
    },

    async look({ manifest, item, search: number, place }, tell) {
      const embedding = held(manifest, item)
      if (search?.number !== number) throw lost()
      return { found: await lookAt(await graph(manifest, 'decoder', tell), embedding, search.of, place) }
    },

    async read({ manifest, item, lines }, tell) {
      const page = pages.get(item.asset) ?? await pageOf(around, item)
      pages.set(item.asset, page, page.data.byteLength)
      const sessions: Record<string, Session> = {}
      for (const { name } of manifest.files) if (name === 'recogniser' || name === 'classifier' || name === 'model') sessions[name] = await graph(manifest, name, tell)
      const recogniser = recogniserOf(manifest, sessions satisfies Sessions, { characters: await textOf(around.fetch, texts, manifest, 'characters') })
      tell({ step: 'calculating' })
      const began = around.now()
      const found = await recogniseLines(recogniser, { kind: 'image', picture: page, width: item.width, height: item.height }, lines)
      return { lines: found.map(({ text, score }) => ({ text, score })), ms: around.now() - began }
    },

    compare: async () => compareBackends(running().runtime, around.now),
    stored: async () => around.store.size(),
    async forget() {
      await around.store.clear()
      embeddings.clear()
      return {}
    },
  }
}

function imageInput({ input, name }: Manifest): ImageInput {
  if (input.kind !== 'image') throw new Error(`The model “${name}” listens to sound; this item is a picture.`)
  return input
}

const lost = () => new InferenceError('lost', 'The picture must be looked at first.')
const frameFor = ({ head }: Manifest, { width, height }: PictureItem) => frameOf(width, height, head.kind === 'sam' ? head.longest : 1024)

/** The size of an item, its longest side at most so long. */
function sizeWithin({ width, height }: PictureItem, longest: number) {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A picture for reading lines, at its own size unless that is beyond reason. */
function pageOf(around: Surroundings, item: PictureItem): Promise<Picture> {
  const { width, height } = sizeWithin(item, longestPage)
  return around.picture(item.url, width, height)
}

const inWords = (message: string): string =>
  (/out of memory|memory access|bad_alloc|allocation|RangeError/iu.test(message) ? `There was not enough memory for the model. Close other programs or tabs and try again. (${message})` : message)
