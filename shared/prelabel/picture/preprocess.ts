import { QuorumError } from '#shared/contract/errors.ts'
import type { ImageInput } from '../manifest.ts'
import type { ImageSample, Picture } from '../sample.ts'
import type { Tensor } from '../tensor.ts'
import { frameOf, type Frame } from './frame.ts'
import { placeOf, type Place } from './place.ts'
import { resample } from './resample.ts'

/** More values than any model that runs on a desk wants; a manifest that asks for more is wrong. */
const mostValues = 200_000_000

/** A picture as the tensor that a graph wants, [1, C, H, W] or [1, H, W, C], and where the picture lies in it. */
export function preprocess(input: ImageInput, sample: ImageSample): { tensor: Tensor, place: Place } {
  checkPicture(sample.picture)
  const frame = frameOf(input, sample.width, sample.height)
  const depth = input.channels === 'grey' ? 1 : 3
  if (frame.width * frame.height * depth > mostValues) {
    throw new QuorumError('unsupported', `The model’s manifest asks for a picture of ${frame.width} × ${frame.height}, which is too large.`)
  }
  const size = frame.width * frame.height * depth
  const dims = input.layout === 'nchw' ? [1, depth, frame.height, frame.width] : [1, frame.height, frame.width, depth]
  const place = placeOf(frame)
  if (input.type === 'uint8') {
    const data = new Uint8Array(size)
    fill(data, input, sample.picture, frame, bytesOf)
    return { tensor: { type: 'uint8', dims, data }, place }
  }
  const data = new Float32Array(size)
  fill(data, input, sample.picture, frame, (value) => value)
  return { tensor: { type: 'float32', dims, data }, place }
}

const bytesOf = (value: number): number => Math.min(Math.max(Math.round(value), 0), 255)

function checkPicture({ width, height, data }: Picture): void {
  if (!(width >= 1 && height >= 1)) throw new QuorumError('invalid-input', 'The picture has no pixels.')
  if (data.length < width * height * 3) throw new QuorumError('invalid-input', `The picture has ${data.length} bytes where ${width} × ${height} pixels have ${width * height * 3}.`)
}

type Values = Float32Array | Uint8Array

/** Pads, then writes the picture's pixels where they lie. */
function fill(out: Values, input: ImageInput, picture: Picture, frame: Frame, finish: (value: number) => number): void {
  const left = Math.max(frame.left, 0), top = Math.max(frame.top, 0)
  const width = Math.min(frame.left + frame.contentWidth, frame.width) - left, height = Math.min(frame.top + frame.contentHeight, frame.height) - top
  const pixels = resample(picture, { fullWidth: frame.contentWidth, fullHeight: frame.contentHeight, left: left - frame.left, top: top - frame.top, width, height })
  const depth = input.channels === 'grey' ? 1 : 3
  const [step, jump] = input.layout === 'nchw' ? [1, frame.width * frame.height] : [depth, 1]
  const area = { left, top, width, height, full: width === frame.width && height === frame.height }
  for (let channel = 0; channel < depth; channel++) {
    const value = normaliser(input, channel, finish)
    if (!area.full) paintPad(out, value(padOf(input, channel)), channel * jump, step, frame)
    const table = Float32Array.from({ length: 256 }, (_, level) => value(level))
    const write = input.channels === 'grey' ? writeGrey : writeColour(input.channels === 'bgr' ? 2 - channel : channel)
    write(out, pixels, table, area, frame.width, channel * jump, step)
  }
}

const padOf = (input: ImageInput, channel: number): number => input.pad[channel] ?? 0
const normaliser = (input: ImageInput, channel: number, finish: (value: number) => number) =>
  (value: number) => finish((value * input.scale - input.mean[channel]!) / (input.deviation[channel]! || 1))

function paintPad(out: Values, value: number, at: number, step: number, { width, height }: Frame): void {
  if (step === 1) { out.fill(value, at, at + width * height); return }
  for (let i = at; i < out.length; i += step) out[i] = value
}

interface Area { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
type Write = (out: Values, pixels: Uint8Array | Uint8ClampedArray, table: Float32Array, area: Area, stride: number, at: number, step: number) => void

const writeColour = (source: number): Write => (out, pixels, table, { left, top, width, height }, stride, at, step) => {
  for (let row = 0, from = source; row < height; row++) {
    let to = at + ((row + top) * stride + left) * step
    for (let column = 0; column < width; column++, from += 3, to += step) out[to] = table[pixels[from]!]!
  }
}

/** Luma of ITU-R BT.601, as cv2 and Pillow make grey pictures. */
const writeGrey: Write = (out, pixels, table, { left, top, width, height }, stride, at, step) => {
  for (let row = 0, from = 0; row < height; row++) {
    let to = at + ((row + top) * stride + left) * step
    for (let column = 0; column < width; column++, from += 3, to += step) {
      out[to] = table[Math.round(0.299 * pixels[from]! + 0.587 * pixels[from + 1]! + 0.114 * pixels[from + 2]!)]!
    }
  }
}
