import { maskHas } from '#shared/geometry/mask.ts'
import type { Session, Tensor } from '#shared/prelabel/tensor.ts'
import { readMasks, type Cutout, type DecodedMask } from './cutout.ts'
import { decoderFeeds } from './feeds.ts'
import type { Frame } from './frame.ts'
import { isEmptyPrompt, type Prompt } from './prompt.ts'

/**
 * Asks a decoder for the object that a prompt means. `start` as in decoderFeeds. A mask to begin with is taken for more certain than a
 * point against it: where the answer goes past the points, it is asked again without, and the answer that heeds more of them is taken.
 */
export async function answerPrompt(decoder: Session, embedding: Tensor, prompt: Prompt, start: Float32Array | null, frame: Frame): Promise<DecodedMask> {
  if (isEmptyPrompt(prompt)) throw new Error('A prompt needs a point or a box.')
  const ask = async (from: Float32Array | null) => readMasks(await decoder.run(decoderFeeds(embedding, prompt, from, frame)), frame.itemWidth, frame.itemHeight)
  const first = await ask(start)
  const missed = unheeded(first.cutout, prompt)
  if (start === null || missed === 0) return first
  const second = await ask(null)
  return unheeded(second.cutout, prompt) < missed ? second : first
}

/** How many points of a prompt a cutout goes past: those of the object outside, those that are not of it inside. */
export function unheeded(cutout: Cutout | null, { points }: Prompt): number {
  return points.filter(({ x, y, positive }) => (cutout !== null && maskHas(cutout.mask, Math.floor(x / cutout.stepX), Math.floor(y / cutout.stepY))) !== positive).length
}
