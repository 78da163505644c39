import { QuorumError } from '#shared/contract/errors.ts'
import { heads } from './heads.ts'
import type { Manifest, RunSettings } from './manifest.ts'
import type { Outcome } from './prediction.ts'
import type { Sample } from './sample.ts'
import type { Sessions } from './tensor.ts'

/**
 * What a model says about one item, in the item's own pixels or seconds. Graphs may give anything: what is not finite is left out and noted,
 * what does not fit the manifest is a QuorumError in words.
 */
export async function predict(manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings): Promise<Outcome> {
  const runner = heads[manifest.head.kind]
  if (!runner) throw new QuorumError('unsupported', `“${manifest.name}” (${manifest.head.kind}) cannot look through items on its own.`)
  return runner(manifest, sessions, sample, settings)
}
