import { QuorumError } from '#shared/contract/errors.ts'
import type { Manifest, RunSettings } from '../manifest.ts'
import type { Place } from '../picture/place.ts'
import type { Tensor, Tensors } from '../tensor.ts'

/** What a decoder works on: what the graph said about one picture. Decoders add to `notes` what the person should know. */
export interface Reading {
  readonly manifest: Manifest
  readonly outputs: Tensors
  readonly place: Place
  readonly settings: RunSettings
  readonly notes: string[]
}

/** A graph that is not what its manifest says. */
export function mismatch(message: string): QuorumError {
  return new QuorumError('unsupported', message)
}

export const shapeOf = (dims: readonly number[]): string => (dims.length === 0 ? 'a single number' : dims.join(' × '))

/** The output of this name, or the only one. `what` it should hold, for the sentence when it is missing. */
export function outputOf({ outputs }: Reading, name: string | null, what: string): [string, Tensor] {
  const names = Object.keys(outputs)
  const chosen = name ?? names[0]
  const tensor = chosen === undefined ? undefined : outputs[chosen]
  if (chosen === undefined || !tensor) {
    throw mismatch(`The model has no output ${name === null ? '' : `\`${name}\` `}for ${what}; it has ${names.length === 0 ? 'none' : names.map((one) => `\`${one}\``).join(', ')}.`)
  }
  if (name === null && names.length > 1) throw mismatch(`The model has ${names.length} outputs (${names.map((one) => `\`${one}\``).join(', ')}), and its manifest does not say which holds ${what}.`)
  return [chosen, checked(chosen, tensor)]
}

/** A tensor whose data has as many values as its shape says. */
function checked(name: string, tensor: Tensor): Tensor {
  const size = tensor.dims.reduce((product, dim) => product * dim, 1)
  if (!Number.isSafeInteger(size) || size < 0 || tensor.data.length < size) throw mismatch(`The output \`${name}\` has ${tensor.data.length} values where its shape, ${shapeOf(tensor.dims)}, has ${size}.`)
  return tensor
}

/** Every output that has numbers, with its name. */
export function outputsOf({ outputs }: Reading): [string, Tensor][] {
  return Object.entries(outputs).map(([name, tensor]) => [name, checked(name, tensor)])
}

/** The numbers of an output that must be floating-point. */
export function floatsOf(name: string, tensor: Tensor): Float32Array {
  if (tensor.type !== 'float32') throw mismatch(`The output \`${name}\` is of type ${tensor.type} where float32 is expected. Export the model with 32-bit floating-point outputs.`)
  return tensor.data
}

/** The numbers of an output of any type, as floating-point. */
export function numbersOf(tensor: Tensor): Float32Array {
  if (tensor.type === 'float32') return tensor.data
  return Float32Array.from(tensor.type === 'int64' ? Array.from(tensor.data, Number) : tensor.data)
}

/** The dims without leading ones, until `rank` are left; a batch of more than one picture is refused in words. */
export function dimsOf(name: string, tensor: Tensor, rank: number): number[] {
  const dims = [...tensor.dims]
  while (dims.length > rank && dims[0] === 1) dims.shift()
  if (dims.length > rank) throw mismatch(`The output \`${name}\` is ${shapeOf(tensor.dims)}; ${rank + 1} dimensions with a batch of 1 are expected.`)
  if (dims.length < rank) throw mismatch(`The output \`${name}\` is ${shapeOf(tensor.dims)}; at least ${rank} dimensions are expected.`)
  return dims
}

/** The classes, of which there must be some. */
export function classesOf({ manifest }: Reading): number {
  if (manifest.classes.length === 0) throw mismatch(`The manifest of “${manifest.name}” names no classes, and its output is about classes. Add their names in the model’s order.`)
  return manifest.classes.length
}

/** Says once how many were left out because their numbers are not finite. */
export function noteNotFinite(notes: string[], bad: number, all: number, what: string): void {
  if (bad > 0) notes.push(`The model gave numbers that are not finite (NaN or infinite) for ${bad} of ${all} ${what}; they were left out.`)
}
