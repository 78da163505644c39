import * as ort from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { readHeader } from '#shared/prelabel/onnx/header.ts'
import { tfjsToOnnx } from './tfjsToOnnx.mjs'

ort.env.wasm.numThreads = 1

const valid = { s: Buffer.from('VALID').toString('base64') }
const ints = (...values: number[]) => ({ list: { i: values.map(String) } })
const halves = (values: readonly number[]) => Buffer.from(Float16Array.from(values).buffer)
const wholes = (values: readonly number[]) => Buffer.from(Int32Array.from(values).buffer)
const half = { dtype: 'float16', original_dtype: 'float32' }

/** A picture of 2 × 2 with a rim of zeros, a convolution of 3 × 3 that sums, a bias, a leaky rectifier. */
const graph = {
  modelTopology: {
    node: [
      { name: 'picture', op: 'Placeholder' }, { name: 'rim', op: 'Const' }, { name: 'filter', op: 'Const' }, { name: 'bias', op: 'Const' },
      { name: 'padded', op: 'Pad', input: ['picture', 'rim'] },
      { name: 'sums', op: 'Conv2D', input: ['padded', 'filter'], attr: { padding: valid, strides: ints(1, 1, 1, 1), dilations: ints(1, 1, 1, 1) } },
      { name: 'moved', op: 'AddV2', input: ['sums', 'bias'] }, { name: 'leaky', op: 'LeakyRelu', input: ['moved'], attr: { alpha: { f: 0.5 } } }, { name: 'out', op: 'Identity', input: ['leaky'] },
    ],
  },
  weightsManifest: [{ weights: [
    { name: 'rim', shape: [4, 2], dtype: 'int32' }, { name: 'filter', shape: [3, 3, 1, 1], dtype: 'float32', quantization: half }, { name: 'bias', shape: [1], dtype: 'float32', quantization: half },
  ] }],
}
const data = Buffer.concat([wholes([0, 0, 1, 1, 1, 1, 0, 0]), halves([0, 0, 0, 0, 1, 2, 0, 0, 0]), halves([-3])])
const conversion = { name: 'tiny', model: graph, data, input: { name: 'picture', dims: [1, 2, 2, 1] }, outputs: { out: { name: 'answer', dims: [1, 2, 2, 1] } } }

test('a converted graph computes what the original does', async () => {
  const bytes = tfjsToOnnx(conversion)
  expect(readHeader(bytes, 'tiny.onnx')).toMatchObject({ opsets: { '': 13 }, inputs: [{ name: 'picture', dims: [1, 2, 2, 1] }], outputs: [{ name: 'answer' }] })
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'] })
  const { answer } = await session.run({ picture: new ort.Tensor('float32', Float32Array.of(1, 2, 3, 4), [1, 2, 2, 1]) })
  // Itself and twice its right neighbour, less 3; half of what is below zero.
  expect([...(answer!.data as Float32Array)]).toEqual([1 + 4 - 3, (2 - 3) / 2, 3 + 8 - 3, 4 - 3])
  await session.release()
})

test('what is not converted is named, and weights of another length are refused', () => {
  const other = { ...graph, modelTopology: { node: [{ name: 'out', op: 'Teleport', input: [] }] } }
  expect(() => tfjsToOnnx({ ...conversion, model: other })).toThrow(/Teleport/u)
  expect(() => tfjsToOnnx({ ...conversion, data: data.subarray(0, data.length - 2) })).toThrow()
})
