import { z } from 'zod'
import { ProjectId } from './id.ts'
import { Writing } from './writing.ts'

/** The project itself: one record. */
export const Project = z.object({
  type: z.literal('project'),
  id: ProjectId,
  name: z.string().min(1).max(200),
  /** Blind: nobody sees another's layer of an item before submitting their own. */
  visibility: z.enum(['open', 'blind']),
  guideline: z.string(),
  /** Absent until somebody sets it. */
  writing: Writing.optional(),
})
export type Project = z.infer<typeof Project>
