import { z } from 'zod'
import { AttributeDefinition } from './attribute.ts'
import { GeometryKind } from './geometry.ts'
import { LabelId } from './id.ts'

/** One class of the project's schema. */
export const Label = z.object({
  type: z.literal('label'),
  id: LabelId,
  name: z.string().min(1).max(200),
  /** `#rrggbb`. */
  color: z.string().regex(/^#[0-9a-f]{6}$/iu, 'must be a colour like #3366ff'),
  /** The name of one of the glyphs, so that a label is never told by colour alone. */
  glyph: z.string().min(1).max(40),
  /** A single key, or null. */
  hotkey: z.string().min(1).max(20).nullable(),
  /** Where it stands in the schema, from 0. */
  order: z.number(),
  /** The kinds it may be drawn with; empty means any. */
  kinds: z.array(GeometryKind),
  attributes: z.array(AttributeDefinition),
  /** COCO's supercategory, or a heading of the list. */
  parent: z.string().nullable(),
  /** The class number it had in the file it came from, so that a round trip keeps it. */
  externalId: z.int().nullable(),
  keypoints: z.object({ names: z.array(z.string()), skeleton: z.array(z.tuple([z.int().min(0), z.int().min(0)])) }).nullable(),
})
export type Label = z.infer<typeof Label>
