import type { Head, ImageInput, Manifest } from '#shared/prelabel/manifest.ts'
import type { ImageSample } from '#shared/prelabel/sample.ts'
import type { Port, Session, Tensor, Tensors } from '#shared/prelabel/tensor.ts'

/** Small models, graphs and pictures for tests; `parts` replaces what a test is about. */

export const imageInput = (width: number, height: number, parts: Partial<ImageInput> = {}): ImageInput => ({
  kind: 'image', name: null, layout: 'nchw', channels: 'rgb', type: 'float32', size: { kind: 'fixed', width, height }, fit: 'stretch',
  pad: [114, 114, 114], scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1], ...parts,
})

export const manifest = (head: Head, classes: readonly string[], parts: Partial<Manifest> = {}): Manifest => ({
  schema: 1, id: 'test', name: 'Test', version: '1', task: 'detect', licence: 'MIT', source: 'test', files: [], input: imageInput(64, 64), head, classes: [...classes],
  threshold: 0.25, overlap: 0.5, mostDetections: 300, ...parts,
})

export const floats = (dims: readonly number[], data: ArrayLike<number>): Tensor => ({ type: 'float32', dims, data: Float32Array.from(data) })

/** A graph that answers the same to everything, and remembers what it was fed. */
export function fakeSession(outputs: Tensors, inputs: readonly Port[] = [{ name: 'images', type: 'float32', dims: [] }]): Session & { readonly fed: Tensors[] } {
  const fed: Tensors[] = []
  return {
    inputs, outputs: Object.entries(outputs).map(([name, { type, dims }]) => ({ name, type, dims })), fed,
    run: (feeds) => {
      fed.push(feeds)
      return Promise.resolve(outputs)
    },
  }
}

/** A picture of one colour. */
export const plainPicture = (width: number, height: number, colour: readonly [number, number, number] = [0, 0, 0]): ImageSample => ({
  kind: 'image', width, height, picture: { width, height, data: Uint8Array.from({ length: width * height * 3 }, (_, at) => colour[at % 3]!) },
})
