import { z } from 'zod'
import { ModelTask } from '#shared/contract/prelabel.ts'
import { Author } from '#shared/model/author.ts'
import type { Asset } from '#shared/model/asset.ts'
import { AssetId } from '#shared/model/id.ts'
import { RunSettings } from '#shared/prelabel/manifest.ts'
import { Outcome } from '#shared/prelabel/prediction.ts'
import { modelLayer } from '#shared/prelabel/drafts.ts'
import type { Predicted } from './protocol.ts'

/** What makes drafts of a run what they are: their lineage, and how classes become labels. */
export const DraftRun = z.object({
  model: z.string().min(1).refine((id) => { try { return modelLayer(id) !== '' } catch { return false } }, 'must be the id of a model'),
  name: z.string(), version: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/u), task: ModelTask, classes: z.array(z.string()),
  /** A rule knows no labels: its drafts come without one. */
  rule: z.boolean(),
  settings: RunSettings, makeLabels: z.boolean(),
  /** Who asked for the drafts. */
  author: Author,
})
export type DraftRun = z.infer<typeof DraftRun>

/** What a model said of one item, and when (milliseconds since 1970). */
export const DraftLine = z.object({ asset: AssetId, at: z.number().min(0).max(8.64e15), ms: z.number(), backend: z.string().max(100), outcome: Outcome })
export type DraftLine = z.infer<typeof DraftLine>

/** What became of what was said. */
export const Written = z.object({
  drafts: z.int(),
  /** Items that had this run's drafts, and those whose earlier drafts somebody has judged. */
  done: z.int(), judged: z.int(),
  /** Items that are not in this project. */
  unknown: z.int(),
  unmapped: z.record(z.string(), z.int()),
  /** Labels made for the model's classes, because the project had none at all. */
  labels: z.int(),
  notes: z.array(z.string()),
})
export type Written = z.infer<typeof Written>

export const nothingWritten = (): Written => ({ drafts: 0, done: 0, judged: 0, unknown: 0, unmapped: {}, labels: 0, notes: [] })

export function addWritten(to: Written, more: Written): void {
  for (const key of ['drafts', 'done', 'judged', 'unknown', 'labels'] as const) to[key] += more[key]
  for (const [name, count] of Object.entries(more.unmapped)) to.unmapped[name] = (to.unmapped[name] ?? 0) + count
  to.notes = [...new Set([...to.notes, ...more.notes])]
}

/** Where what a model says goes. */
export interface DraftSink {
  readonly written: Written
  /** Items handed over that are not in the project yet. */
  readonly waiting: number
  /** Whether the item is to be looked at; counts those that are not. */
  wants(asset: Pick<Asset, 'id'>): boolean
  said(asset: Pick<Asset, 'id'>, answer: Predicted, at?: number): void
  /** What was said is on the disk after this. Throws in words. */
  flush(): void
  /** When nothing more comes: waits, within limits, until it is in the project. */
  end(signal: AbortSignal): Promise<void>
}
