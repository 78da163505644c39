import { z } from 'zod'
import { AttributeValues } from './attribute.ts'
import { Author, Layer } from './author.ts'
import { Geometry } from './geometry.ts'
import { AnnotationId, AssetId, GroupId, LabelId } from './id.ts'
import { Provenance } from './provenance.ts'
import { TextSpan } from './textSpan.ts'

export const TextDirection = z.enum(['auto', 'ltr', 'rtl', 'vertical'])
export type TextDirection = z.infer<typeof TextDirection>

export const AnnotationFlag = z.enum(['crowd', 'occluded', 'truncated', 'difficult', 'illegible'])
export type AnnotationFlag = z.infer<typeof AnnotationFlag>

/** One thing that somebody (or a model) says about one item. */
export const Annotation = z.object({
  type: z.literal('annotation'),
  id: AnnotationId,
  asset: AssetId,
  layer: Layer,
  author: Author,
  label: LabelId.nullable(),
  geometry: Geometry,
  attributes: AttributeValues,
  text: z.string().nullable(),
  /** What of the text is not certain, in order, without overlap. Absent in records from before there were any. */
  spans: z.array(TextSpan).optional(),
  direction: TextDirection,
  /** BCP 47 language tag. */
  language: z.string().max(80).nullable(),
  /** Annotations with the same group are one object (or one block of lines). */
  group: GroupId.nullable(),
  /** Stacking order of shapes, reading order of lines; ties are broken by id. */
  order: z.number(),
  flags: z.array(AnnotationFlag),
  /** True until a person accepts or edits it; a draft is never counted as a label. */
  draft: z.boolean(),
  provenance: Provenance,
})
export type Annotation = z.infer<typeof Annotation>

export const byOrder = (a: Annotation, b: Annotation) => a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
