import { z } from 'zod'
import { AssetId, LabelId } from '#shared/model/id.ts'

export const ModelTask = z.enum([
  'detect', 'segment', 'prompt-segment', 'classify', 'text-detect', 'text-recognise', 'voice-activity', 'speech-to-text', 'embed',
])
export type ModelTask = z.infer<typeof ModelTask>

/** What can pre-label, as a person sees it. */
export const ModelRow = z.object({
  id: z.string(), name: z.string(), version: z.string(), task: ModelTask,
  /** `rule`: a baseline without weights; `built-in`: comes with Quorum; `own`: added by the person. */
  kind: z.enum(['rule', 'built-in', 'own']),
  licence: z.string(), source: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.int(), hash: z.string() })),
  classes: z.array(z.string()),
  /** Default threshold of the score, 0 … 1. */
  threshold: z.number(),
  /** Median milliseconds an item here, as last measured; null before that. */
  latencyMs: z.number().nullable(), backend: z.string().nullable(),
  /** Why it cannot run now, in words. */
  problem: z.string().nullable(),
})
export type ModelRow = z.infer<typeof ModelRow>

export const PrelabelRequest = z.object({
  model: z.string().min(1),
  /** The items; null: all that the model can look at and that nobody has submitted. */
  assets: z.array(AssetId).nullable(),
  /** Least score, 0 … 1; null: the model's own. */
  threshold: z.number().min(0).max(1).nullable(),
  /** IoU from which two boxes of one class are the same, 0 … 1; null: the model's own. */
  overlap: z.number().min(0).max(1).nullable().default(null),
  /** Whether classes without a label get one made. */
  makeLabels: z.boolean().default(false),
  /** Every `of`-th item of the model's kind only, beginning with the `index`-th, from 1: for a scheduler that shares the work out. What is left out counts for places, so that shares stay the same while people submit. */
  shard: z.object({ index: z.int().min(1), of: z.int().min(1).max(100_000) }).nullable().default(null),
})
export type PrelabelRequest = z.infer<typeof PrelabelRequest>

export const PrelabelReport = z.object({
  model: z.string(), items: z.int(), drafts: z.int(),
  failed: z.array(z.object({ asset: AssetId, name: z.string(), reason: z.string() })),
  /** Items that had this model's drafts with the same settings already. */
  skipped: z.int(),
  /** Items of the model's kind that were not looked at: somebody submitted them (unless a filter, or the items themselves, were asked for), or their file is missing. */
  leftOut: z.object({ submitted: z.int(), missing: z.int() }),
  /** Items whose drafts were handed over and are not in the project yet, because another program has it open. */
  waiting: z.int(),
  /** Predictions of classes without a label, by class: counted, not dropped in silence. */
  unmapped: z.record(z.string(), z.int()),
  notes: z.array(z.string()),
  perItemMs: z.number().nullable(), backend: z.string(),
})
export type PrelabelReport = z.infer<typeof PrelabelReport>

/** Which label a model's class becomes; null: none, on purpose. Classes that are not named go by equal names. */
export const ClassMapping = z.record(z.string(), LabelId.nullable())
export type ClassMapping = z.infer<typeof ClassMapping>
