import { PbfWriter } from 'pbf'

/** Tiny ONNX files for tests (onnx.proto3 of ONNX 1.19; the field numbers stand beside each message). */

export type OnnxType = 'float32' | 'uint8' | 'int32' | 'int64' | 'string' | 'bool' | 'float16'
export const onnxTypes: Readonly<Record<OnnxType, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7, string: 8, bool: 9, float16: 10 }

export interface OnnxPort { readonly name: string; readonly type?: OnnxType; readonly dims: readonly (number | string | null)[] }
/** A constant; with `external`, its bytes are said to lie in another file. */
export interface OnnxTensor {
  readonly name: string; readonly type?: 'float32' | 'int32' | 'int64' | 'uint8'; readonly dims: readonly number[]; readonly data: readonly number[]
  readonly external?: Readonly<Record<string, string>>
}
export type OnnxAttribute =
  | { readonly int: number } | { readonly ints: readonly number[] } | { readonly float: number } | { readonly floats: readonly number[] }
  | { readonly string: string } | { readonly tensor: OnnxTensor } | { readonly graph: OnnxGraph }
export interface OnnxNode {
  readonly op: string; readonly inputs: readonly string[]; readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>; readonly domain?: string
}
export interface OnnxGraph {
  readonly inputs: readonly OnnxPort[]; readonly outputs: readonly OnnxPort[]
  readonly nodes?: readonly OnnxNode[]; readonly initializers?: readonly OnnxTensor[]
}
export interface OnnxModel extends OnnxGraph {
  readonly opset?: number; readonly irVersion?: number; readonly producer?: string; readonly metadata?: Readonly<Record<string, string>>
}

type Writer = PbfWriter

/** The bytes of a model. Default: IR version 8, opset 13, float32 everywhere. */
export function onnxFile(model: OnnxModel): Uint8Array {
  const writer = new PbfWriter()
  // ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8, metadata_props 14.
  field(writer, 1, model.irVersion ?? 8)
  text(writer, 2, model.producer ?? 'quorum test')
  writer.writeMessage(7, writeGraph, model)
  writer.writeMessage(8, (opset: number, to: Writer) => { text(to, 1, ''); field(to, 2, opset) }, model.opset ?? 13)
  const domains = new Set((model.nodes ?? []).map(({ domain }) => domain ?? '').filter((domain) => domain !== ''))
  for (const domain of domains) writer.writeMessage(8, (name: string, to: Writer) => { text(to, 1, name); field(to, 2, 1) }, domain)
  for (const entry of Object.entries(model.metadata ?? {})) writer.writeMessage(14, writePair, entry)
  return writer.finish()
}

/** A graph that takes the input `images` and gives constants of these shapes, whatever it sees: a detector that always says the same. */
export function constantModel(input: OnnxPort, outputs: readonly OnnxTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  // The input takes part (times zero), so that no runtime drops it.
  const nodes = outputs.flatMap(({ name }): OnnxNode[] => [{ op: 'Add', inputs: [`${name}.value`, 'nothing'], outputs: [name] }])
  return onnxFile({
    inputs: [input], outputs: outputs.map(({ name, dims }) => ({ name, dims })), metadata,
    initializers: [...outputs.map((output) => ({ ...output, name: `${output.name}.value` })), { name: 'zero', dims: [], data: [0] }],
    nodes: [
      { op: 'ReduceMean', inputs: [input.name], outputs: ['mean'], attributes: { keepdims: { int: 0 } } },
      { op: 'Mul', inputs: ['mean', 'zero'], outputs: ['nothing'] }, ...nodes,
    ],
  })
}

const field = (writer: Writer, tag: number, value: number): void => { writer.writeTag(tag, 0); writer.writeVarint(value) }
const text = (writer: Writer, tag: number, value: string): void => { writer.writeTag(tag, 2); writer.writeString(value) }
const writePair = ([key, value]: [string, string], writer: Writer): void => { text(writer, 1, key); text(writer, 2, value) }

/** GraphProto: node 1, name 2, initializer 5, input 11, output 12. */
function writeGraph(graph: OnnxGraph, writer: Writer): void {
  for (const node of graph.nodes ?? []) writer.writeMessage(1, writeNode, node)
  text(writer, 2, 'graph')
  for (const tensor of graph.initializers ?? []) writer.writeMessage(5, writeTensor, tensor)
  for (const port of graph.inputs) writer.writeMessage(11, writePort, port)
  for (const port of graph.outputs) writer.writeMessage(12, writePort, port)
}

/** NodeProto: input 1, output 2, op_type 4, attribute 5, domain 7. */
function writeNode(node: OnnxNode, writer: Writer): void {
  for (const name of node.inputs) text(writer, 1, name)
  for (const name of node.outputs) text(writer, 2, name)
  text(writer, 4, node.op)
  for (const entry of Object.entries(node.attributes ?? {})) writer.writeMessage(5, writeAttribute, entry)
  if (node.domain) text(writer, 7, node.domain)
}

/** AttributeProto: name 1, f 2, i 3, s 4, t 5, g 6, floats 7, ints 8, type 20 (FLOAT 1, INT 2, STRING 3, TENSOR 4, GRAPH 5, FLOATS 6, INTS 7). */
function writeAttribute([name, value]: [string, OnnxAttribute], writer: Writer): void {
  text(writer, 1, name)
  if ('float' in value) { writer.writeTag(2, 5); writer.writeFloat(value.float); field(writer, 20, 1) }
  if ('int' in value) { field(writer, 3, value.int); field(writer, 20, 2) }
  if ('string' in value) { text(writer, 4, value.string); field(writer, 20, 3) }
  if ('tensor' in value) { writer.writeMessage(5, writeTensor, value.tensor); field(writer, 20, 4) }
  if ('graph' in value) { writer.writeMessage(6, writeGraph, value.graph); field(writer, 20, 5) }
  if ('floats' in value) { for (const one of value.floats) { writer.writeTag(7, 5); writer.writeFloat(one) } field(writer, 20, 6) }
  if ('ints' in value) { for (const one of value.ints) field(writer, 8, one); field(writer, 20, 7) }
}

/** TensorProto: dims 1, data_type 2, name 8, raw_data 9, external_data 13, data_location 14 (EXTERNAL 1). */
function writeTensor(tensor: OnnxTensor, writer: Writer): void {
  const type = tensor.type ?? 'float32'
  for (const dim of tensor.dims) field(writer, 1, dim)
  field(writer, 2, onnxTypes[type])
  text(writer, 8, tensor.name)
  if (!tensor.external) {
    writer.writeTag(9, 2)
    writer.writeBytes(rawData(type, tensor.data))
    return
  }
  for (const entry of Object.entries(tensor.external)) writer.writeMessage(13, writePair, entry)
  field(writer, 14, 1)
}

function rawData(type: 'float32' | 'int32' | 'int64' | 'uint8', data: readonly number[]): Uint8Array {
  if (type === 'uint8') return Uint8Array.from(data)
  if (type === 'int64') return new Uint8Array(BigInt64Array.from(data, BigInt).buffer)
  return new Uint8Array((type === 'int32' ? Int32Array.from(data) : Float32Array.from(data)).buffer)
}

/** ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1; Tensor: elem_type 1, shape 2; Shape: dim 1; Dimension: dim_value 1, dim_param 2. */
function writePort(port: OnnxPort, writer: Writer): void {
  text(writer, 1, port.name)
  writer.writeMessage(2, (type: OnnxPort, to: Writer) => to.writeMessage(1, writeTensorType, type), port)
}

function writeTensorType(port: OnnxPort, writer: Writer): void {
  field(writer, 1, onnxTypes[port.type ?? 'float32'])
  writer.writeMessage(2, (dims: OnnxPort['dims'], to: Writer) => {
    for (const dim of dims) to.writeMessage(1, (value: number | string | null, at: Writer) => { if (typeof value === 'number') field(at, 1, value); else if (value !== null) text(at, 2, value) }, dim)
  }, port.dims)
}
