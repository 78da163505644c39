import { boundaryDistance } from '#shared/agreement/similarity.ts'
import { hasArea, iou } from '#shared/geometry/iou.ts'
import { vertexPathsOf } from '#shared/geometry/vertex.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { distance } from '#shared/text/align.ts'
import { graphemes } from '#shared/text/tokens.ts'

/** How far what a draft became is from the draft; null where the kind has no such measure. */
export interface DraftEdit {
  readonly same: boolean
  /** 1 − IoU, 0 … 1. */
  readonly shape: number | null
  /** Vertices put in, taken out or moved (a moved one counts once). */
  readonly vertices: number | null
  /** Levenshtein distance in grapheme clusters. */
  readonly characters: number | null
  /** The farther of two boundaries, seconds. */
  readonly seconds: number | null
  readonly relabelled: boolean
}

/** What a person would call the annotation; who made it and where it stands is none of it. */
const said = ({ label, geometry, attributes, text, spans, direction, language, flags }: Annotation) => ({ label, geometry, attributes, text, spans: spans ?? [], direction, language, flags })

export function draftEdit(draft: Annotation, now: Annotation): DraftEdit {
  const a = draft.geometry, b = now.geometry
  const texts = draft.text !== null || now.text !== null
  return {
    same: sameValue(said(draft), said(now)),
    shape: hasArea(a) && hasArea(b) ? 1 - (sameValue(a, b) ? 1 : (iou(a, b) ?? 0)) : null,
    vertices: verticesBetween(a, b),
    characters: texts ? distance(graphemes(draft.text ?? ''), graphemes(now.text ?? '')) : null,
    seconds: a.kind === 'segment' && b.kind === 'segment' ? boundaryDistance(a, b) : null,
    relabelled: draft.label !== now.label,
  }
}

function verticesBetween(a: Geometry, b: Geometry): number | null {
  const before = placesOf(a), after = placesOf(b)
  if (before.length === 0 || after.length === 0) return null
  const kept = new Map<string, number>()
  for (const place of before) kept.set(place, (kept.get(place) ?? 0) + 1)
  let common = 0
  for (const place of after) {
    const left = kept.get(place) ?? 0
    if (left > 0) { common++; kept.set(place, left - 1) }
  }
  return Math.max(before.length, after.length) - common
}

/** Vertices to a hundredth of a pixel, as what is saved has them. */
const placesOf = (geometry: Geometry): string[] => vertexPathsOf(geometry).flatMap(({ path }) =>
  Array.from({ length: path.length / 2 }, (_, at) => `${path[at * 2]!.toFixed(2)} ${path[at * 2 + 1]!.toFixed(2)}`))
