import { z } from 'zod'
import { Author } from './author.ts'
import { AnnotationId, AssetId, VerdictId } from './id.ts'

/** What a person made of a draft. `into`: the annotation it became, in the person's own layer. */
const draft = z.object({
  kind: z.literal('draft'), draft: AnnotationId, result: z.enum(['accepted', 'edited', 'rejected']), into: AnnotationId.nullable(),
})

/** What people can differ in. `split`: what is one thing to one person is several to another. */
export const DisputeKind = z.enum(['existence', 'label', 'geometry', 'split', 'attribute', 'wording', 'boundary', 'speaker'])
export type DisputeKind = z.infer<typeof DisputeKind>

/** One annotation put right by an adjudication. `size` in the unit of its kind: 1 − IoU, character error rate, seconds; null where there is none. */
export const Correction = z.object({ annotation: AnnotationId.nullable(), author: Author, kind: DisputeKind, size: z.number().min(0).nullable() })
export type Correction = z.infer<typeof Correction>

/** How a dispute was settled. `members`: what was judged; `into`: what now stands in the layer `final`. */
const dispute = z.object({
  kind: z.literal('dispute'), dispute: z.string().min(1).max(200), disputes: z.array(DisputeKind),
  decision: z.enum(['take', 'estimate', 'several', 'edited', 'none', 'unclear']),
  members: z.array(AnnotationId), taken: z.array(AnnotationId), into: z.array(AnnotationId),
  /** Whether it was judged before it was shown who said what. */
  blind: z.boolean(),
  /** What is unclear in the guideline, or why. */
  note: z.string().max(10_000),
  corrections: z.array(Correction),
})

/** What a person decided about something that was put before them; one per person and thing. */
export const Verdict = z.object({
  type: z.literal('verdict'), id: VerdictId, asset: AssetId, author: Author,
  /** Milliseconds since 1970 by the person's clock. */
  at: z.int(),
  /** From when it was in front of the person until they decided; null where nobody measured. */
  durationMs: z.int().min(0).nullable(),
  about: z.discriminatedUnion('kind', [draft, dispute]),
})
export type Verdict = z.infer<typeof Verdict>
export type DraftVerdict = Verdict & { readonly about: z.infer<typeof draft> }
export type DisputeVerdict = Verdict & { readonly about: z.infer<typeof dispute> }

const own = (thing: string, author: Author) => `verdict:${thing}/${encodeURIComponent(author)}` as VerdictId
export const draftVerdictId = (id: AnnotationId, author: Author) => own(id.slice('annotation:'.length), author)
export const disputeVerdictId = (key: string, author: Author) => own(`dispute/${key}`, author)

/** What a draft becomes in a person's layer: the same id on every machine, so that accepting twice gives one annotation. */
export const adoptedId = (id: AnnotationId, author: Author) => `${id}/${encodeURIComponent(author)}` as AnnotationId

/** The draft that an annotation was, for one that was a draft; else its own id. The same thing has the same subject before and after it is adopted. */
export function subjectOf({ id, author }: { readonly id: AnnotationId; readonly author: Author }): AnnotationId {
  const ending = `/${encodeURIComponent(author)}`
  return id.endsWith(ending) ? (id.slice(0, -ending.length) as AnnotationId) : id
}

/** The id that the verdict must have. */
export const verdictId = ({ about, author }: Pick<Verdict, 'about' | 'author'>) =>
  (about.kind === 'draft' ? draftVerdictId(about.draft, author) : disputeVerdictId(about.dispute, author))
