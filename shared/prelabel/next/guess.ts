import type { Annotation } from '#shared/model/annotation.ts'
import type { Guess } from './signals.ts'

/** What a draft says about what to label next. Without a score nothing is known of a doubt, and it counts as sure. */
export function guessOf({ layer, label, geometry, provenance }: Annotation): Guess {
  if (provenance.by !== 'model') return { model: layer, label, geometry, score: 1, margin: null, entropy: null }
  const { model, score, margin = null, entropy = null } = provenance
  return { model, label, geometry, score: score ?? 1, margin, entropy }
}
