import type { RunSettings } from '#shared/prelabel/manifest.ts'
import type { Outcome } from '#shared/prelabel/prediction.ts'
import type { Sample } from '#shared/prelabel/sample.ts'

/** A baseline without weights. Throws in words for one that is not known. */
export async function runRule(id: string, _sample: Sample, _settings: RunSettings): Promise<Outcome> {
  throw new Error(`There is no rule ${id}.`)
}
