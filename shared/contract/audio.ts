import { z } from 'zod'

/** Where the drawing of a sound stands. Peaks, samples and spectra themselves come from addresses of the transport. */
export const PeaksState = z.discriminatedUnion('kind', [
  /** The host decodes it; `done` of 1. */
  z.object({ kind: z.literal('working'), done: z.number().min(0).max(1) }),
  z.object({
    kind: z.literal('ready'), sampleRate: z.number().min(1), channels: z.int().min(1), frames: z.int().min(1),
    /** False where the sound ends before the length that its header gives. */
    complete: z.boolean(),
    /** Whether a player finds every sample in the file itself; otherwise it plays the host's copy. */
    seekable: z.boolean(),
  }),
  /** The host has no decoder for it; the page's own does. */
  z.object({ kind: z.literal('in-page') }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
])
export type PeaksState = z.infer<typeof PeaksState>
