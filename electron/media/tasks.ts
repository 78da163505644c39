import type { CutInput, CutReply } from './cutClips.ts'
import type { Fingerprint } from './fingerprint.ts'
import type { Refusal } from './image.ts'
import type { PeaksInput, PeaksMade } from './peaks.ts'
import type { Rendered, RenderInput } from './render.ts'
import type { SoundTileInput } from './soundTiles.ts'
import type { TakeInput, TakeReply } from './take.ts'

/** What the media workers do. */
export type MediaTasks = {
  fingerprint: { input: string; output: Fingerprint | Refusal }
  take: { input: TakeInput; output: TakeReply }
  cut: { input: CutInput; output: CutReply }
  makePeaks: { input: PeaksInput; output: PeaksMade }
  soundTile: { input: SoundTileInput; output: Uint8Array<ArrayBuffer> | null }
  render: { input: RenderInput; output: Rendered }
}
