import type { Session } from '#shared/prelabel/tensor.ts'
import type { BackendKind } from './backend.ts'

/** A graph in memory. */
export interface LoadedGraph extends Session { release(): Promise<void> }

/** What runs graphs: onnxruntime-web in the worker, a stand-in under test. */
export interface Runtime { load(bytes: Uint8Array, backend: BackendKind): Promise<LoadedGraph> }
