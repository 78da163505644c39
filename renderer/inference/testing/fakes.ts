import type { Manifest } from '#shared/prelabel/manifest.ts'
import { coarseSide } from '#shared/prelabel/prompt/feeds.ts'
import type { Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import type { Adapter, BackendKind } from '../backend.ts'
import type { Folder } from '../embeddingStore.ts'
import type { PictureItem } from '../protocol.ts'
import type { LoadedGraph, Runtime } from '../runtime.ts'

const mean: [number, number, number] = [0, 0, 0]
const one: [number, number, number] = [1, 1, 1]

/** A segmenter whose files are one byte each: `e` for the encoder, `d` for the decoder. */
export const segmenter = (id = 'cutter', bytes = 1): Manifest => ({
  schema: 1, id, name: 'Cutter', version: '1', task: 'prompt-segment', licence: 'MIT', source: 'a test',
  files: [
    { name: 'encoder', path: 'e.onnx', bytes, hash: `${id}e`.padEnd(64, '0').replaceAll(/[^0-9a-f]/gu, 'a') },
    { name: 'decoder', path: 'd.onnx', bytes, hash: `${id}d`.padEnd(64, '1').replaceAll(/[^0-9a-f]/gu, 'b') },
  ],
  input: { kind: 'image', name: null, layout: 'nchw', channels: 'rgb', type: 'float32', size: { kind: 'fixed', width: 16, height: 16 }, fit: 'top-left', pad: mean, scale: 1, mean, deviation: one },
  head: { kind: 'sam', embedding: null, longest: 16 }, classes: [], threshold: 0.5, overlap: 0.5, mostDetections: 1,
})

export const pictureItem = (name: string): PictureItem => ({ asset: `asset:${name}`, url: `/media/${name}`, width: 32, height: 16 })

const floats = (dims: number[], value: number): Tensor => ({ type: 'float32', dims, data: new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(value) })

export interface FakeRuntime extends Runtime {
  readonly loaded: { readonly backend: BackendKind; readonly first: number }[]
  readonly runs: string[]
  released: number
  /** Set to make the next runs of a backend throw. */
  failing: Partial<Record<BackendKind, string>>
}

/** Stands in for onnxruntime: a file that begins with `e` is an encoder, one with `d` a decoder, any other the self-test. */
export function fakeRuntime(selfTest: Partial<Record<BackendKind, number>> = {}): FakeRuntime {
  const runtime: FakeRuntime = {
    loaded: [], runs: [], released: 0, failing: {},
    async load(bytes, backend) {
      const first = bytes[0]!
      runtime.loaded.push({ backend, first })
      const kind = String.fromCodePoint(first)
      const graph: LoadedGraph = {
        inputs: [{ name: 'input', type: 'float32', dims: [] }], outputs: [{ name: kind === 'e' ? 'embedding' : 'y', type: 'float32', dims: [] }],
        async run(feeds) {
          runtime.runs.push(`${kind} ${backend}`)
          const why = runtime.failing[backend]
          if (why) throw new Error(why)
          if (kind === 'e') return { embedding: floats([1, 2, 2, 2], 7) }
          return kind === 'd' ? masksFor(feeds) : { y: floats([4], selfTest[backend] ?? 1) }
        },
        async release() { runtime.released += 1 },
      }
      return graph
    },
  }
  return runtime
}

function masksFor(feeds: Tensors): Tensors {
  const [height = 0, width = 0] = feeds['orig_im_size']!.data as Float32Array
  return { masks: floats([1, 1, height, width], 1), iou_predictions: floats([1, 1], 0.9), low_res_masks: floats([1, 1, coarseSide, coarseSide], 3) }
}

export const adapterOf = (change: Partial<Adapter> = {}): Adapter => ({ vendor: 'nvidia', architecture: 'ampere', device: '', description: '', fallback: false, ...change })

/** A folder in memory, with a clock that counts its uses. */
export function fakeFolder(): Folder & { readonly files: Map<string, { bytes: Uint8Array; usedAt: number }> } {
  const files = new Map<string, { bytes: Uint8Array; usedAt: number }>()
  let clock = 0
  return {
    files,
    list: async () => [...files].map(([name, { bytes, usedAt }]) => ({ name, bytes: bytes.length, usedAt })),
    read: async (name) => files.get(name)?.bytes ?? null,
    async write(name, bytes) { files.set(name, { bytes: bytes.slice(), usedAt: ++clock }) },
    async touch(name) { files.get(name)!.usedAt = ++clock },
    async remove(name) { files.delete(name) },
  }
}
