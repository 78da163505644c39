import { messageOf } from '#shared/contract/errors.ts'
import type { Comparison } from './backend.ts'
import type { Runtime } from './runtime.ts'
import { selfTestFeeds, selfTestGraph } from './selfTestGraph.ts'

interface Timed { readonly values: readonly number[]; readonly ms: number }

/** Runs the self-test's graph on WebGPU and on WebAssembly. That WebGPU fails is an outcome; that WebAssembly does is an error. */
export async function compareBackends(runtime: Runtime, now: () => number): Promise<Comparison> {
  const wasm = await timed(runtime, 'wasm', now)
  try {
    const webgpu = await timed(runtime, 'webgpu', now)
    return { difference: largestDifference(webgpu.values, wasm.values), webgpuMs: webgpu.ms, wasmMs: wasm.ms, failure: null }
  } catch (error) {
    return { difference: null, webgpuMs: null, wasmMs: wasm.ms, failure: messageOf(error) }
  }
}

async function timed(runtime: Runtime, backend: 'webgpu' | 'wasm', now: () => number): Promise<Timed> {
  const graph = await runtime.load(selfTestGraph(), backend)
  try {
    await graph.run(selfTestFeeds())
    const began = now()
    const { y } = await graph.run(selfTestFeeds())
    if (y?.type !== 'float32') throw new Error('the self-test gave no numbers')
    return { values: [...y.data], ms: now() - began }
  } finally {
    await graph.release()
  }
}

/** Null where a value is no number or the lengths differ. */
function largestDifference(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) return null
  let most = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!)
    if (!Number.isFinite(difference)) return null
    most = Math.max(most, difference)
  }
  return most
}
