import { InferenceSession, Tensor, env } from 'onnxruntime-web/wasm'
import glue from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url'
import binary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'

/** The decoder as its makers run it: no picture, no page, the same size of answer as the bench's clicks ask for. */
env.wasm.wasmPaths = { mjs: new URL(glue, location.href).href, wasm: new URL(binary, location.href).href }
env.wasm.numThreads = Math.max(1, Math.min(8, navigator.hardwareConcurrency))
env.logLevel = 'error'

const load = async () => InferenceSession.create(new Uint8Array(await (await fetch('/decoder.onnx')).arrayBuffer()), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' })
let session: Promise<InferenceSession> | null = null

const floats = (data: readonly number[] | Float32Array, dims: number[]) => new Tensor('float32', Float32Array.from(data), dims)
const feeds = (x: number) => ({
  image_embeddings: floats(Float32Array.from({ length: 256 * 64 * 64 }, (_, i) => Math.sin(i)), [1, 256, 64, 64]),
  point_coords: floats([x, 300, 0, 0], [1, 2, 2]), point_labels: floats([1, -1], [1, 2]),
  mask_input: floats(new Float32Array(256 * 256), [1, 1, 256, 256]), has_mask_input: floats([0], [1]), orig_im_size: floats([400, 600], [2]),
})

addEventListener('message', ({ data: runs }: MessageEvent<number>) => {
  const measure = async () => {
    const decoder = await (session ??= load())
    const times: number[] = []
    for (let i = 0; i < runs; i++) {
      const fed = feeds(200 + i * 37)
      const began = performance.now()
      await decoder.run(fed)
      times.push(performance.now() - began)
    }
    return times
  }
  measure().then((times) => postMessage(times), (error: unknown) => postMessage(String(error)))
})
