import { QuorumError } from '#shared/contract/errors.ts'
import type { Withheld } from '#shared/contract/exporting.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'

type Layers = readonly { layer: Layer; annotations: number }[]

/**
 * The layer that leaves: the wanted one; else `final`, else `consensus`, else the only one that holds anything; null
 * for a project without annotations (its media leave alone). Throws `invalid-input` where it cannot be told.
 */
export function selectLayer(layers: Layers, wanted: string | null): Layer | null {
  const filled = layers.filter((each) => each.annotations > 0)
  const names = filled.map((each) => each.layer).join(', ')
  if (wanted !== null) {
    const found = layers.find((each) => each.layer === wanted.normalize('NFC').trim())
    if (found !== undefined) return found.layer
    throw new QuorumError('invalid-input', names === ''
      ? `There is no layer "${wanted}"; the project has no annotations.`
      : `There is no layer "${wanted}". The layers are: ${names}.`)
  }
  const settled = ['final', 'consensus'].map((name) => filled.find((each) => each.layer === name)).find((each) => each !== undefined)
  if (settled !== undefined) return settled.layer
  if (filled.length <= 1) return filled[0]?.layer ?? null
  throw new QuorumError('invalid-input', `Several people's layers could leave (${names}) and none is final. Choose one with --layer, or settle them first.`)
}

/** What stays behind: drafts that no person has touched, unless they are asked for. */
export function withoutDrafts(annotations: readonly Annotation[], includeDrafts: boolean): { kept: Annotation[]; withheld: Withheld[] } {
  const kept = includeDrafts ? [...annotations] : annotations.filter((annotation) => !annotation.draft)
  const drafts = annotations.length - kept.length
  return { kept, withheld: drafts === 0 ? [] : [{ reason: 'draft', count: drafts }] }
}
