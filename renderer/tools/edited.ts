import { rounded } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import { sameValue } from '#shared/model/apply.ts'
import { isEmpty, updating, type Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { editedByHuman } from '#shared/model/provenance.ts'
import { adoptedId, draftVerdictId, type Verdict } from '#shared/model/verdict.ts'

/** What a gesture or a command asks to have saved: its name in words and its diff. */
export interface Edit { readonly name: string; readonly diff: Diff }

/** What a person may change of an annotation. */
export type AnnotationChange = Partial<Pick<Annotation, 'label' | 'geometry' | 'attributes' | 'text' | 'spans' | 'direction' | 'language' | 'group' | 'order' | 'flags'>>

/** The annotation after a person changed it: no draft any more, and the person's, with its origin kept. The same object when nothing changed. */
export function edited(annotation: Annotation, change: AnnotationChange): Annotation {
  const next: Annotation = { ...annotation, ...change }
  return sameValue(next, annotation) ? annotation : { ...next, draft: false, provenance: editedByHuman(annotation.provenance) }
}

/**
 * What becomes of drafts that somebody else proposed: who accepts or edits one gets it as their own, in their own layer, who rejects one
 * leaves it to the others; either way the draft stays as it was proposed, and the person's verdict stands beside it. `at`: milliseconds
 * since 1970; `durationMs`: how long it lay before the person.
 */
export function takenOver(diff: Diff, author: Author, at: number, durationMs: number | null = null): Diff {
  const taken: Diff = { added: { ...diff.added }, updated: {}, removed: {} }
  const judge = (draft: Annotation, result: 'accepted' | 'edited' | 'rejected', into: AnnotationId | null) => {
    const verdict: Verdict = { type: 'verdict', id: draftVerdictId(draft.id, author), asset: draft.asset, author, at, durationMs, about: { kind: 'draft', draft: draft.id, result, into } }
    taken.added[verdict.id] = verdict
  }
  for (const [id, [from, to]] of Object.entries(diff.updated)) {
    if (from.type !== 'annotation' || to.type !== 'annotation' || !isProposed(from, author)) taken.updated[id] = [from, to]
    else if (!to.draft) {
      const own = { ...to, id: adoptedId(from.id, author), layer: layerOf(author), author }
      taken.added[own.id] = own
      judge(from, sameValue({ ...from, draft: false }, to) ? 'accepted' : 'edited', own.id)
    }
  }
  for (const [id, record] of Object.entries(diff.removed)) {
    if (record.type === 'annotation' && isProposed(record, author)) judge(record, 'rejected', null)
    else taken.removed[id] = record
  }
  return taken
}

/** A draft that a model or a file proposed, in a layer that is not this person's. */
const isProposed = ({ draft, layer, provenance }: Annotation, author: Author) => draft && layer !== layerOf(author) && provenance.by !== 'human'

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
