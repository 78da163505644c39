import { rounded, roundedBox } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import { Layer, type Author } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, TierId } from '#shared/model/id.ts'
import type { Provenance } from '#shared/model/provenance.ts'
import type { LabelOf } from './mapping.ts'
import type { Prediction } from './prediction.ts'

type ModelProvenance = Extract<Provenance, { by: 'model' }>

export interface DraftContext {
  readonly asset: Asset
  /** Who asked for the drafts. */
  readonly author: Author
  readonly labelOf: LabelOf
  /** Whether what has no label becomes a draft without one: rules know no classes; a class without anything drawn needs one all the same. Lines of text and stretches of time always do. */
  readonly unlabelled: boolean
  /** The same for all drafts of a run, apart from what the model says of each. */
  readonly provenance: Omit<ModelProvenance, 'score' | 'margin' | 'entropy'>
  /** Where stretches of time go; null leaves them out. */
  readonly tier: TierId | null
  readonly newId: () => AnnotationId
}

export interface Drafts {
  readonly annotations: Annotation[]
  /** Predictions of classes without a label, by class. */
  readonly unmapped: Record<string, number>
}

/** The layer of a model's drafts. */
export const modelLayer = (model: string): Layer => Layer.parse(`model:${model}`)

/** What a model said about an item as drafts in the model's layer, in the order in which it was said. */
export function draftsOf(predictions: readonly Prediction[], context: DraftContext): Drafts {
  const { asset, author, provenance } = context
  const layer = modelLayer(provenance.model)
  const annotations: Annotation[] = []
  const unmapped: Record<string, number> = {}
  for (const prediction of predictions) {
    const { className, score, text, margin, entropy } = prediction
    const geometry = geometryOf(prediction, context)
    if (geometry === null) continue
    const label = context.labelOf(className)
    const speaksForItself = geometry.kind === 'text-line' || geometry.kind === 'segment' || (geometry.kind === 'item' && text !== null)
    if (label === undefined && !speaksForItself && !(context.unlabelled && geometry.kind !== 'item')) {
      unmapped[className] = (unmapped[className] ?? 0) + 1
      continue
    }
    if (label === null && !speaksForItself) continue
    annotations.push({
      type: 'annotation', id: context.newId(), asset: asset.id, layer, author, label: label ?? null, geometry, attributes: {}, text, direction: 'auto', language: null,
      group: null, order: annotations.length, flags: [], draft: true, provenance: { ...provenance, score: fine(score), ...(margin === null ? {} : { margin: fine(margin) }), ...(entropy === null ? {} : { entropy: fine(entropy) }) },
    })
  }
  return { annotations, unmapped }
}

/** Null for what does not go with the item, or has nowhere to go. */
function geometryOf({ geometry }: Prediction, { asset, tier }: DraftContext): Geometry | null {
  if (geometry.kind === 'item') return geometry
  // A box is compared with what the bare model says, to a thousandth of a pixel.
  if (geometry.kind === 'box') return asset.kind === 'image' ? roundedBox(geometry, 1000) : null
  if (geometry.kind !== 'stretch') return asset.kind === 'image' ? rounded(geometry) : null
  if (asset.kind !== 'audio' || tier === null) return null
  const tick = (seconds: number) => Math.min(Math.max(0, Math.round(seconds * asset.sampleRate)), Math.round(asset.duration * asset.sampleRate))
  const start = tick(geometry.start), end = tick(geometry.end)
  return end > start ? { kind: 'segment', tier, start, end, rate: Math.round(asset.sampleRate) } : null
}

/** A score, a margin or an entropy to four decimals: finer is noise, and bytes in every record. */
const fine = (score: number) => Math.round(score * 1e4) / 1e4
