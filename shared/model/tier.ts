import { z } from 'zod'
import { TierId } from './id.ts'

/** A row of time segments: a speaker, a layer of words, noises. The constraints are ELAN's. */
export const Tier = z.object({
  type: z.literal('tier'),
  id: TierId,
  name: z.string().min(1).max(200),
  order: z.number(),
  parent: TierId.nullable(),
  constraint: z.enum(['none', 'time-subdivision', 'included-in', 'symbolic-subdivision', 'symbolic-association']),
  /** Point tiers hold instants: start = end. */
  points: z.boolean(),
  /** Whether segments of this tier may overlap. */
  overlap: z.boolean(),
})
export type Tier = z.infer<typeof Tier>
