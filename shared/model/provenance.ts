import { z } from 'zod'
import { Author } from './author.ts'
import { AnnotationId } from './id.ts'

const json = z.json()

/** A file of another tool: which, and what it said that our model has no place for. */
const imported = z.object({
  by: z.literal('import'), format: z.string(), source: z.string(), sourceId: z.string().nullable(), extra: z.record(z.string(), json),
})
const model = z.object({
  by: z.literal('model'), model: z.string(), version: z.string(), hash: z.string(), settings: z.record(z.string(), json),
  score: z.number().nullable(), backend: z.string(), at: z.int(),
  /** How far the best class leads the second, 0 … 1, and the entropy of the classes in nats; absent where the model gives no distribution. */
  margin: z.number().optional(), entropy: z.number().optional(),
})
const consensus = z.object({
  by: z.literal('consensus'), run: z.string(), method: z.string(), score: z.number().nullable(),
  contributors: z.array(z.object({ annotation: AnnotationId, author: Author, weight: z.number() })),
})
export const Origin = z.discriminatedUnion('by', [imported, model, consensus])
export type Origin = z.infer<typeof Origin>

/** Where an annotation comes from. A person's edit makes it the person's and keeps the origin. */
export const Provenance = z.discriminatedUnion('by', [
  z.object({ by: z.literal('human'), origin: Origin.nullable() }), imported, model, consensus,
])
export type Provenance = z.infer<typeof Provenance>
export type ImportProvenance = z.infer<typeof imported>

/** An answer that came in as known: an item that has one has all of its answers. */
export const knownAnswer = (provenance: ImportProvenance): ImportProvenance => ({ ...provenance, extra: { ...provenance.extra, gold: true } })
export function isKnownAnswer(provenance: Provenance): boolean {
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  return origin?.by === 'import' && origin.extra['gold'] === true
}

/** The provenance after a person changed what it describes. */
export function editedByHuman(provenance: Provenance): Provenance {
  return provenance.by === 'human' ? provenance : { by: 'human', origin: provenance }
}
