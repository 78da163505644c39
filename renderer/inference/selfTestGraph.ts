import { PbfWriter } from 'pbf'
import type { Tensors } from '#shared/prelabel/tensor.ts'

/*
 * A graph of the operators that models here live on (convolution, sigmoid, matrix product, softmax), small enough to run at every
 * start, written as ONNX (onnx.proto3, IR version 8, opset 17).
 */

const side = 8
const channels = 4
const float = 1

interface Node { readonly op: string; readonly inputs: readonly string[]; readonly output: string; readonly ints?: Readonly<Record<string, readonly number[]>> }

const nodes: readonly Node[] = [
  { op: 'Conv', inputs: ['x', 'weights', 'bias'], output: 'convolved', ints: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } },
  { op: 'Sigmoid', inputs: ['convolved'], output: 'squashed' },
  { op: 'MatMul', inputs: ['squashed', 'square'], output: 'mixed' },
  { op: 'Softmax', inputs: ['mixed'], output: 'y' },
]

/** Even-looking numbers between -1 and 1 that are the same everywhere. */
const numbers = (count: number, seed: number) => Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 + seed * 78.233))

const constants: readonly (readonly [name: string, dims: readonly number[], data: Float32Array])[] = [
  ['weights', [channels, 3, 3, 3], numbers(channels * 27, 1)], ['bias', [channels], numbers(channels, 2)], ['square', [side, side], numbers(side * side, 3)],
]

export const selfTestFeeds = (): Tensors => ({ x: { type: 'float32', dims: [1, 3, side, side], data: numbers(3 * side * side, 4) } })

/** The bytes of the graph. */
export function selfTestGraph(): Uint8Array {
  const pbf = new PbfWriter()
  pbf.writeVarintField(1, 8)
  pbf.writeMessage(7, writeGraph, null)
  pbf.writeMessage(8, (_, out) => { out.writeStringField(1, ''); out.writeVarintField(2, 17) }, null)
  return pbf.finish()
}

function writeGraph(_: null, pbf: PbfWriter): void {
  for (const node of nodes) pbf.writeMessage(1, writeNode, node)
  pbf.writeStringField(2, 'self-test')
  for (const [name, dims, data] of constants) {
    pbf.writeMessage(5, (_none, out) => {
      for (const dim of dims) out.writeVarintField(1, dim)
      out.writeVarintField(2, float)
      out.writeStringField(8, name)
      out.writeBytesField(9, new Uint8Array(data.buffer))
    }, null)
  }
  pbf.writeMessage(11, writePort, { name: 'x', dims: [1, 3, side, side] })
  pbf.writeMessage(12, writePort, { name: 'y', dims: [1, channels, side, side] })
}

function writeNode({ op, inputs, output, ints = {} }: Node, pbf: PbfWriter): void {
  for (const input of inputs) pbf.writeStringField(1, input)
  pbf.writeStringField(2, output)
  pbf.writeStringField(4, op)
  for (const [name, values] of Object.entries(ints)) {
    pbf.writeMessage(5, (_, out) => {
      out.writeStringField(1, name)
      for (const value of values) out.writeVarintField(8, value)
      out.writeVarintField(20, 7)
    }, null)
  }
}

function writePort({ name, dims }: { readonly name: string; readonly dims: readonly number[] }, pbf: PbfWriter): void {
  pbf.writeStringField(1, name)
  pbf.writeMessage(2, (_type, type) => type.writeMessage(1, (_tensor, tensor) => {
    tensor.writeVarintField(1, float)
    tensor.writeMessage(2, (_shape, shape) => { for (const dim of dims) shape.writeMessage(1, (_dim, out) => out.writeVarintField(1, dim), null) }, null)
  }, null), null)
}
