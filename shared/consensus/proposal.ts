import { z } from 'zod'
import { AnnotationFlag, TextDirection } from '#shared/model/annotation.ts'
import { AttributeValues } from '#shared/model/attribute.ts'
import { Author } from '#shared/model/author.ts'
import { Geometry } from '#shared/model/geometry.ts'
import { AnnotationId, AssetId, LabelId, TierId, VerdictId } from '#shared/model/id.ts'
import { TextSpan } from '#shared/model/textSpan.ts'
import { DisputeKind } from '#shared/model/verdict.ts'

/** A number and how sure it is: one standard deviation, in the number's unit. */
export const Uncertain = z.object({ value: z.number(), deviation: z.number().min(0) })

/**
 * How far apart people's geometry is, by kind. Boxes: each side's deviation in pixels, left, top, right, bottom. Areas: the share of the
 * area that is between 10 and 90 % probable. Segments: the deviation of both ends in seconds. Keypoints and points: the median deviation in pixels.
 */
export const Spread = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sides'), deviations: z.tuple([z.number(), z.number(), z.number(), z.number()]) }),
  z.object({ kind: z.literal('area'), doubtful: z.number().min(0).max(1) }),
  z.object({ kind: z.literal('ends'), start: z.number().min(0), end: z.number().min(0) }),
  z.object({ kind: z.literal('points'), deviation: z.number().min(0) }),
  z.object({ kind: z.literal('none') }),
])
export type Spread = z.infer<typeof Spread>

/**
 * How probable it is at each place of a region that it belongs to an area: `columns` × `rows` cells over `width` × `height` pixels of the
 * picture from (x, y), a byte a cell, row by row from the top left, 255 is certain; as base64, at most 96 cells a side.
 */
export const ProbabilityMap = z.object({
  x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive(),
  columns: z.int().min(1).max(96), rows: z.int().min(1).max(96), values: z.string(),
})
export type ProbabilityMap = z.infer<typeof ProbabilityMap>

/** A word of an estimated text: what else was written in its place, by whom; shares add up to 1. */
export const WordEstimate = z.object({
  text: z.string(), confidence: z.number().min(0).max(1),
  variants: z.array(z.object({ text: z.string(), share: z.number(), people: z.array(Author) })),
})
export type WordEstimate = z.infer<typeof WordEstimate>

/** Who contributed what: the weight is a share, all of one proposal add up to 1. */
export const Contributor = z.object({ annotation: AnnotationId, author: Author, weight: z.number().min(0).max(1) })
export type Contributor = z.infer<typeof Contributor>

/** In what a cluster is not settled: the figure that missed its bar, and both in words. */
export const Dispute = z.object({ kind: DisputeKind, value: z.number().nullable(), bar: z.number().nullable(), sentence: z.string() })
export type Dispute = z.infer<typeof Dispute>

/**
 * A person has decided what this is: the final answer that stands, and the verdict where there was a dispute. Such a proposal has no
 * disputes and repeats the answer; existence 0 without an answer ("none of these"). `unclear`: the guideline is; the disputes stay.
 */
export const Decided = z.object({
  verdict: VerdictId.nullable(), decision: z.enum(['take', 'estimate', 'several', 'edited', 'none', 'unclear', 'final']), answer: AnnotationId.nullable(),
})
export type Decided = z.infer<typeof Decided>

/** One thing in an item: what people marked of it, and the estimate of what it is. */
export const Proposal = z.object({
  /** From the sorted ids of the members: the same for any order of input, another as soon as a member comes or goes. */
  key: z.string(),
  members: z.array(AnnotationId),
  /** Those who did the item and marked nothing here. */
  absent: z.array(Author),
  /** Posterior that there is something, 0 … 1. */
  existence: z.number().min(0).max(1),
  label: z.object({ value: LabelId.nullable(), posterior: z.number().min(0).max(1), all: z.array(z.object({ label: LabelId.nullable(), posterior: z.number() })) }),
  geometry: Geometry,
  /** Mean IoU (or what stands for it) of the members with the estimate, 0 … 1. */
  fit: z.number().min(0).max(1),
  spread: Spread,
  /** Of areas that several people drew. */
  probability: ProbabilityMap.nullable(),
  attributes: AttributeValues,
  text: z.object({ value: z.string(), confidence: z.number().min(0).max(1), words: z.array(WordEstimate), spans: z.array(TextSpan) }).nullable(),
  direction: TextDirection, language: z.string().nullable(), flags: z.array(AnnotationFlag),
  /** Reading or stacking order within the item, from 0. */
  order: z.number(),
  /** Proposals of one item with the same group are one object; made from their keys. */
  group: z.string().nullable(),
  contributors: z.array(Contributor),
  /** "dawid-skene + robust box", with its parameters. */
  method: z.string(), parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  /** Existence × label posterior, lessened by the spread: what is shown as the proposal's score. */
  score: z.number().min(0).max(1),
  /** Empty: settled. */
  disputes: z.array(Dispute),
  /** The keys of the other proposals of a split: one person's one is another's several. */
  splitWith: z.array(z.string()),
  decided: Decided.nullable(),
})
export type Proposal = z.infer<typeof Proposal>

/** A relation that people drew between two things; `posterior` is the weighted share of those who marked both ends. */
export const RelationProposal = z.object({
  name: z.string(), from: z.string(), to: z.string(), posterior: z.number().min(0).max(1), people: z.array(Author), sentence: z.string().nullable(),
})
export type RelationProposal = z.infer<typeof RelationProposal>

/** A person's tier that is another's by what lies in it: `seconds` of it lie in segments that overlap. */
export const SpeakerMapping = z.object({ author: Author, from: TierId, to: TierId, seconds: z.number().min(0) })
export type SpeakerMapping = z.infer<typeof SpeakerMapping>

/** What a run of consensus found on one item. */
export const ItemProposals = z.object({
  asset: AssetId, people: z.array(Author), proposals: z.array(Proposal),
  /** Relations at least half agreed on, and those fewer drew, with a sentence that says who did not. */
  relations: z.array(RelationProposal),
  speakers: z.array(SpeakerMapping),
})
export type ItemProposals = z.infer<typeof ItemProposals>

/** A person's habits, learned from the whole project; what the estimates weigh and correct by. */
export const PersonProfile = z.object({
  author: Author,
  /** Marks that the estimates were learned from. */
  marks: z.int(),
  /** Share of right labels; of what there is, the share found; of what is marked, the share that is there. Null without data. */
  accuracy: z.number().nullable(), recall: z.number().nullable(), precision: z.number().nullable(),
  /** Boxes: bias and deviation of each side (left, top, right, bottom), as shares of the object's width or height; + is to the right and down. */
  bias: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  deviation: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  /** Share of words that agree with the estimate. */
  words: z.number().nullable(),
})
export type PersonProfile = z.infer<typeof PersonProfile>
