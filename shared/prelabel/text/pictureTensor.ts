import type { ImageInput } from '../manifest.ts'
import type { Picture } from '../sample.ts'
import type { Tensor } from '../tensor.ts'

/**
 * Pictures of one height side by side in a batch [N, C, H, W] (or [N, H, W, C]), each at the left, padded with the input's
 * padding to `width`: `(value · scale − mean) / deviation` a channel, in the order that the graph wants them.
 */
export function pictureTensor(pictures: readonly Picture[], input: ImageInput, width: number, height: number): Tensor {
  const channels = input.channels === 'grey' ? 1 : 3
  const plane = width * height
  const data = new Float32Array(pictures.length * channels * plane)
  const planar = input.layout === 'nchw'
  for (let channel = 0; channel < channels; channel++) {
    const from = input.channels === 'bgr' ? 2 - channel : channel
    const normalise = (value: number) => (value * input.scale - input.mean[channel]!) / input.deviation[channel]!
    const pad = normalise(input.pad[from]!)
    pictures.forEach((picture, index) => {
      const base = index * channels * plane
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const at = base + (planar ? channel * plane + y * width + x : (y * width + x) * channels + channel)
          const inside = x < picture.width && y < picture.height
          data[at] = inside ? normalise(valueOf(picture, (y * picture.width + x) * 3, from, channels === 1)) : pad
        }
      }
    })
  }
  const dims = planar ? [pictures.length, channels, height, width] : [pictures.length, height, width, channels]
  if (input.type === 'uint8') return { type: 'uint8', dims, data: Uint8Array.from(data, (value) => Math.max(0, Math.min(255, Math.round(value)))) }
  return { type: 'float32', dims, data }
}

/** Grey is the luma of ITU-R BT.601. */
const valueOf = ({ data }: Picture, at: number, channel: number, grey: boolean): number =>
  (grey ? 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]! : data[at + channel]!)
