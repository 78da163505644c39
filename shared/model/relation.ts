import { z } from 'zod'
import { Author, Layer } from './author.ts'
import { AnnotationId, AssetId, RelationId } from './id.ts'

/** A typed, directed tie between two annotations of one item ("key of", "wears", "answers"). */
export const Relation = z.object({
  type: z.literal('relation'), id: RelationId, asset: AssetId, layer: Layer, author: Author,
  name: z.string().min(1).max(200), from: AnnotationId, to: AnnotationId,
})
export type Relation = z.infer<typeof Relation>
