import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, LabelId, TierId } from '#shared/model/id.ts'
import type { ItemInput } from './item.ts'

/* Marks and items for the tests of this folder. */

export const person = (name: string) => name as Author
export const asset = (name: string) => `asset:${name}` as AssetId
export const labelId = (name: string) => `label:${name}` as LabelId
export const tierId = (name: string) => `tier:${name}` as TierId

export const box = (x: number, y: number, width = 100, height = 100): Geometry => ({ kind: 'box', x, y, width, height })
export const segment = (start: number, end: number, tier = 'one'): Geometry => ({ kind: 'segment', tier: tierId(tier), start: Math.round(start * 1000), end: Math.round(end * 1000), rate: 1000 })
export const whole: Geometry = { kind: 'item' }

/** A person's mark; `layer` is the person unless it is said otherwise. */
export function mark(id: string, by: string, label: string | null, geometry: Geometry, more: Partial<Annotation> = {}): Annotation {
  return {
    type: 'annotation', id: `annotation:${id}` as AnnotationId, asset: asset('a'), layer: by as string as Layer, author: by as Author, label: label === null ? null : labelId(label),
    geometry, attributes: {}, text: null, direction: 'auto', language: null, group: null, order: 0, flags: [], draft: false, provenance: { by: 'human', origin: null }, ...more,
  }
}

export const itemOf = (people: readonly string[], annotations: readonly Annotation[], more: Partial<ItemInput> = {}): ItemInput => ({ asset: asset('a'), people: people.map(person), annotations, ...more })
