import { z } from 'zod'
import { Author } from './author.ts'
import { Clock } from './clock.ts'
import { Diff } from './diff.ts'
import { AssetId, ChangeId } from './id.ts'

/** Why a change was made: by a gesture, or to take one back, or to bring it again. `target` is the change taken back. */
export const Intent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('do') }),
  z.object({ kind: z.literal('undo'), target: ChangeId }),
  z.object({ kind: z.literal('redo'), target: ChangeId }),
])
export type Intent = z.infer<typeof Intent>

/** What a client asks for. The client makes the id, so that sending twice saves once. */
export const ChangeRequest = z.object({
  id: ChangeId,
  /** The gesture in words: "draw box". */
  name: z.string().min(1).max(200).refine((name) => !/\p{Cs}/u.test(name), 'must not hold half a character'),
  /** The item it was made on; null for changes of the project as a whole. Undo walks the changes of one item. */
  asset: AssetId.nullable(),
  intent: Intent,
  durationMs: z.int().min(0).nullable(),
  diff: Diff,
})
export type ChangeRequest = z.infer<typeof ChangeRequest>

/** A row of the append-only log. */
export const Change = ChangeRequest.extend({ clock: Clock, author: Author })
export type Change = z.infer<typeof Change>
