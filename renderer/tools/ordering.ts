import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import { editOf, type Edit } from './edited.ts'

/*
 * Stacking order of shapes, reading order of lines. Each takes all annotations of the layer on the item, since an order
 * is a place among others, and gives the edit to save, or null when nothing would change. A draft that changes its
 * place stays a draft: nobody has looked at what it says.
 */

/** One step towards the top: past the next annotation that is not selected. */
export const bringForward = (all: readonly Annotation[], selection: readonly AnnotationId[]): Edit | null => {
  const sorted = all.toSorted(byOrder)
  const top = sorted.findLastIndex(({ id }) => selection.includes(id))
  return top < 0 ? null : placeAt('bring forward', sorted, selection, unselectedBelow(sorted, selection, top) + 1)
}

/** One step towards the bottom. */
export const sendBackward = (all: readonly Annotation[], selection: readonly AnnotationId[]): Edit | null => {
  const sorted = all.toSorted(byOrder)
  const bottom = sorted.findIndex(({ id }) => selection.includes(id))
  return bottom < 0 ? null : placeAt('send backward', sorted, selection, Math.max(0, bottom - 1))
}

export const bringToFront = (all: readonly Annotation[], selection: readonly AnnotationId[]): Edit | null =>
  placeAt('bring to front', all.toSorted(byOrder), selection, Infinity)
export const sendToBack = (all: readonly Annotation[], selection: readonly AnnotationId[]): Edit | null =>
  placeAt('send to back', all.toSorted(byOrder), selection, 0)

/** The selection as one run, in its own order, so that `index` of the others come before it. */
export const moveToIndex = (all: readonly Annotation[], selection: readonly AnnotationId[], index: number): Edit | null =>
  placeAt('change order', all.toSorted(byOrder), selection, index)

const unselectedBelow = (sorted: readonly Annotation[], selection: readonly AnnotationId[], index: number): number =>
  sorted.slice(0, index).filter(({ id }) => !selection.includes(id)).length

function placeAt(name: string, sorted: readonly Annotation[], selection: readonly AnnotationId[], index: number): Edit | null {
  const moved = sorted.filter(({ id }) => selection.includes(id))
  const others = sorted.filter(({ id }) => !selection.includes(id))
  const at = Math.min(Math.max(0, index), others.length)
  const wanted = [...others.slice(0, at), ...moved, ...others.slice(at)]
  if (moved.length === 0 || wanted.every((annotation, place) => annotation === sorted[place])) return null
  return between(name, moved, others[at - 1], others[at]) ?? editOf(name, wanted.map((from, order) => [from, { ...from, order }] as const))
}

/** New orders for the moved ones alone, between their neighbours; null when there is no room, so that all must be counted anew. */
function between(name: string, moved: readonly Annotation[], below: Annotation | undefined, above: Annotation | undefined): Edit | null {
  const low = below?.order ?? (above ? above.order - moved.length - 1 : 0)
  const high = above?.order ?? low + moved.length + 1
  const orders = moved.map((_, index) => low + ((high - low) * (index + 1)) / (moved.length + 1))
  const strict = [low, ...orders, high].every((order, index, list) => index === 0 || order > list[index - 1]!)
  return strict ? editOf(name, moved.map((from, index) => [from, { ...from, order: orders[index]! }] as const)) : null
}
