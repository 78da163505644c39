import { z } from 'zod'

export const BackendKind = z.enum(['webgpu', 'wasm'])
export type BackendKind = z.infer<typeof BackendKind>

/** How two backends compared on the same small graph. `difference`: the largest of any output; milliseconds a run. */
export const Comparison = z.object({ difference: z.number().nullable(), webgpuMs: z.number().nullable(), wasmMs: z.number(), failure: z.string().nullable() })
export type Comparison = z.infer<typeof Comparison>

/** Why models run where they run. */
export const Reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('graphics') }),
  z.object({ kind: z.literal('no-webgpu') }),
  z.object({ kind: z.literal('software'), adapter: z.string() }),
  z.object({ kind: z.literal('disagreed'), adapter: z.string(), comparison: Comparison }),
  z.object({ kind: z.literal('fell-back'), message: z.string() }),
  z.object({ kind: z.literal('asked') }),
])
export type Reason = z.infer<typeof Reason>

/** Where models run, and why there. */
export const Backend = z.object({
  kind: BackendKind, reason: Reason,
  /** The graphics processor in its driver's words; empty where there is none. */
  adapter: z.string(), comparison: Comparison.nullable(),
  /** Threads of WebAssembly; 1 where the page may not share memory. */
  threads: z.int().min(1),
})
export type Backend = z.infer<typeof Backend>

/** What the browser says of a graphics processor. */
export interface Adapter { readonly vendor: string; readonly architecture: string; readonly device: string; readonly description: string; readonly fallback: boolean }

export const adapterName = ({ vendor, architecture, device, description }: Adapter): string =>
  description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed adapter'

/** Rasterisers that run on the processor: right, but many times slower than WebAssembly. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|warp|\bcpu\b/iu

export const isSoftware = (adapter: Adapter): boolean =>
  adapter.fallback || [adapter.vendor, adapter.architecture, adapter.device, adapter.description].some((name) => softwareNames.test(name))

/** Largest difference of any output of the self-test, in values of about 1. Software adapters were seen at 3e-4 on whole models. */
export const mostDifference = 1e-3

export const agrees = ({ difference, failure }: Comparison): boolean => failure === null && difference !== null && difference <= mostDifference

/** WebGPU where there is a real graphics processor that calculates rightly; WebAssembly otherwise. `compare` is run only where it can matter. */
export async function chooseBackend(adapter: Adapter | null, threads: number, compare: () => Promise<Comparison>): Promise<Backend> {
  const wasm = (reason: Reason, comparison: Comparison | null = null): Backend => ({ kind: 'wasm', reason, adapter: adapter ? adapterName(adapter) : '', comparison, threads })
  if (!adapter) return wasm({ kind: 'no-webgpu' })
  if (isSoftware(adapter)) return wasm({ kind: 'software', adapter: adapterName(adapter) })
  const comparison = await compare()
  if (!agrees(comparison)) return wasm({ kind: 'disagreed', adapter: adapterName(adapter), comparison }, comparison)
  return { kind: 'webgpu', reason: { kind: 'graphics' }, adapter: adapterName(adapter), comparison, threads }
}
