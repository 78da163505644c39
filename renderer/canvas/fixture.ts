import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'

/** An annotation of Ada's for tests. */
export const shape = (id: string, geometry: Geometry, order = 0): Annotation => ({
  type: 'annotation', id: `annotation:${id}` as AnnotationId, asset: 'asset:a' as AssetId, layer: 'Ada' as Layer, author: 'Ada' as Author, label: null,
  geometry, attributes: {}, text: null, direction: 'auto', language: null, group: null, order, flags: [], draft: false, provenance: { by: 'human', origin: null },
})

export const box = (x: number, y: number, width: number, height: number): Geometry => ({ kind: 'box', x, y, width, height })
