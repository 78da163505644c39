import { type Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'

/** What one person drew or said about one item: as much of an annotation as agreement looks at. */
export interface Mark {
  readonly id: string
  readonly person: string
  /** The label's id, or null. */
  readonly label: string | null
  readonly geometry: Geometry
  readonly text: string | null
}

const nobody = new Set(['final', 'consensus'])

/** People's own work as marks: drafts, and the layers that are no person's (`final`, `consensus`), are left out. */
export function marksOf(annotations: Iterable<Annotation>): Mark[] {
  const marks: Mark[] = []
  for (const { id, layer, label, geometry, text, draft } of annotations)
    if (!draft && !nobody.has(layer)) marks.push({ id, person: layer, label, geometry, text })
  return marks
}
