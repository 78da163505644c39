import { z } from 'zod'
import { ItemProposals, PersonProfile } from '#shared/consensus/proposal.ts'
import { Annotation } from '#shared/model/annotation.ts'
import { Author } from '#shared/model/author.ts'
import { Change } from '#shared/model/change.ts'
import { AnnotationId, AssetId, ChangeId, LabelId } from '#shared/model/id.ts'
import { ConsensusBars } from '#shared/model/project.ts'
import { Relation } from '#shared/model/relation.ts'
import { DisputeKind, Verdict } from '#shared/model/verdict.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)

/** How the queue of disputes is ordered: how much each part weighs, 0 … 1. */
export const RankWeights = z.object({ disagreement: z.number().min(0).max(1), doubt: z.number().min(0).max(1), skill: z.number().min(0).max(1), label: z.number().min(0).max(1) })
export type RankWeights = z.infer<typeof RankWeights>
export const evenWeights: RankWeights = { disagreement: 1, doubt: 1, skill: 1, label: 1 }

export const ConsensusMethod = z.enum(['auto', 'majority', 'dawid-skene', 'one-coin', 'glad', 'mace'])
export type ConsensusMethod = z.infer<typeof ConsensusMethod>

/** How areas that several people drew become one: the average of their signed distances, or STAPLE. */
export const AreaMethod = z.enum(['average', 'staple'])
export type AreaMethod = z.infer<typeof AreaMethod>

/** How boxes become one: by what was learned of each person's habits, or by weighted boxes fusion. */
export const BoxMethod = z.enum(['habits', 'fusion'])
export type BoxMethod = z.infer<typeof BoxMethod>

/** `bars` null: the project's own, else the defaults. */
export const ConsensusRequest = z.object({ method: ConsensusMethod.default('auto'), boxes: BoxMethod.default('habits'), areas: AreaMethod.default('average'), bars: ConsensusBars.nullable().default(null) })
export type ConsensusRequest = z.infer<typeof ConsensusRequest>

/** A run that was written into the layer `consensus`. */
export const AppliedRun = z.object({
  run: z.string(), change: ChangeId, author: Author,
  /** Milliseconds since 1970. */
  at: z.int(),
  /** Whether it was taken back. */
  undone: z.boolean(),
})
export type AppliedRun = z.infer<typeof AppliedRun>

/** What the last run found, with every item that changed since estimated anew. */
export const ConsensusSummary = z.object({
  /** What was asked, what was used for classes ("auto" chooses), and why. */
  method: ConsensusMethod, used: z.string(), why: z.string(),
  bars: ConsensusBars,
  /** When the skills were learned: milliseconds since 1970 and the revision; `revision` is of what stands here. */
  learnedAt: z.int(), learnedRevision: count, revision: count,
  /** Items that changed since the skills were learned; they are estimated with the skills as they were. */
  changedSince: count,
  /** Items with work, and people who did any. In a blind project only submitted work counts. */
  items: count, people: z.array(Author),
  /** Things found; of them settled; disputed and not decided; decided by a person. They add up. */
  proposals: count, settled: count, disputed: count, decided: count,
  /** Lines of the queue of disputes: the parts of a split are asked together. */
  asked: count,
  /** By kind, of those not decided; a proposal may be disputed in several. */
  disputes: z.record(DisputeKind, count),
  /** Expected minutes of adjudication that are left, from how long decisions of the same kinds took; null before the first was measured. */
  minutesLeft: z.number().nullable(),
  /** Decisions that the guideline is unclear. */
  unclear: count,
  profiles: z.array(PersonProfile),
  /** The newest first. */
  applied: z.array(AppliedRun),
  /** What a person must know: who was left out, where the vote is the better choice … */
  notes: z.array(z.string()),
})
export type ConsensusSummary = z.infer<typeof ConsensusSummary>

/** A person of an item by a letter; the name where it was asked for. The same people have the same letters each time. */
export const ItemPerson = z.object({ letter: z.string(), author: Author.nullable() })
export type ItemPerson = z.infer<typeof ItemPerson>

export const DisputesRequest = z.object({
  weights: RankWeights.default(evenWeights),
  /** Only disputes of these kinds, with marks of these people, of these labels; null: all. */
  kinds: z.array(DisputeKind).nullable().default(null), people: z.array(Author).nullable().default(null), labels: z.array(LabelId).nullable().default(null),
  /** Those that a person decided, instead of those that are open. */
  decided: z.boolean().default(false),
  names: z.boolean().default(false),
  offset: count.default(0), limit: z.int().min(1).max(1000).default(100),
})
export type DisputesRequest = z.infer<typeof DisputesRequest>

/** A line of the queue of disputes. */
export const DisputeRow = z.object({
  asset: AssetId, name: z.string(), media: z.enum(['image', 'audio']), key: z.string(),
  kinds: z.array(DisputeKind),
  /** What is disputed in words: the sentences of its disputes. */
  what: z.array(z.string()),
  label: LabelId.nullable(),
  /** How far people agree, 0 … 1: the least of the label's posterior, the fit of the shapes, the confidence of the text and what is disputed (seconds apart). */
  agreement: share,
  /** Who marked it, and who did the item and did not. */
  who: z.array(ItemPerson), absent: z.array(ItemPerson),
  /** From 1, among all that pass the filter; the gain and its parts, 0 … 1 each (of a decided one 0), and why it stands there in words. */
  rank: z.int().min(1), gain: z.number(), parts: RankWeights, why: z.string(),
})
export type DisputeRow = z.infer<typeof DisputeRow>

/** `heldBack`: items that are left out, because the person has own work there that is not submitted, or the item waits for more people (blind projects). */
export const DisputesAnswer = z.object({ total: count, heldBack: count, rows: z.array(DisputeRow) })
export type DisputesAnswer = z.infer<typeof DisputesAnswer>

/** A page of what the run found, in the order of the items' names. */
export const FoundRequest = z.object({ names: z.boolean().default(false), offset: count.default(0), limit: z.int().min(1).max(1000).default(100) })
export const FoundAnswer = z.object({ total: count, heldBack: count, items: z.array(ItemProposals) })
export type FoundAnswer = z.infer<typeof FoundAnswer>

/** One item as it is adjudicated. Without `names`, people are letters everywhere, and where a mark comes from is left out: to look at, and not to be written back. */
export const ConsensusItem = ItemProposals.extend({
  name: z.string(),
  who: z.array(ItemPerson),
  /** People's own work that the proposals rest on. */
  annotations: z.array(Annotation), relations: z.array(Relation),
  /** What stands in the layers `final` and `consensus`. */
  final: z.array(Annotation), applied: z.array(Annotation),
  /** Decisions about the item's disputes, by whomever, the newest last; those of disputes that are no more included. */
  verdicts: z.array(Verdict),
})
export type ConsensusItem = z.infer<typeof ConsensusItem>

export const ApplyRequest = z.object({
  /** `settled`: proposals without a dispute; `all`: disputed ones too, as far as there is more likely something than nothing. */
  what: z.enum(['settled', 'all']),
})
export type ApplyRequest = z.infer<typeof ApplyRequest>

export const ApplyAnswer = z.object({
  /** Names what was written; `consensus.undo` takes it. Where nothing would change: the run that stands, or null. */
  run: z.string().nullable(), change: ChangeId.nullable(), revision: count,
  /** Annotations in the layer afterwards; of them new, changed, and edited by a person and so left alone; taken away. */
  annotations: count, added: count, updated: count, kept: count, removed: count,
  /** Proposals that were written or stand there already though they are disputed and nobody has decided. */
  undecided: count,
  /** Proposals not written: those for which an annotation that a person edited stands or that a person took away; disputed ones; those below even odds. */
  yielded: count, disputed: count, unlikely: count,
})
export type ApplyAnswer = z.infer<typeof ApplyAnswer>

/** What a final annotation says; the rest is taken from the estimate. */
export const FinalContent = Annotation.pick({ label: true, geometry: true, attributes: true, text: true, spans: true, flags: true, language: true, direction: true })
  .partial().required({ label: true, geometry: true })
export type FinalContent = z.infer<typeof FinalContent>

/** How a person settles one dispute. It replaces what was decided about it before. */
export const DecideRequest = z.object({
  asset: AssetId, key: z.string().min(1).max(200),
  decision: z.discriminatedUnion('kind', [
    /** These members as they are: one is "take", more are "several". */
    z.object({ kind: z.literal('take'), annotations: z.array(AnnotationId).min(1) }),
    z.object({ kind: z.literal('estimate') }),
    z.object({ kind: z.literal('edited'), into: z.array(FinalContent).min(1) }),
    z.object({ kind: z.literal('none') }),
    /** The guideline does not say; the note says what is unclear. */
    z.object({ kind: z.literal('unclear') }),
  ]),
  note: z.string().max(10_000).default(''),
  /** Whether it was judged before it was shown who said what. */
  blind: z.boolean().default(true),
  durationMs: z.int().min(0).nullable().default(null),
})
export type DecideRequest = z.infer<typeof DecideRequest>

export const DecideAnswer = z.object({ verdict: Verdict, change: Change, revision: count })

/** A place where the guideline was said to be unclear. */
export const UnclearRow = z.object({
  asset: AssetId, name: z.string(), key: z.string(), note: z.string(), author: Author, at: z.int(), kinds: z.array(DisputeKind), labels: z.array(LabelId),
})
export type UnclearRow = z.infer<typeof UnclearRow>
