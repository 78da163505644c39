import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import { constantModel, onnxFile, type OnnxGraph, type OnnxModel } from '#shared/testing/onnx.ts'
import { practiceMedia } from '#electron/host/practice.ts'
import type { ItemFile, PredictTask } from './protocol.ts'

const side = 32
const input = { name: 'images', dims: [1, 3, side, side] }

/** A detector of two classes that says the same of every picture: rows of x, y, width, height and both scores, in pixels of 32 × 32. */
export const tinyYolo = (rows: readonly (readonly number[])[]): Uint8Array => {
  const columns = [0, 1, 2, 3, 4, 5].flatMap((column) => rows.map((row) => row[column]!))
  return constantModel(input, [{ name: 'output0', dims: [1, 6, rows.length], data: columns }], { names: "{0: 'person', 1: 'kite'}", task: 'detect', stride: '32' })
}

/** One person in the middle, a quarter of the picture. */
export const onePerson = [[16, 16, 16, 16, 0.9, 0.1]]

export const tinyManifest = (bytes: Uint8Array, parts: Partial<Manifest> = {}): Manifest => ({
  schema: 1, id: 'tiny', name: 'Tiny', version: '1', task: 'detect', licence: 'MIT', source: 'a test',
  files: [{ name: 'model', path: 'tiny.onnx', bytes: bytes.length, hash: createHash('sha256').update(bytes).digest('hex') }],
  input: {
    kind: 'image', name: null, layout: 'nchw', channels: 'rgb', type: 'float32', size: { kind: 'fixed', width: side, height: side }, fit: 'stretch',
    pad: [0, 0, 0], scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1],
  },
  head: { kind: 'yolo', transposed: false, activation: 'none' }, classes: ['person', 'kite'], threshold: 0.5, overlap: 0.5, mostDetections: 300, ...parts,
})

/** A picture of the practice project, 600 × 400. */
export const coffee: ItemFile = { kind: 'image', path: join(practiceMedia, 'coffee.jpg'), mime: 'image/jpeg', width: 600, height: 400 }

let made = 0
/** A task over a model of these bytes, written into `folder`. */
export function taskOver(folder: string, bytes: Uint8Array, parts: Partial<Manifest> = {}, item: ItemFile = coffee): PredictTask {
  const path = join(folder, `${++made}.onnx`)
  writeFileSync(path, bytes)
  const manifest = tinyManifest(bytes, parts)
  return { kind: 'predict', by: { kind: 'model', key: path, manifest, files: { model: path } }, item, region: null, settings: { threshold: 0.5, overlap: 0.5, mostDetections: 300 } }
}

/** A picture goes in, and `nodes` make `output0` of it. */
const picture = (parts: Pick<OnnxModel, 'nodes' | 'initializers'> & Partial<OnnxModel>): Uint8Array => onnxFile({ inputs: [input], outputs: [{ name: 'output0', dims: [1, 6, 1] }], ...parts })

/** Counts to 2⁶², which takes a few hundred years. */
export function endless(): Uint8Array {
  const body: OnnxGraph = {
    inputs: [{ name: 'i', type: 'int64', dims: [] }, { name: 'go', type: 'bool', dims: [] }, { name: 'sum', dims: [1] }],
    outputs: [{ name: 'on', type: 'bool', dims: [] }, { name: 'more', dims: [1] }],
    nodes: [{ op: 'Identity', inputs: ['go'], outputs: ['on'] }, { op: 'Add', inputs: ['sum', 'sum'], outputs: ['more'] }],
  }
  return picture({
    initializers: [{ name: 'trips', type: 'int64', dims: [], data: [2 ** 62] }, { name: 'shape', type: 'int64', dims: [3], data: [1, 6, 1] }, { name: 'six', type: 'int64', dims: [1], data: [1] }],
    nodes: [
      { op: 'ReduceMean', inputs: ['images'], outputs: ['mean'], attributes: { keepdims: { int: 0 } } }, { op: 'Reshape', inputs: ['mean', 'six'], outputs: ['start'] },
      { op: 'Loop', inputs: ['trips', '', 'start'], outputs: ['end'], attributes: { body: { graph: body } } },
      { op: 'Expand', inputs: ['end', 'shape'], outputs: ['output0'] },
    ],
  })
}

/** Wants `rows` × 32,000 numbers at once: with so many rows, 4.29 GB, a little less than the runtime can name and more than it can have. */
export const greedy = (rows = 33_500): Uint8Array => picture({
  initializers: [{ name: 'shape', type: 'int64', dims: [2], data: [rows, 32_000] }, { name: 'small', type: 'int64', dims: [3], data: [1, 6, 1] }],
  nodes: [
    { op: 'ReduceMean', inputs: ['images'], outputs: ['mean'], attributes: { keepdims: { int: 0 } } }, { op: 'Expand', inputs: ['mean', 'shape'], outputs: ['wide'] },
    { op: 'Exp', inputs: ['wide'], outputs: ['wider'] }, { op: 'ReduceMean', inputs: ['wider'], outputs: ['one'], attributes: { keepdims: { int: 0 } } },
    { op: 'Expand', inputs: ['one', 'small'], outputs: ['output0'] },
  ],
})
