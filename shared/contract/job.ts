import { z } from 'zod'

/** A long task of the host. `done` of `total` items (total null while it is not known yet). */
export const Job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'export', 'prelabel', 'consensus']),
  /** What it does, for a person: "Import street-2024". */
  name: z.string(),
  state: z.enum(['running', 'paused', 'cancelled', 'failed', 'done']),
  done: z.int(),
  total: z.int().nullable(),
  /** The item in hand, or the error that ended it. */
  message: z.string(),
  /** Whether it can go on where it stopped. */
  resumable: z.boolean(),
})
export type Job = z.infer<typeof Job>
