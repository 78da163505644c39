import type { Manifest, RunSettings } from './manifest.ts'
import type { Outcome } from './prediction.ts'
import type { Sample } from './sample.ts'
import type { Sessions } from './tensor.ts'

/** Runs the graphs of a model over one item. Throws QuorumErrors in words; what it returns is finite and within the item. */
export type Runner = (manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings) => Promise<Outcome>
