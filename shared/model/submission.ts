import { z } from 'zod'
import { Author } from './author.ts'
import { AssetId, SubmissionId } from './id.ts'

/** A person says: my work on this item is done (or is open again). */
export const Submission = z.object({
  type: z.literal('submission'), id: SubmissionId, asset: AssetId, author: Author,
  state: z.enum(['submitted', 'reopened']),
  /** Milliseconds since 1970 by the person's clock. */
  at: z.int(),
})
export type Submission = z.infer<typeof Submission>

export const submissionId = (asset: AssetId, author: Author) =>
  `submission:${asset.slice('asset:'.length)}/${encodeURIComponent(author)}` as SubmissionId
