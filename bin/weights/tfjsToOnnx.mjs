// Turns a graph model of TensorFlow.js into ONNX, for the operators that the models of bin/weights/sources.mjs use. TensorFlow keeps
// pictures as N, H, W, C and ONNX convolves N, C, H, W: each such operator is put between two transpositions, of which the runtime
// takes out those that cancel.
import { modelBytes } from './onnxBytes.mjs'

const toChannelsFirst = [0, 3, 1, 2]
const toChannelsLast = [0, 2, 3, 1]

const count = (dims) => dims.reduce((product, dim) => product * dim, 1)

/** Constants by name: whole numbers as an array, others as their 16- or 32-bit floats. */
function constantsOf(manifest, data) {
  const constants = new Map()
  let at = 0
  for (const { weights } of manifest) {
    for (const { name, shape, dtype, quantization } of weights) {
      const type = quantization?.dtype ?? dtype
      const size = { float16: 2, float32: 4, int32: 4 }[type]
      if (!size) throw new Error(`${name} is of type ${type}, which is not converted`)
      const raw = data.subarray(at, at += count(shape) * size)
      if (at > data.length) throw new Error(`the weights end at ${data.length} bytes, before ${name} does`)
      const values = type === 'int32' ? Array.from({ length: count(shape) }, (_, index) => raw.readInt32LE(index * 4)) : null
      constants.set(name, { dims: shape, type, raw, values })
    }
  }
  if (at !== data.length) throw new Error(`the weights have ${data.length} bytes instead of ${at}`)
  return constants
}

/** Values of a constant in another order of its axes. */
function permuted({ dims, type, raw }, order) {
  const size = type === 'float16' ? 2 : 4
  const made = order.map((axis) => dims[axis])
  const strides = dims.map((_, axis) => count(dims.slice(axis + 1)))
  const out = Buffer.alloc(raw.length)
  const index = made.map(() => 0)
  for (let to = 0; to < raw.length; to += size) {
    const from = index.reduce((sum, value, axis) => sum + value * strides[order[axis]], 0) * size
    raw.copy(out, to, from, from + size)
    for (let axis = made.length - 1; axis >= 0 && ++index[axis] === made[axis]; axis--) index[axis] = 0
  }
  return { dims: made, type, raw: out }
}

const listOf = (attribute) => attribute.list.i.map(Number)
const middle = (dims) => [dims[1], dims[2]]
/** The name of an output: `name` or `name:1`; a control input begins with `^`. */
const plain = (name) => name.replace(/:0$/, '')

class Conversion {
  nodes = []
  tensors = []
  #constants
  #graph
  #made = new Map()
  #next = 0

  constructor(model, data) {
    this.#constants = constantsOf(model.weightsManifest, data)
    this.#graph = new Map(model.modelTopology.node.map((node) => [node.name, node]))
  }

  add(op, inputs, attributes = {}, name = `${op}_${this.#next++}`) {
    this.nodes.push({ op, inputs, outputs: [name], attributes })
    return name
  }

  /** A constant as an input of a node; halves are widened where the graph is loaded. */
  constant({ dims, type, raw }, name = `constant_${this.#next++}`) {
    this.tensors.push({ name, dims, type, raw })
    return type === 'float16' ? this.add('Cast', [name], { to: 1 }, `${name}/wide`) : name
  }

  whole(values) {
    const raw = Buffer.alloc(values.length * 8)
    values.forEach((value, index) => raw.writeBigInt64LE(BigInt(value), index * 8))
    return this.constant({ dims: [values.length], type: 'int64', raw })
  }

  /** Whole numbers that are known without running the graph. */
  known(name) {
    const constant = this.#constants.get(plain(name))
    if (constant) return constant.values
    const node = this.#graph.get(plain(name))
    if (node?.op === 'AddV2') {
      const [a, b] = node.input.map((input) => this.known(input))
      return a.map((value, index) => value + b[index])
    }
    if (node?.op === 'SparseToDense' && this.known(node.input[0]).length === 0) return Array.from({ length: this.known(node.input[1])[0] }, () => this.known(node.input[3])[0])
    throw new Error(`${name} is not a constant`)
  }

  weight(name, order) {
    return this.constant(permuted(this.#constants.get(plain(name)), order))
  }

  channelsFirst = (name) => this.add('Transpose', [name], { perm: toChannelsFirst })
  channelsLast = (name) => this.add('Transpose', [name], { perm: toChannelsLast })

  /** The ONNX name of what a TensorFlow output holds; made, with all that it needs, when first asked for. */
  value(asked) {
    const name = plain(asked)
    const known = this.#made.get(name)
    if (known) return known
    const constant = this.#constants.get(name)
    const [node, output] = name.includes(':') ? [name.split(':')[0], Number(name.split(':')[1])] : [name, 0]
    const made = constant ? this.constant(constant, name) : this.#convert(this.#graph.get(node), output)
    this.#made.set(name, made)
    return made
  }

  #convert(node, output) {
    const convert = operators[node?.op]
    if (!convert) throw new Error(`the operator ${node?.op} is not converted`)
    return convert(this, (node.input ?? []).filter((name) => !name.startsWith('^')), node.attr ?? {}, node, output)
  }

  window(attributes) {
    const same = Buffer.from(attributes.padding.s, 'base64').toString() === 'SAME'
    const strides = middle(listOf(attributes.strides))
    return { strides, auto_pad: same ? 'SAME_UPPER' : 'VALID' }
  }

  pad([input, paddings], value = null) {
    const flat = this.known(paddings)
    const begins = flat.filter((_, index) => index % 2 === 0)
    const ends = flat.filter((_, index) => index % 2 === 1)
    return this.add('Pad', [this.value(input), this.whole([...begins, ...ends]), ...(value === null ? [] : [this.value(value)])])
  }
}

const same = (op, attributes) => (made, inputs) => made.add(op, inputs.map((name) => made.value(name)), attributes?.())
const pool = (op) => (made, [input], attr) => made.channelsLast(made.add(op, [made.channelsFirst(made.value(input))], { ...made.window(attr), kernel_shape: middle(listOf(attr.ksize)) }))

const operators = {
  Placeholder: (_, __, ___, node) => node.name,
  Identity: (made, [input]) => made.value(input),
  Add: same('Add'), AddV2: same('Add'), AddN: same('Sum'), Mul: same('Mul'), Relu: same('Relu'), Sigmoid: same('Sigmoid'),
  Relu6: (made, [input]) => made.add('Min', [made.add('Relu', [made.value(input)]), made.constant({ dims: [], type: 'float32', raw: Buffer.from([0, 0, 0xc0, 0x40]) })]),
  LeakyRelu: (made, [input], attr) => made.add('LeakyRelu', [made.value(input)], { alpha: { float: attr.alpha.f } }),
  Transpose: (made, [input, order]) => made.add('Transpose', [made.value(input)], { perm: made.known(order) }),
  Reshape: (made, [input, shape]) => made.add('Reshape', [made.value(input), made.whole(made.known(shape))]),
  ConcatV2: (made, inputs) => made.add('Concat', inputs.slice(0, -1).map((name) => made.value(name)), { axis: made.known(inputs.at(-1))[0] }),
  SplitV: (made, [input, sizes, axis], _, node, output) => {
    const parts = made.known(sizes)
    const from = parts.slice(0, output).reduce((sum, size) => sum + size, 0)
    return made.add('Slice', [made.value(input), made.whole([from]), made.whole([from + parts[output]]), made.whole(made.known(axis))])
  },
  Pad: (made, inputs) => made.pad(inputs),
  PadV2: (made, [input, paddings, value]) => made.pad([input, paddings], value),
  MaxPool: pool('MaxPool'), AvgPool: pool('AveragePool'),
  Conv2D: (made, [input, filter], attr) => made.channelsLast(made.add('Conv', [made.channelsFirst(made.value(input)), made.weight(filter, [3, 2, 0, 1])], { ...made.window(attr), dilations: middle(listOf(attr.dilations)) })),
  DepthwiseConv2dNative: (made, [input, filter], attr) => {
    const weight = made.weight(filter, [2, 3, 0, 1])
    const { dims } = made.tensors.at(-1)
    if (dims[1] !== 1) throw new Error('a depthwise convolution with a multiplier is not converted')
    return made.channelsLast(made.add('Conv', [made.channelsFirst(made.value(input)), weight], { ...made.window(attr), group: dims[0], dilations: middle(listOf(attr.dilations)) }))
  },
  Conv2DBackpropInput: (made, [, filter, input], attr) => {
    const weight = made.weight(filter, [3, 2, 0, 1])
    const { strides } = made.window(attr)
    const { dims } = made.tensors.at(-1)
    if (dims[2] !== strides[0] || dims[3] !== strides[1]) throw new Error('a transposed convolution whose filter is not its stride is not converted')
    return made.channelsLast(made.add('ConvTranspose', [made.channelsFirst(made.value(input)), weight], { strides }))
  },
  ResizeBilinear: (made, [input, size], attr) => {
    if (!attr.half_pixel_centers?.b) throw new Error('resizing without half-pixel centres is not converted')
    const sizes = made.known(size)
    const first = made.channelsFirst(made.value(input))
    const channels = made.add('Slice', [made.add('Shape', [first]), made.whole([0]), made.whole([2])])
    const all = made.add('Concat', [channels, made.whole(sizes)], { axis: 0 })
    return made.channelsLast(made.add('Resize', [first, '', '', all], { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }))
  },
}

/** `outputs`: a TensorFlow output's name → its name and dimensions in the new graph, in their order. */
export function tfjsToOnnx({ name, model, data, input, outputs }) {
  const made = new Conversion(model, data)
  const results = Object.entries(outputs).map(([from, to]) => ({ name: made.add('Identity', [made.value(from)], {}, to.name), dims: to.dims }))
  return modelBytes({ name, nodes: made.nodes, tensors: made.tensors, inputs: [input], outputs: results })
}
