import type { Session, Tensor } from '#shared/prelabel/tensor.ts'
import { readMasks, type DecodedMask } from './cutout.ts'
import { decoderFeeds } from './feeds.ts'
import type { Frame } from './frame.ts'
import { isEmptyPrompt, type Prompt } from './prompt.ts'

/** Asks a decoder for the object that a prompt means. `start` as in decoderFeeds. */
export async function answerPrompt(decoder: Session, embedding: Tensor, prompt: Prompt, start: Float32Array | null, frame: Frame): Promise<DecodedMask> {
  if (isEmptyPrompt(prompt)) throw new Error('A prompt needs a point or a box.')
  return readMasks(await decoder.run(decoderFeeds(embedding, prompt, start, frame)), frame.itemWidth, frame.itemHeight)
}
