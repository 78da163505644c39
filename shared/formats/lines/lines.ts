import { boundsOfPath } from '#shared/geometry/bounds.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationFlag } from '#shared/model/annotation.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Json, ParsedAnnotation, ParsedGeometry, Snapshot, WrittenShape } from '../format.ts'
import type { LossLog } from '../lossLog.ts'
import type { Picture } from '../pictures.ts'
import { type Collector } from '../timed/reading.ts'
import { ringOf, wordOf } from './outline.ts'

/** An annotation of a picture with everything that a reader of texts leaves as it is. */
export const textAnnotation = (to: Collector, order: number, geometry: ParsedGeometry, about: Partial<ParsedAnnotation> & { sourceId?: string | null; extra?: Record<string, Json> }): ParsedAnnotation => {
  const { sourceId = null, extra = {}, ...rest } = about
  return {
    label: null, geometry, attributes: {}, text: null, direction: 'auto', language: null, order, flags: [], draft: false, group: null,
    provenance: { by: 'import', format: to.format, source: to.file, sourceId, extra }, ...rest,
  }
}

/** What a format of text lines holds besides outlines and texts; everything else is named as lost. */
export interface LineHolds {
  readonly flags: readonly AnnotationFlag[]
  readonly label?: boolean
  readonly baseline?: boolean
  readonly direction?: boolean
  readonly language?: boolean
  readonly group?: boolean
  readonly attributes?: boolean
  /** Shapes that are no text lines are read back as what they are. */
  readonly shapes?: boolean
}

export function linesLost(annotation: Annotation, holds: LineHolds): string[] {
  const { geometry, flags } = annotation
  const lost: [boolean, string][] = [
    [geometry.kind !== 'text-line' && holds.shapes !== true, 'shape-as-line'],
    [geometry.kind === 'text-line' && geometry.baseline !== null && holds.baseline !== true, 'baseline-lost'],
    [annotation.label !== null && holds.label !== true, 'label-lost'],
    [annotation.direction !== 'auto' && holds.direction !== true, 'direction-lost'],
    [annotation.language !== null && holds.language !== true, 'language-lost'],
    [annotation.group !== null && holds.group !== true, 'group-lost'],
    [Object.keys(annotation.attributes).length > 0 && holds.attributes !== true, 'attributes-dropped'],
    [flags.some((flag) => !holds.flags.includes(flag)), 'flags-dropped'],
    [(annotation.spans ?? []).length > 0, 'spans-lost'],
    [annotation.draft, 'draft-as-label'],
  ]
  return lost.flatMap(([is, code]) => (is ? [code] : []))
}

/** Word → the line that it stands in. */
export function wordsOf(picture: Picture): Map<AnnotationId, AnnotationId> {
  const lines = new Set(picture.annotations.filter(({ geometry }) => geometry.kind === 'text-line').map(({ id }) => id))
  return new Map(picture.item.relations.flatMap(({ name, from, to }) => (name === wordOf && lines.has(from) && lines.has(to) && from !== to ? [[from, to] as const] : [])))
}

export interface LineRow { readonly annotation: Annotation; readonly label: string | null; readonly ring: number[]; lose(code: string): void }

/**
 * The lines of a picture as rings. Of a line with words only one of both leaves: the formats have no place for words
 * inside lines, and both would be the same text twice.
 */
export function lineRows(picture: Picture, snapshot: Snapshot, keep: 'lines' | 'words', holds: LineHolds, losses: LossLog): LineRow[] {
  const words = wordsOf(picture)
  const lines = new Set(words.values())
  const labels = new Map(snapshot.labels.map((label) => [label.id, label.name]))
  return picture.annotations.flatMap((annotation): LineRow[] => {
    const label = annotation.label === null ? null : (labels.get(annotation.label) ?? null)
    const lose = (code: string) => losses.annotation(code, picture.asset, annotation, label)
    // A block or a picture in the page is no text.
    const outline = annotation.geometry.kind === 'text-line' || annotation.text !== null ? ringOf(annotation.geometry) : null
    const doubled = keep === 'lines' ? words.has(annotation.id) : lines.has(annotation.id)
    if (outline === null || doubled) {
      if (annotation.geometry.kind !== 'item') lose(outline === null ? 'kind-not-held' : keep === 'lines' ? 'words-dropped' : 'line-as-words')
      return []
    }
    for (const code of [...outline.losses, ...linesLost(annotation, holds)]) lose(code)
    return [{ annotation, label, ring: outline.ring, lose }]
  })
}

/** Where a reader must find a line again. */
export const shapeOf = (ring: readonly number[], tolerance: number, label: string | null, text?: string | null): WrittenShape => ({
  label, bounds: boundsOfPath(ring)!, tolerance, ...(text === undefined ? {} : { text }),
})

/** A picture's file without folders. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export const metadataLost = ({ asset }: Picture, losses: LossLog): void => {
  if (Object.keys(asset.metadata).some((column) => column !== 'split')) losses.add('metadata-dropped', 'image', asset.name)
}
