import { mismatch, shapeOf } from './decode/reading.ts'
import type { ImageInput } from './manifest.ts'
import type { Frame } from './picture/frame.ts'
import type { Port, Session, Tensor, Tensors } from './tensor.ts'

/** What a graph wants to eat: the picture, and what some exports ask for beside it. Throws in words for anything else. */
export function feedsOf(session: Session, input: ImageInput, picture: Tensor, frame: Frame): Tensors {
  const port = picturePort(session, input)
  checkPort(port, picture)
  const others = session.inputs.filter(({ name }) => name !== port.name)
  return Object.fromEntries([[port.name, picture], ...others.map(({ name }) => [name, besides(name, frame)] as const)])
}

function picturePort({ inputs }: Session, input: ImageInput): Port {
  const names = inputs.map(({ name }) => `\`${name}\``).join(', ')
  const found = input.name === null ? inputs.filter((port) => !(port.name in sizes)) : inputs.filter(({ name }) => name === input.name)
  if (found.length === 1) return found[0]!
  if (inputs.length === 0) throw mismatch('The model has no inputs, so it cannot look at a picture.')
  throw mismatch(input.name === null
    ? `The model has ${inputs.length} inputs (${names}), and its manifest does not name the picture’s.`
    : `The model has no input \`${input.name}\`; it has ${names}.`)
}

/** The graph's input against the tensor: type, number of dimensions, and those that are not free. */
function checkPort(port: Port, { type, dims }: Tensor): void {
  // Whoever runs a graph of half precision halves what goes in.
  if (port.type !== type && port.type !== '' && !(port.type === 'float16' && type === 'float32')) throw mismatch(`The input \`${port.name}\` is of type ${port.type}, and the manifest gives ${type}. Change \`type\` in the manifest’s input.`)
  const fits = port.dims.length === 0 || (port.dims.length === dims.length && port.dims.every((dim, at) => typeof dim !== 'number' || dim < 0 || dim === dims[at]))
  if (!fits) throw mismatch(`The input \`${port.name}\` is ${port.dims.map((dim) => dim ?? '?').join(' × ')}, and the manifest makes ${shapeOf(dims)}. Change \`size\` or \`layout\` in the manifest’s input.`)
}

/**
 * Inputs beside the picture, all about the size of what the graph sees, so that its boxes come in pixels of its input: RT-DETR's
 * `orig_target_sizes` (width, height), PaddleDetection's `im_shape` (height, width) and `scale_factor`, DETR's `pixel_mask` (all seen).
 */
const sizes: Readonly<Record<string, (frame: Frame) => Tensor>> = {
  orig_target_sizes: ({ width, height }) => ({ type: 'int64', dims: [1, 2], data: BigInt64Array.of(BigInt(width), BigInt(height)) }),
  im_shape: ({ width, height }) => ({ type: 'float32', dims: [1, 2], data: Float32Array.of(height, width) }),
  scale_factor: () => ({ type: 'float32', dims: [1, 2], data: Float32Array.of(1, 1) }),
  pixel_mask: ({ width, height }) => ({ type: 'int64', dims: [1, height, width], data: new BigInt64Array(width * height).fill(1n) }),
}

function besides(name: string, frame: Frame): Tensor {
  const make = sizes[name]
  if (!make) throw mismatch(`The model wants an input \`${name}\` beside the picture, and it is not known what that is.`)
  return make(frame)
}
