import { z } from 'zod'
import { LabelId } from '#shared/model/id.ts'

const count = z.int().min(0)
/** `count` of `n` with its 95 % Wilson interval, 0 … 1; null with n = 0. */
export const ShareOf = z.object({ n: count, count, value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() })
export type ShareOf = z.infer<typeof ShareOf>
/** A mean over `n`; null with n = 0. */
export const MeanOf = z.object({ n: count, value: z.number().nullable() })
export type MeanOf = z.infer<typeof MeanOf>

export const AcceptanceRequest = z.object({
  /** Ids of models; null: every model with drafts in the project. */
  models: z.array(z.string()).max(20).nullable().default(null),
  /** A metadata column whose values are slices; null: no slices. */
  slice: z.string().max(200).nullable().default(null),
  /** Only items on which each of the models has a draft, so that two are seen on the same items. */
  common: z.boolean().default(false),
  /** What a point of the trend is: a day (UTC), or 50 verdicts in their order. */
  over: z.enum(['day', 'verdicts']).default('day'),
})
export type AcceptanceRequest = z.infer<typeof AcceptanceRequest>

/** Pairs of a person and an item that is finished: submitted, or every draft decided. */
const pairs = z.object({
  pairs: count,
  /** People's marks that no draft of the model matches, of all their marks. */
  misses: ShareOf,
  /** Aided: drafts rejected, of those decided. Unaided: drafts that no mark matches, of all. */
  falseAlarms: ShareOf,
})

/** How the drafts of one model fared: of all, of one label, of one slice, or of one label in one slice. */
export const AcceptanceRow = z.object({
  model: z.string(),
  of: z.enum(['model', 'label', 'slice', 'label-slice']),
  /** The draft's label (for misses the mark's); null also where `of` has none. */
  label: LabelId.nullable(), slice: z.string().nullable(),
  /** Drafts there are, and verdicts about them. */
  drafts: count, decided: count,
  /** As things are now: what was accepted and then changed is edited, what was accepted and then deleted is rejected. */
  accepted: ShareOf, edited: ShareOf, rejected: ShareOf,
  /** From the draft to what it became, means over what was accepted or edited. */
  edit: z.object({
    /** 1 − IoU. */
    shape: MeanOf,
    /** Vertices put in, taken out or moved; for shapes that have vertices. */
    vertices: MeanOf,
    /** Characters put in, taken out or replaced; where there is a text. */
    characters: MeanOf,
    /** The farther of the two boundaries, seconds. */
    seconds: MeanOf,
    relabelled: ShareOf,
  }),
  /** Milliseconds from seeing to deciding: median and quartiles. */
  time: z.object({ n: count, median: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
  aided: pairs, unaided: pairs,
  /**
   * How much closer to the draft people end who saw it than people who did not: mean IoU of every draft with the mark of the same label that an
   * optimal assignment gives it (0 without one), aided minus unaided, with a 95 % bootstrap interval over pairs. Null without both.
   */
  anchoring: z.object({ aided: MeanOf, unaided: MeanOf, difference: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
})
export type AcceptanceRow = z.infer<typeof AcceptanceRow>

/** One point of acceptance over time. `at`: milliseconds since 1970 of its first verdict (of its day's beginning). */
export const AcceptancePoint = z.object({ model: z.string(), index: count, at: z.int(), decided: count, accepted: ShareOf, edited: ShareOf, rejected: ShareOf })
export type AcceptancePoint = z.infer<typeof AcceptancePoint>

export const AcceptanceReport = z.object({
  items: count,
  models: z.array(z.string()),
  /** Metadata columns that could be slices. */
  columns: z.array(z.string()),
  rows: z.array(AcceptanceRow), trend: z.array(AcceptancePoint),
})
export type AcceptanceReport = z.infer<typeof AcceptanceReport>
