import { z } from 'zod'
import { Author } from '#shared/model/author.ts'
import { AssetId, LabelId } from '#shared/model/id.ts'

const count = z.int().min(0)
const Interval = z.object({ low: z.number(), high: z.number(), confidence: z.number(), replicates: count })

/** A number with its interval, or the reason in words why there is none; `n` is what it was taken over, in `items` items. Of one item there is no interval. */
export const Figure = z.union([
  z.object({ value: z.number(), reason: z.null(), n: count, items: count, interval: Interval.nullable() }),
  z.object({ value: z.null(), reason: z.string(), n: count, items: count, interval: Interval.nullable() }),
])
export type Figure = z.infer<typeof Figure>

/** How far people agree on what they marked; what each figure is stands in shared/agreement/report.ts. */
export const AgreementFigures = z.object({
  items: count, things: count, alone: count, otherName: count,
  alpha: Figure, labelAlpha: Figure, f1: Figure, placeF1: Figure, iou: Figure, boundary: Figure, wer: Figure, cer: Figure,
})
export type AgreementFigures = z.infer<typeof AgreementFigures>

/** What the report holds beside the figures of everything together. */
export const AgreementPart = z.enum(['label', 'annotator', 'pair', 'slice', 'sweep', 'confusion', 'trend', 'worst'])
export type AgreementPart = z.infer<typeof AgreementPart>

export const AgreementRequest = z.object({
  /** IoU, or what stands for it with the kind, from which two marks are the same thing, 0 … 1. */
  iou: z.number().gt(0).max(1).default(0.5),
  by: z.array(AgreementPart).default([]),
  /** Only marks of these labels, only work of these people; null: all. */
  labels: z.array(LabelId).nullable().default(null),
  people: z.array(Author).nullable().default(null),
})
export type AgreementRequest = z.infer<typeof AgreementRequest>

/** The figures at one threshold, and their intervals; null where there is nothing to measure. */
export const SweepPoint = z.object({
  threshold: z.number(), alpha: z.number().nullable(), f1: z.number().nullable(), iou: z.number().nullable(), things: count,
  intervals: z.object({ alpha: Interval.nullable(), f1: Interval.nullable(), iou: Interval.nullable() }),
})

/** How often one person said the first label and another the second of one thing; every pair of people once. `first` ≤ `second`; the same label twice is agreement. */
export const Confusion = z.object({ first: LabelId.nullable(), second: LabelId.nullable(), count })

/** The items whose last submission lies between two times (milliseconds since 1970, `to` not included). */
export const TrendPoint = z.object({ from: z.int(), to: z.int(), items: count, alpha: Figure, f1: Figure, iou: Figure })

export const ItemAgreement = z.object({
  asset: AssetId, name: z.string(), people: z.array(Author), things: count, alone: count, otherName: count,
  /** F1 between people, same label, and mean IoU of what was matched, 0 … 1; null where there is nothing to measure. */
  f1: z.number().nullable(), iou: z.number().nullable(),
})

/** Parts that were not asked for are null. In a blind project only submitted work counts. */
export const AgreementReport = z.object({
  /** The state of the project that was measured. */
  revision: count,
  iou: z.number(),
  all: AgreementFigures,
  labels: z.array(z.object({ label: LabelId, figures: AgreementFigures })).nullable(),
  annotators: z.array(z.object({ person: Author, figures: AgreementFigures })).nullable(),
  pairs: z.array(z.object({ first: Author, second: Author, figures: AgreementFigures })).nullable(),
  /** `key=value` of the items' metadata. */
  slices: z.array(z.object({ slice: z.string(), figures: AgreementFigures })).nullable(),
  sweep: z.array(SweepPoint).nullable(),
  confusion: z.array(Confusion).nullable(),
  trend: z.array(TrendPoint).nullable(),
  /** At most 50, the least agreed first. */
  worst: z.array(ItemAgreement).nullable(),
})
export type AgreementReport = z.infer<typeof AgreementReport>
