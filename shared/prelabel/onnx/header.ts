import { QuorumError } from '#shared/contract/errors.ts'
import type { Port } from '../tensor.ts'
import { externalPath } from './external.ts'
import { Scan } from './scan.ts'

/** What an ONNX file says about itself, without its weights. */
export interface OnnxHeader {
  readonly irVersion: number
  /** Versions by domain; '' is ONNX's own. */
  readonly opsets: Readonly<Record<string, number>>
  readonly producer: string
  /** Without those that have a constant as their default. */
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Files beside the graph that hold weights, as paths relative to it. */
  readonly externalFiles: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
  /** How often each operator stands in the graph, those of other domains as `domain.Operator`. */
  readonly operators: Readonly<Record<string, number>>
  /** The operator that makes an output of the graph. */
  readonly producers: Readonly<Record<string, string>>
  readonly nodes: number
  /** Numbers in its constants. */
  readonly parameters: number
  readonly bytes: number
}

/** What onnxruntime-web 1.30 loads (tried with one node of each). */
export const newestOpset = 26, newestIr = 13
const knownDomains = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'ai.onnx.training', 'ai.onnx.preview.training', 'com.microsoft', 'com.microsoft.nchwc', 'com.microsoft.experimental', 'org.pytorch.aten'])

/** ONNX's numbers for types of elements (TensorProto.DataType). */
const types = [
  'undefined', 'float32', 'uint8', 'int8', 'uint16', 'int16', 'int32', 'int64', 'string', 'bool', 'float16', 'float64', 'uint32', 'uint64', 'complex64', 'complex128', 'bfloat16',
]

interface Draft {
  irVersion: number; producer: string; graphs: number; nodes: number; parameters: number
  readonly opsets: Map<string, number>; readonly inputs: Port[]; readonly outputs: Port[]; readonly constants: Set<string>; readonly external: Set<string>
  readonly metadata: Map<string, string>; readonly operators: Map<string, number>; readonly makers: Map<string, string>; readonly ownDomains: Set<string>
}

/**
 * Reads the header of an ONNX file (onnx.proto3; the field numbers stand with each reader). Weights are skipped, not read. Throws in words for
 * what is no ONNX file, is cut off or absurd, or keeps weights outside of its folder. Time and memory are bounded whatever the file holds.
 */
export function readHeader(data: Uint8Array, name: string): OnnxHeader {
  const draft: Draft = {
    irVersion: 0, producer: '', graphs: 0, nodes: 0, parameters: 0, opsets: new Map(), inputs: [], outputs: [], constants: new Set(), external: new Set(),
    metadata: new Map(), operators: new Map(), makers: new Map(), ownDomains: new Set(),
  }
  const scan = new Scan(data, name)
  if (data.length === 0) throw scan.broken('it is empty')
  try {
    readModel(scan, draft)
  } catch (error) {
    // pbf's own errors, of numbers that never end and the like.
    throw error instanceof QuorumError ? error : scan.broken(error instanceof Error ? error.message.toLowerCase() : 'it cannot be read')
  }
  if (draft.graphs === 0 || draft.outputs.length === 0) throw scan.broken(draft.graphs === 0 ? 'there is no graph in it' : 'its graph has no outputs')
  return finished(draft, data.length)
}

function finished(draft: Draft, bytes: number): OnnxHeader {
  for (const domain of draft.ownDomains) draft.opsets.delete(domain)
  return {
    irVersion: draft.irVersion, opsets: Object.fromEntries(draft.opsets), producer: draft.producer, outputs: draft.outputs,
    inputs: draft.inputs.filter((port) => !draft.constants.has(port.name)), externalFiles: [...draft.external].sort(), metadata: Object.fromEntries(draft.metadata),
    operators: Object.fromEntries(draft.operators), nodes: draft.nodes, parameters: draft.parameters, bytes,
    producers: Object.fromEntries(draft.outputs.flatMap((port) => (draft.makers.has(port.name) ? [[port.name, draft.makers.get(port.name)!] as const] : []))),
  }
}

/** Why this machine's runtime cannot load the graph, in words; null when nothing speaks against it. */
export function whyNotRunnable({ opsets, irVersion }: OnnxHeader): string | null {
  const opset = opsets[''] ?? opsets['ai.onnx'] ?? 1
  if (opset > newestOpset) return `The model uses opset ${opset}, and opsets up to ${newestOpset} can be run here. Export it with an older opset.`
  if (irVersion > newestIr) return `The model’s file format is ONNX IR version ${irVersion}, and versions up to ${newestIr} can be read here. Export it with an older ONNX.`
  const unknown = Object.keys(opsets).filter((domain) => !knownDomains.has(domain))
  return unknown.length > 0 ? `The model uses operators of ${unknown.map((domain) => `“${domain}”`).join(', ')}, which cannot be run here. Export it with ONNX’s own operators only.` : null
}

/** ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8, metadata_props 14, functions 25. */
function readModel(scan: Scan, draft: Draft): void {
  scan.fields((field) => {
    if (field === 1) draft.irVersion = scan.number()
    else if (field === 2) draft.producer = scan.text()
    else if (field === 7) { draft.graphs++; scan.message(graphReader(scan, draft, true)) }
    else if (field === 8) readOpset(scan, draft)
    else if (field === 14) readPair(scan, (key, value) => { draft.metadata.set(key, value) })
    else if (field === 25) scan.message((part) => { if (part === 10) draft.ownDomains.add(scan.text()) })
  })
}

/** OperatorSetIdProto: domain 1, version 2. */
function readOpset(scan: Scan, { opsets }: Draft): void {
  let domain = '', version = 0
  scan.message((field) => {
    if (field === 1) domain = scan.text()
    else if (field === 2) version = scan.number()
  })
  opsets.set(domain, version)
}

/** StringStringEntryProto: key 1, value 2. */
function readPair(scan: Scan, take: (key: string, value: string) => void): void {
  let key = '', value = ''
  scan.message((field) => {
    if (field === 1) key = scan.text()
    else if (field === 2) value = scan.text()
  })
  take(key, value)
}

/** GraphProto: node 1, initializer 5, input 11, output 12, sparse_initializer 15 (values 1). Graphs inside nodes count their nodes and external files only. */
function graphReader(scan: Scan, draft: Draft, main: boolean): (field: number) => void {
  return (field) => {
    if (field === 1) readNode(scan, draft, main)
    else if (field === 5) readTensor(scan, draft, main)
    else if (field === 15) scan.message((part) => { if (part === 1 || part === 2) readTensor(scan, draft, main) })
    else if (field === 11 && main) draft.inputs.push(readPort(scan))
    else if (field === 12 && main) draft.outputs.push(readPort(scan))
  }
}

/** NodeProto: output 2, op_type 4, attribute 5, domain 7; AttributeProto: t 5, g 6, tensors 10, graphs 11. */
function readNode(scan: Scan, draft: Draft, main: boolean): void {
  let operator = '', domain = ''
  const outputs: string[] = []
  scan.message((field) => {
    if (field === 2 && main) outputs.push(scan.text())
    else if (field === 4) operator = scan.text()
    else if (field === 7) domain = scan.text()
    else if (field === 5) scan.message((part) => {
      if (part === 5 || part === 10) readTensor(scan, draft, false)
      else if (part === 6 || part === 11) scan.message(graphReader(scan, draft, false))
    })
  })
  const key = domain === '' || domain === 'ai.onnx' ? operator : `${domain}.${operator}`
  draft.nodes++
  draft.operators.set(key, (draft.operators.get(key) ?? 0) + 1)
  for (const output of outputs) draft.makers.set(output, key)
}

/** TensorProto: dims 1, name 8, external_data 13, data_location 14 (EXTERNAL 1). */
function readTensor(scan: Scan, draft: Draft, main: boolean): void {
  const dims: number[] = []
  let name = '', isExternal = false
  const places: [string, string][] = []
  scan.message((field) => {
    if (field === 1) scan.numbers(dims, 64)
    else if (field === 8 && main) name = scan.text()
    else if (field === 13) readPair(scan, (key, value) => { places.push([key, value]) })
    else if (field === 14) isExternal = scan.number() === 1
  })
  if (main) draft.constants.add(name)
  draft.parameters += Math.max(0, dims.reduce((product, dim) => product * dim, 1))
  if (isExternal) draft.external.add(externalPath(new Map(places).get('location') ?? ''))
}

/** ValueInfoProto: name 1, type 2; TypeProto: tensor_type 1 (elem_type 1, shape 2 (dim 1: dim_value 1, dim_param 2)). */
function readPort(scan: Scan): Port {
  let name = '', type = 'other'
  const dims: (number | string | null)[] = []
  const readDim = (): void => {
    let dim: number | string | null = null
    scan.message((field) => {
      if (field === 1) dim = scan.number()
      else if (field === 2) dim = scan.text()
    })
    dims.push(dim)
    if (dims.length > 64) throw scan.broken('a shape of more than 64 dimensions')
  }
  scan.message((field) => {
    if (field === 1) name = scan.text()
    else if (field === 2) scan.message((kind) => {
      if (kind === 1) scan.message((part) => {
        if (part === 1) type = types[scan.number()] ?? 'other'
        else if (part === 2) scan.message((dim) => { if (dim === 1) readDim() })
      })
    })
  })
  return { name, type, dims: dims.map((dim) => (typeof dim === 'number' && dim < 0 ? null : dim === '' ? null : dim)) }
}
