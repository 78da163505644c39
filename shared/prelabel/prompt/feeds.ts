import type { Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import { maskSize, type Frame } from './frame.ts'
import type { Prompt } from './prompt.ts'

/** The side of the coarse mask that goes into the decoder and comes out of it. */
export const coarseSide = 256

/** Labels of the decoder's points (Kirillov et al. 2023, official ONNX export). */
const labels = { negative: 0, positive: 1, topLeft: 2, bottomRight: 3, padding: -1 } as const

/**
 * What the decoder of a Segment Anything model takes. `start`: logits of a mask to begin with (coarseSide², row by row), as an
 * answer before gave them; null for none. Without a box the export wants one padding point.
 */
export function decoderFeeds(embedding: Tensor, { points, box }: Prompt, start: Float32Array | null, frame: Frame): Tensors {
  const given = points.map(({ x, y, positive }) => [x, y, positive ? labels.positive : labels.negative] as const)
  const corners = box ? [[box.minX, box.minY, labels.topLeft], [box.maxX, box.maxY, labels.bottomRight]] as const : null
  const all = corners ? [...corners, ...given] : [...given, [0, 0, labels.padding] as const]
  const { width, height } = maskSize(frame)
  return {
    image_embeddings: embedding,
    point_coords: floats(all.flatMap(([x, y, label]) => (label === labels.padding ? [0, 0] : [x * frame.width / frame.itemWidth, y * frame.height / frame.itemHeight])), [1, all.length, 2]),
    point_labels: floats(all.map(([, , label]) => label), [1, all.length]),
    mask_input: { type: 'float32', dims: [1, 1, coarseSide, coarseSide], data: start ?? new Float32Array(coarseSide * coarseSide) },
    has_mask_input: floats([start ? 1 : 0], [1]),
    orig_im_size: floats([height, width], [2]),
  }
}

const floats = (values: readonly number[], dims: readonly number[]): Tensor => ({ type: 'float32', dims, data: Float32Array.from(values) })
