import { z } from 'zod'

/** Something a format cannot hold, counted and shown by example before anything is written. */
export const Loss = z.object({
  /** Stable: `kind-not-held`, `attributes-dropped`, `rotation-lost` … */
  code: z.string(),
  /** The geometry kind, or what else it is about. */
  kind: z.string(),
  count: z.int(),
  /** At most five: "street/004.jpg · car · annotation:…". */
  examples: z.array(z.string()),
})
export type Loss = z.infer<typeof Loss>

export const Withheld = z.object({ reason: z.string(), count: z.int() })
export type Withheld = z.infer<typeof Withheld>

export const SplitRequest = z.object({
  /** Shares by name; they are scaled to sum to 1. */
  shares: z.record(z.string().regex(/^[\p{L}\p{N}_-]+$/u), z.number().positive()),
  seed: z.int(),
  /** A metadata column (or `folder`): items with the same value stay together. */
  groupBy: z.string().nullable(),
  stratify: z.boolean(),
})
export type SplitRequest = z.infer<typeof SplitRequest>

export const ExportRequest = z.object({
  format: z.string(),
  /** `final`, `consensus` or a person's layer; null: final, else consensus, else the only layer there is. */
  layer: z.string().nullable(),
  includeDrafts: z.boolean(),
  split: SplitRequest.nullable(),
})
export type ExportRequest = z.infer<typeof ExportRequest>

export const ExportReport = z.object({
  files: z.int(),
  annotations: z.int(),
  losses: z.array(Loss),
  withheld: z.array(Withheld),
  /** SHA-256 over the log's changes: the same snapshot and request give the same bytes. */
  snapshot: z.string(),
})
export type ExportReport = z.infer<typeof ExportReport>
