import { z } from 'zod'

/** One thing the user must know about one file (`code` is one of the stable codes listed in docs/import.md). */
export const ImportIssue = z.object({ path: z.string(), code: z.string(), message: z.string() })
export type ImportIssue = z.infer<typeof ImportIssue>

export const ImportReport = z.object({
  assets: z.int(),
  annotations: z.int(),
  byLabel: z.record(z.string(), z.int()),
  byKind: z.record(z.string(), z.int()),
  issues: z.array(ImportIssue),
  /** Files and rows that did not come in; each has its issue. */
  skipped: z.int(),
})
export type ImportReport = z.infer<typeof ImportReport>

export const ImportRequest = z.object({
  /** Absolute paths of files or folders. */
  sources: z.array(z.string().min(1)).min(1),
  mode: z.enum(['copied', 'referenced']),
  /** A format id, `auto`, or `media` for pictures and sound alone. */
  format: z.string(),
  /** Where the pictures of an annotation file are, when not beside it. */
  media: z.string().nullable(),
  /** The layer that annotations land in; null: the importing person's. */
  layer: z.string().nullable(),
  /** What comes in is the person's finished work: they have done every item that the annotation files name, also where they marked nothing. */
  finished: z.boolean().optional(),
  /** What comes in are known answers, all of each item that the files name: they go to the layer `final`. */
  gold: z.boolean().optional(),
})
export type ImportRequest = z.infer<typeof ImportRequest>
