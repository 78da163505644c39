import { z } from 'zod'

/**
 * A stretch of an annotation's text that is not certain. `start` and `end` count UTF-16 code units of the text and lie
 * between grapheme clusters; start < end. `unclear`: a guess, with another reading where there is one.
 * `illegible`: the text under it only holds the place.
 */
export const TextSpan = z
  .object({
    start: z.int().min(0), end: z.int().min(1), kind: z.enum(['unclear', 'illegible']), alternative: z.string().max(2000).nullable().default(null),
  })
  .refine(({ start, end }) => start < end, 'must end after its start')
export type TextSpan = z.infer<typeof TextSpan>
