import { z } from 'zod'
import { Change } from '#shared/model/change.ts'
import { Job } from './job.ts'

/** What the host tells every window. */
export const HostEvent = z.discriminatedUnion('kind', [
  /** A change landed (from whichever window, script or job); `revision` counts them. */
  z.object({ kind: z.literal('changed'), revision: z.int(), change: Change }),
  /** So much changed at once that what is shown must be read anew. */
  z.object({ kind: z.literal('reload') }),
  z.object({ kind: z.literal('job'), job: Job }),
  /** The host was restarted by its supervisor. */
  z.object({ kind: z.literal('restarted'), message: z.string() }),
])
export type HostEvent = z.infer<typeof HostEvent>
