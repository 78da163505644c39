import { rounded } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import { sameValue } from '#shared/model/apply.ts'
import { isEmpty, updating, type Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { editedByHuman } from '#shared/model/provenance.ts'

/** What a gesture or a command asks to have saved: its name in words and its diff. */
export interface Edit { readonly name: string; readonly diff: Diff }

/** What a person may change of an annotation. */
export type AnnotationChange = Partial<Pick<Annotation, 'label' | 'geometry' | 'attributes' | 'text' | 'spans' | 'direction' | 'language' | 'group' | 'order' | 'flags'>>

/** The annotation after a person changed it: no draft any more, and the person's, with its origin kept. The same object when nothing changed. */
export function edited(annotation: Annotation, change: AnnotationChange): Annotation {
  const next: Annotation = { ...annotation, ...change }
  return sameValue(next, annotation) ? annotation : { ...next, draft: false, provenance: editedByHuman(annotation.provenance) }
}

/** Drafts that stop being drafts become this person's own: they move from the layer they were proposed in to the person's. */
export function takenOver(diff: Diff, author: Author): Diff {
  const updated: Diff['updated'] = {}
  for (const [id, [from, to]] of Object.entries(diff.updated)) {
    const taken = from.type === 'annotation' && to.type === 'annotation' && from.draft && !to.draft && from.layer !== layerOf(author)
    updated[id] = taken ? [from, { ...to, layer: layerOf(author), author }] : [from, to]
  }
  return { ...diff, updated }
}

/** The annotation with another geometry, to a hundredth of a pixel. The same object when it differs by less. */
export function reshaped(annotation: Annotation, geometry: Geometry): Annotation {
  if (geometry === annotation.geometry || sameValue(rounded(geometry), rounded(annotation.geometry))) return annotation
  return edited(annotation, { geometry: rounded(geometry) })
}

/** One edit of several annotations; null when none of them changed. */
export function editOf(name: string, pairs: readonly (readonly [from: Annotation, to: Annotation])[]): Edit | null {
  const diff = updating(...pairs.filter(([from, to]) => from !== to && !sameValue(from, to)))
  return isEmpty(diff) ? null : { name, diff }
}
