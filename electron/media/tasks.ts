import type { CutInput, CutReply } from './cutClips.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { Refusal } from './image.ts'
import type { Rendered, RenderInput } from './render.ts'
import type { TakeInput, TakeReply } from './take.ts'

/** What the media workers do. */
export type MediaTasks = {
  fingerprint: { input: string; output: Fingerprint | Refusal }
  take: { input: TakeInput; output: TakeReply }
  cut: { input: CutInput; output: CutReply }
  render: { input: RenderInput; output: Rendered }
}
