import type * as OrtModule from 'onnxruntime-web/wasm'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web/wasm'
import gpuGlue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'
import gpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import binary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import { fedTo, fromHalves, type Fed } from '#shared/prelabel/half.ts'
import type { Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import type { BackendKind } from './backend.ts'
import type { LoadedGraph, Runtime } from './runtime.ts'

type Ort = typeof OrtModule

/**
 * onnxruntime-web with its own files, which we serve ourselves. The build that knows WebGPU can be stopped in the middle of a graph
 * (asyncify), which makes its WebAssembly several times slower: graphs that run there have the plain build, and only one of the two
 * is loaded where the other is not needed.
 */
export function ortRuntime(threads: number): Runtime {
  const builds: { [Kind in BackendKind]?: Promise<Ort> } = {}
  const load = (backend: BackendKind) => (builds[backend] ??= backend === 'wasm'
    ? import('onnxruntime-web/wasm').then((ort) => withFiles(ort, glue, binary, threads))
    : import('onnxruntime-web/webgpu').then((ort) => withFiles(ort, gpuGlue, gpuBinary, threads)))
  return {
    async load(bytes, backend) {
      const ort = await load(backend)
      const session = await ort.InferenceSession.create(bytes, { executionProviders: [backend], graphOptimizationLevel: 'all', logSeverityLevel: 3 })
      return graphOf(ort, session)
    },
  }
}

async function withFiles(ort: Ort, mjs: string, wasm: string, threads: number): Promise<Ort> {
  const { env } = ort
  // Absolute: the glue starts its threads from its own address.
  env.wasm.wasmPaths = { mjs: new URL(mjs, location.href).href }
  // Past the browser's cache: it has little room for files of this size, and fails (ERR_CACHE_WRITE_FAILURE) where two workers ask at once.
  env.wasm.wasmBinary = await (await fetch(new URL(wasm, location.href), { cache: 'no-store' })).arrayBuffer()
  env.wasm.numThreads = threads
  env.logLevel = 'error'
  return ort
}

function graphOf(ort: Ort, session: InferenceSession): LoadedGraph {
  const ports = (all: readonly InferenceSession.ValueMetadata[]) => all.map((port) => (
    port.isTensor ? { name: port.name, type: port.type, dims: port.shape } : { name: port.name, type: 'other', dims: [] }))
  const inputs = ports(session.inputMetadata)
  return {
    inputs, outputs: ports(session.outputMetadata),
    async run(feeds) {
      const given = Object.fromEntries(Object.entries(fedTo(inputs, feeds)).map(([name, tensor]) => [name, ortTensor(ort, tensor)]))
      const results = await session.run(given)
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, ourTensor(name, tensor)])) satisfies Tensors
    },
    release: () => session.release(),
  }
}

function ortTensor(ort: Ort, tensor: Fed): OrtTensor {
  switch (tensor.type) {
    case 'float32': return new ort.Tensor('float32', tensor.data, tensor.dims)
    case 'float16': return new ort.Tensor('float16', tensor.data, tensor.dims)
    case 'uint8': return new ort.Tensor('uint8', tensor.data, tensor.dims)
    case 'bool': return new ort.Tensor('bool', tensor.data, tensor.dims)
    case 'int32': return new ort.Tensor('int32', tensor.data, tensor.dims)
    case 'int64': return new ort.Tensor('int64', tensor.data, tensor.dims)
  }
}

function ourTensor(name: string, { type, dims, data }: OrtTensor): Tensor {
  if (type === 'float32' && data instanceof Float32Array) return { type, dims, data }
  if (type === 'float16') return { type: 'float32', dims, data: data instanceof Uint16Array ? fromHalves(data) : Float32Array.from(data as ArrayLike<number>) }
  if ((type === 'uint8' || type === 'bool') && data instanceof Uint8Array) return { type, dims, data }
  if (type === 'int32' && data instanceof Int32Array) return { type, dims, data }
  if (type === 'int64' && data instanceof BigInt64Array) return { type, dims, data }
  throw new Error(`The output “${name}” has the type ${type}, which Quorum does not read.`)
}
