import type { Session, Tensor } from '#shared/prelabel/tensor.ts'
import type { Answers, TimeTask } from './protocol.ts'
import { backend, loadedModel } from './sessions.ts'

const floats = (dims: readonly number[], fill = 0): Tensor => ({ type: 'float32', dims, data: new Float32Array(dims.reduce((product, dim) => product * dim, 1)).fill(fill) })

/** Embeds a grey picture and asks for what is in its middle (the inputs of Segment Anything's official ONNX export). Throws in words. */
export async function answerTime({ by }: TimeTask): Promise<Answers['time']> {
  const { sessions } = await loadedModel(by)
  const { encoder, decoder } = sessions
  if (!encoder || !decoder) throw new Error(`${by.manifest.name} has no encoder and decoder.`)
  const { input } = by.manifest
  if (input.kind !== 'image' || input.size.kind !== 'fixed') throw new Error(`${by.manifest.name} has no fixed size of pictures.`)
  const { width, height } = input.size
  const start = performance.now()
  const [embedding] = Object.values(await encoder.run({ [portOf(encoder, input.name)]: floats(input.layout === 'nchw' ? [1, 3, height, width] : [1, height, width, 3]) }))
  await decoder.run({
    image_embeddings: embedding!, point_coords: floats([1, 2, 2], width / 2), point_labels: { type: 'float32', dims: [1, 2], data: Float32Array.of(1, -1) },
    mask_input: floats([1, 1, 256, 256]), has_mask_input: floats([1]), orig_im_size: { type: 'float32', dims: [2], data: Float32Array.of(height, width) },
  })
  return { ms: performance.now() - start, backend }
}

const portOf = ({ inputs }: Session, name: string | null): string => name ?? inputs[0]?.name ?? 'input'
