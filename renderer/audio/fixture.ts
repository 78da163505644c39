import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { AnnotationId, AssetId, TierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'
import { segmentGeometry } from './segments.ts'

/** Records for tests and benchmarks of sounds. */
export const tier = (name: string, parts: Partial<Tier> = {}): Tier => ({
  type: 'tier', id: `tier:${name}` as TierId, name, order: 0, parent: null, constraint: 'none', points: false, overlap: false, ...parts,
})

export const segment = (id: string, start: number, end: number, parts: Partial<Annotation> & { readonly tier?: TierId; readonly rate?: number } = {}): Annotation => {
  const { tier: tierId = 'tier:a' as TierId, rate = 16_000, ...rest } = parts
  return {
    type: 'annotation', id: `annotation:${id}` as AnnotationId, asset: 'asset:a' as AssetId, layer: 'ada' as Layer, author: 'ada' as Author, label: null,
    geometry: segmentGeometry(tierId, start, end, rate), attributes: {}, text: null, direction: 'auto', language: null, group: null, order: 0, flags: [], draft: false, provenance: { by: 'human', origin: null }, ...rest,
  }
}
