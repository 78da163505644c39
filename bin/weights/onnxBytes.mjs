// Writes ONNX: the few messages of onnx.proto that a converted graph needs, as protocol buffers. Plain Node 18 syntax, no dependencies.

/** TensorProto.DataType. */
export const types = { float32: 1, int64: 7, float16: 10 }

const varint = (value) => {
  const bytes = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
const field = (number, wire) => varint((number << 3) | wire)
const whole = (number, value) => Buffer.concat([field(number, 0), varint(value)])
const bytes = (number, value) => Buffer.concat([field(number, 2), varint(value.length), value])
const text = (number, value) => bytes(number, Buffer.from(value, 'utf8'))
const real = (number, value) => {
  const four = Buffer.alloc(4)
  four.writeFloatLE(value)
  return Buffer.concat([field(number, 5), four])
}

/** AttributeProto: whole numbers and lists of them are ints, fractions are given as `{ float }`, words as strings. */
const attribute = (name, value) => {
  if (Array.isArray(value)) return Buffer.concat([text(1, name), ...value.map((each) => whole(8, each)), whole(20, 7)])
  if (typeof value === 'string') return Buffer.concat([text(1, name), text(4, value), whole(20, 3)])
  if (typeof value === 'object') return Buffer.concat([text(1, name), real(2, value.float), whole(20, 1)])
  return Buffer.concat([text(1, name), whole(3, value), whole(20, 2)])
}

const node = ({ op, inputs, outputs, attributes = {} }) => Buffer.concat([
  ...inputs.map((name) => text(1, name)), ...outputs.map((name) => text(2, name)), text(3, outputs[0]), text(4, op),
  ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
])

/** TensorProto with its values as raw little-endian bytes. */
const tensor = ({ name, dims, type, raw }) => Buffer.concat([...dims.map((dim) => whole(1, dim)), whole(2, types[type]), text(8, name), bytes(9, raw)])

const port = ({ name, dims }) => {
  const shape = Buffer.concat(dims.map((dim) => bytes(1, whole(1, dim))))
  return Buffer.concat([text(1, name), bytes(2, bytes(1, Buffer.concat([whole(1, types.float32), bytes(2, shape)])))])
}

/** A ModelProto of operator set 13. `nodes` in an order in which each comes after what it needs. */
export const modelBytes = ({ name, nodes, tensors, inputs, outputs }) => {
  const graph = Buffer.concat([
    ...nodes.map((each) => bytes(1, node(each))), text(2, name), ...tensors.map((each) => bytes(5, tensor(each))),
    ...inputs.map((each) => bytes(11, port(each))), ...outputs.map((each) => bytes(12, port(each))),
  ])
  return Buffer.concat([whole(1, 8), text(2, 'quorum'), bytes(7, graph), bytes(8, whole(2, 13))])
}
