import { z } from 'zod'
import { Author } from '#shared/model/author.ts'
import { AssetId } from '#shared/model/id.ts'
import { ItemOrder, Strategy } from '#shared/model/itemOrder.ts'

const count = z.int().min(0)

/** What is to be done with an item: label it, look over one person's work, settle what people dispute. */
export const QueueStage = z.enum(['label', 'review', 'adjudicate'])
export type QueueStage = z.infer<typeof QueueStage>

/** `begun`: mine, not submitted; `replica`: somebody did it and it needs more people; `new`: nobody yet; `single`: one person's work; `dispute`: people differ. */
export const QueueReason = z.enum(['begun', 'replica', 'new', 'single', 'dispute'])
export type QueueReason = z.infer<typeof QueueReason>

export const QueueItem = z.object({
  asset: AssetId, name: z.string(),
  reason: QueueReason,
  /** The reason for a person: "needs a second person; the model is unsure: two classes are close". */
  sentence: z.string(),
  /** What of the order chose it, and what that saw in it: greater is more, 0 … 1 (diverse: 0 … 2). Null where there is no order, and for what was begun. */
  strategy: Strategy.nullable(), value: z.number().nullable(),
  /** People who did it or are at it, and how many it is to get. */
  people: count, wanted: count,
})
export type QueueItem = z.infer<typeof QueueItem>

export const QueueRequest = z.object({
  for: Author, stage: QueueStage.default('label'), limit: z.int().min(1).max(1000).default(20),
  /** In which order items to label come; null: the project's own, else that of their names. Begun items come first in any. */
  order: ItemOrder.nullable().default(null),
  /** An item to label that is left out, because it is in front of the person already. */
  besides: AssetId.nullable().default(null),
})
export type QueueRequest = z.infer<typeof QueueRequest>

/** How much is left. */
export const QueueState = z.object({
  items: count,
  label: z.object({
    /** People's work on items: how much is wanted in all, submitted, begun, and not begun by anybody. */
    wanted: count, submitted: count, begun: count, open: count,
    /** Items that the person can still take, and has begun. */
    mine: count, mineBegun: count,
  }),
  review: z.object({ items: count }),
  /** Disputes that nobody decided; null before the first run of consensus. */
  adjudicate: z.object({ disputes: count, items: count }).nullable(),
})
export type QueueState = z.infer<typeof QueueState>
