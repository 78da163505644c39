import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import * as ort from 'onnxruntime-web'
import type { Port, Session, Sessions, Tensor, Tensors, Texts } from '#shared/prelabel/tensor.ts'
import type { Looker } from './protocol.ts'
import { fedTo, fromHalves } from '#shared/prelabel/half.ts'
import { readHeader, whyNotRunnable, type OnnxHeader } from '#shared/prelabel/onnx/header.ts'
import { sentenceOf } from './words.ts'

/** As many as there are processors, at most 8, unless `QUORUM_MODEL_THREADS` says how many: several runs on one machine would only wait for each other. */
const threads = Math.min(8, Math.max(1, Math.floor(Number(process.env['QUORUM_MODEL_THREADS'])) || availableParallelism()))
ort.env.wasm.numThreads = threads
ort.env.logLevel = 'error'

/** How models run here, as it stands in the provenance of what they drafted. */
export const backend = threads > 1 ? `wasm (${threads} threads)` : 'wasm'

/** The graphs and lists of one model, ready to run. */
export interface LoadedModel { readonly sessions: Sessions; readonly texts: Texts }
type ModelSource = Extract<Looker, { kind: 'model' }>
interface Entry { readonly key: string; readonly bytes: number; readonly loaded: Promise<LoadedModel & { release(): Promise<void> }> }

/** Bytes of model files that are kept loaded; the one used longest ago goes first. */
const mostBytes = 256 * 1024 ** 2
const textFiles = new Set(['characters', 'tokenizer', 'vocabulary', 'merges'])
const kept: Entry[] = []

/** A model by its key, loaded when first asked for. Throws in words. */
export async function loadedModel(source: ModelSource): Promise<LoadedModel> {
  const at = kept.findIndex(({ key }) => key === source.key)
  const entry = at >= 0 ? kept.splice(at, 1)[0]! : { key: source.key, bytes: source.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0), loaded: load(source) }
  kept.unshift(entry)
  try {
    const loaded = await entry.loaded
    await evict()
    return loaded
  } catch (error) {
    const place = kept.indexOf(entry)
    if (place >= 0) kept.splice(place, 1)
    throw error
  }
}

async function evict(): Promise<void> {
  while (kept.length > 1 && kept.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) await (await kept.pop()!.loaded.catch(() => null))?.release()
}

async function load({ manifest, files }: ModelSource): Promise<LoadedModel & { release(): Promise<void> }> {
  const texts: Record<string, string> = {}
  const made: Record<string, ort.InferenceSession> = {}
  for (const { name } of manifest.files) {
    const path = files[name]
    if (path === undefined) throw new Error(`The model’s file “${name}” is missing.`)
    if (textFiles.has(name)) texts[name] = await readFile(path, 'utf8')
    else made[name] = await session(await readFile(path), basename(path))
  }
  const sessions = Object.fromEntries(Object.entries(made).map(([name, each]) => [name, wrapped(each)]))
  return { sessions, texts, release: async () => void (await Promise.all(Object.values(made).map((each) => each.release()))) }
}

/** Loads a graph and lets it go again; what it takes and gives. Throws in words. */
export async function tryLoading(bytes: Uint8Array): Promise<Pick<Session, 'inputs' | 'outputs'>> {
  const made = await session(bytes, 'the file')
  const { inputs, outputs } = wrapped(made)
  await made.release()
  return { inputs, outputs }
}

async function session(bytes: Uint8Array, name: string): Promise<ort.InferenceSession> {
  refuseUnrunnable(readHeader(bytes, name))
  try {
    return await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' })
  } catch (error) {
    throw new Error(sentenceOf(error), { cause: error })
  }
}

function wrapped(made: ort.InferenceSession): Session {
  const ports = made.inputMetadata.map(portOf)
  return {
    inputs: ports, outputs: made.outputMetadata.map(portOf),
    async run(feeds) {
      try {
        const inputs = Object.fromEntries(Object.entries(fedTo(ports, feeds)).map(([name, { type, data, dims }]) => [name, new ort.Tensor(type, data, dims)]))
        return outputsOf(await made.run(inputs))
      } catch (error) {
        throw new Error(sentenceOf(error), { cause: error })
      }
    },
  }
}

const portOf = (value: ort.InferenceSession.ValueMetadata): Port => ({
  name: value.name, type: value.isTensor ? value.type : 'other', dims: value.isTensor ? value.shape.map((dim) => (dim === '' ? null : dim)) : [],
})

const outputsOf = (outputs: ort.InferenceSession.OnnxValueMapType): Tensors =>
  Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, tensorOf(name, value as ort.Tensor)]))

/** Numbers of other widths become those that decoders know. */
function tensorOf(name: string, { type, dims, data }: ort.Tensor): Tensor {
  switch (type) {
    case 'float32': return { type, dims, data: data as Float32Array }
    case 'uint8': case 'bool': return { type, dims, data: data as Uint8Array }
    case 'int32': return { type, dims, data: data as Int32Array }
    case 'int64': return { type, dims, data: data as BigInt64Array }
    case 'float16': return { type: 'float32', dims, data: data instanceof Uint16Array ? fromHalves(data) : Float32Array.from(data as ArrayLike<number>) }
    case 'float64': return { type: 'float32', dims, data: Float32Array.from(data as Float64Array) }
    case 'int8': case 'int16': case 'uint16': case 'uint32': return { type: 'int32', dims, data: Int32Array.from(data as Int16Array) }
    default: throw new Error(`The output “${name}” is of type ${type}, which says nothing about an item.`)
  }
}

/** Throws in words for a graph that the runtime would refuse, or that reaches outside of its own file. */
function refuseUnrunnable(header: OnnxHeader): void {
  const why = whyNotRunnable(header)
  if (why !== null) throw new Error(why)
  if (header.externalFiles.length > 0) throw new Error(`The model keeps its weights in another file (${header.externalFiles.slice(0, 3).join(', ')}). Export it as one file, without external data.`)
}
