import { forEachRun } from '#shared/geometry/mask.ts'
import type { Tensor } from '#shared/prelabel/tensor.ts'
import type { Cutout } from '../cutout.ts'
import type { Frame } from '../frame.ts'

/** What an encoder sees at each cell of a picture: vectors of length 1 about the picture's own mean, so that a cosine tells things of this picture apart. */
export interface Features {
  /** Cells of the picture; the padding behind it is left out. */
  readonly columns: number
  readonly rows: number
  readonly channels: number
  /** `channels` values a cell, row by row. */
  readonly data: Float32Array
  /** Cells per pixel of the item. */
  readonly scale: number
}

/** Features of an embedding [1, C, H, W] of a picture that lies in its square as `frame` says. Throws when the tensor is none. */
export function featuresOf(embedding: Tensor, frame: Frame): Features {
  const [, channels = 0, high = 0, wide = 0] = embedding.dims
  if (embedding.type !== 'float32' || embedding.dims.length !== 4 || channels * high * wide !== embedding.data.length || wide === 0) throw new Error('The encoder’s output is no map of features.')
  const columns = Math.max(1, Math.min(wide, Math.ceil((frame.width / frame.longest) * wide)))
  const rows = Math.max(1, Math.min(high, Math.ceil((frame.height / frame.longest) * high)))
  const data = new Float32Array(columns * rows * channels)
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0
    for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) sum += embedding.data[(channel * high + row) * wide + column]!
    const mean = sum / (columns * rows)
    for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) data[(row * columns + column) * channels + channel] = embedding.data[(channel * high + row) * wide + column]! - mean
  }
  for (let cell = 0; cell < columns * rows; cell++) normalise(data.subarray(cell * channels, (cell + 1) * channels))
  return { columns, rows, channels, data, scale: (frame.scale * wide) / frame.longest }
}

/** Which share of each cell a cutout covers, 0 … 1, row by row. */
export function coverageOf({ mask, stepX, stepY }: Pick<Cutout, 'mask' | 'stepX' | 'stepY'>, { columns, rows, scale }: Features): Float32Array {
  const covered = new Float32Array(columns * rows)
  const share = stepX * stepY * scale * scale
  forEachRun(mask, (start, end) => {
    for (let at = start; at < end; at++) {
      const x = mask.x + Math.floor(at / mask.height) + 0.5, y = mask.y + (at % mask.height) + 0.5
      const column = Math.floor(x * stepX * scale), row = Math.floor(y * stepY * scale)
      if (column >= 0 && row >= 0 && column < columns && row < rows) covered[row * columns + column]! += share
    }
  })
  return covered.map((value) => Math.min(1, value))
}

/** The mean of the cells by their weights, of length 1; null when no cell weighs anything. */
export function pooled({ columns, rows, channels, data }: Features, weights: ArrayLike<number>): Float32Array | null {
  const sum = new Float32Array(channels)
  let any = false
  for (let cell = 0; cell < columns * rows; cell++) {
    const weight = weights[cell]!
    if (weight <= 0) continue
    any = true
    for (let channel = 0; channel < channels; channel++) sum[channel]! += weight * data[cell * channels + channel]!
  }
  return any ? normalise(sum) : null
}

/** The cosine of a vector of length 1 with a cell. */
export function cosine({ channels, data }: Features, cell: number, vector: ArrayLike<number>): number {
  let sum = 0
  for (let channel = 0; channel < channels; channel++) sum += data[cell * channels + channel]! * vector[channel]!
  return sum
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!
  return sum
}

/** In place; nothing stays nothing. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  if (length > 0) for (let at = 0; at < vector.length; at++) vector[at]! /= length
  return vector
}
