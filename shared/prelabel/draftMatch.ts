import { assign } from '#shared/agreement/assignment.ts'
import { similarity } from '#shared/agreement/similarity.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import type { Annotation } from '#shared/model/annotation.ts'

/** From which IoU (or what stands for it with the kind) a mark and a draft are the same thing. */
export const matchGate = 0.5

/**
 * How alike each draft is to the mark that it is matched with, and each mark to its draft, 0 … 1, 0 without a partner: the one-to-one assignment
 * of drafts to marks of the same label with the greatest sum of similarities.
 */
export function matchDrafts(drafts: readonly Annotation[], marks: readonly Annotation[]): { readonly drafts: Float64Array; readonly marks: Float64Array } {
  const found = { drafts: new Float64Array(drafts.length), marks: new Float64Array(marks.length) }
  const rows = drafts.map((draft) => Float64Array.from(marks, (mark) => alike(draft, mark)))
  assign(rows, marks.length).forEach((column, row) => {
    if (column < 0) return
    found.drafts[row] = found.marks[column] = rows[row]![column]!
  })
  return found
}

function alike(draft: Annotation, mark: Annotation): number {
  if (draft.label !== mark.label) return 0
  const a = boundsOf(draft.geometry), b = boundsOf(mark.geometry)
  if (a && b && (a.minX > b.maxX || b.minX > a.maxX || a.minY > b.maxY || b.minY > a.maxY)) return 0
  const person = { person: mark.author as string }
  return similarity({ ...draft, person: '' }, { ...mark, ...person })?.place ?? 0
}
