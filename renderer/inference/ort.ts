import * as ort from 'onnxruntime-web/webgpu'
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url'
import binary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import type { Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import type { LoadedGraph, Runtime } from './runtime.ts'

/** onnxruntime-web with its own files, which we serve ourselves. */
export function ortRuntime(threads: number): Runtime {
  const { env } = ort
  // Absolute: the glue starts its threads from its own address.
  env.wasm.wasmPaths = { mjs: new URL(glue, location.href).href, wasm: new URL(binary, location.href).href }
  env.wasm.numThreads = threads
  env.logLevel = 'error'
  return {
    async load(bytes, backend) {
      const session = await ort.InferenceSession.create(bytes, { executionProviders: [backend], graphOptimizationLevel: 'all', logSeverityLevel: 3 })
      return graphOf(session)
    },
  }
}

function graphOf(session: ort.InferenceSession): LoadedGraph {
  const ports = (all: readonly ort.InferenceSession.ValueMetadata[]) => all.map((port) => (
    port.isTensor ? { name: port.name, type: port.type, dims: port.shape } : { name: port.name, type: 'other', dims: [] }))
  return {
    inputs: ports(session.inputMetadata), outputs: ports(session.outputMetadata),
    async run(feeds) {
      const given = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, ortTensor(tensor)]))
      const results = await session.run(given)
      return Object.fromEntries(Object.entries(results).map(([name, tensor]) => [name, ourTensor(name, tensor)])) satisfies Tensors
    },
    release: () => session.release(),
  }
}

function ortTensor(tensor: Tensor): ort.Tensor {
  switch (tensor.type) {
    case 'float32': return new ort.Tensor('float32', tensor.data, tensor.dims)
    case 'uint8': return new ort.Tensor('uint8', tensor.data, tensor.dims)
    case 'bool': return new ort.Tensor('bool', tensor.data, tensor.dims)
    case 'int32': return new ort.Tensor('int32', tensor.data, tensor.dims)
    case 'int64': return new ort.Tensor('int64', tensor.data, tensor.dims)
  }
}

function ourTensor(name: string, { type, dims, data }: ort.Tensor): Tensor {
  if (type === 'float32' && data instanceof Float32Array) return { type, dims, data }
  if ((type === 'uint8' || type === 'bool') && data instanceof Uint8Array) return { type, dims, data }
  if (type === 'int32' && data instanceof Int32Array) return { type, dims, data }
  if (type === 'int64' && data instanceof BigInt64Array) return { type, dims, data }
  throw new Error(`The output “${name}” has the type ${type}, which Quorum does not read.`)
}
