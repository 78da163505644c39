import type { Annotation } from '#shared/model/annotation.ts'
import { Author, layerOf } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { AnnotationId, AssetId } from '#shared/model/id.ts'

const me = Author.parse('Mira')
const asset = AssetId.parse('asset:0000000000000000000000000000000000000000')

/** An annotation of Mira's for tests; whatever `change` names is different. */
export function annotationOf(name: string, geometry: Geometry, change: Partial<Annotation> = {}): Annotation {
  return {
    type: 'annotation', id: AnnotationId.parse(`annotation:${name}`), asset, layer: layerOf(me), author: me, label: null, geometry,
    attributes: {}, text: null, direction: 'auto', language: null, group: null, order: 0, flags: [], draft: false,
    provenance: { by: 'human', origin: null }, ...change,
  }
}
