import type { Tensor, Tensors } from './tensor.ts'

/** Single values seen through their bits. */
const single = new Float32Array(1)
const bits = new Uint32Array(single.buffer)

/** Numbers as IEEE 754 binary16, rounded half to even as hardware does; too large ones become infinite, NaN stays NaN. */
export function toHalves(values: ArrayLike<number>): Uint16Array<ArrayBuffer> {
  const out = new Uint16Array(values.length)
  for (let i = 0; i < out.length; i++) out[i] = halfOf(values[i]!)
  return out
}

function halfOf(value: number): number {
  single[0] = value
  const all = bits[0]!, sign = (all >>> 16) & 0x8000, size = all & 0x7fffffff
  if (size > 0x7f800000) return sign | 0x7e00
  // From 65,520 on the nearest number is beyond the largest, 65,504.
  if (size >= 0x477ff000) return sign | 0x7c00
  // Below 2⁻¹⁴ numbers are multiples of 2⁻²⁴.
  if (size < 0x38800000) return sign | halfToEven(Math.abs(single[0]!) * 2 ** 24)
  const even = (size >>> 13) & 1
  return sign | ((size - 0x38000000 + 0x0fff + even) >>> 13)
}

function halfToEven(value: number): number {
  const floor = Math.floor(value), rest = value - floor
  return rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1
}

/** What IEEE 754 binary16 numbers say, by their bits. */
export function fromHalves(halves: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const out = new Float32Array(halves.length)
  for (let i = 0; i < out.length; i++) {
    const half = halves[i]!, exponent = (half >>> 10) & 31, fraction = half & 0x3ff
    const size = exponent === 31 ? (fraction ? NaN : Infinity) : exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15)
    out[i] = half & 0x8000 ? -size : size
  }
  return out
}

/** A tensor as a runtime takes it, with the bits of half-precision numbers beside the types that we know. */
export type Fed = Tensor | { readonly type: 'float16'; readonly dims: readonly number[]; readonly data: Uint16Array<ArrayBuffer> }

/** Feeds for a graph of half precision: our 32-bit numbers in 16 bits where the graph's inputs ask for that. */
export function fedTo(inputs: readonly { readonly name: string; readonly type: string }[], feeds: Tensors): Record<string, Fed> {
  const half = new Set(inputs.filter(({ type }) => type === 'float16').map(({ name }) => name))
  return Object.fromEntries(Object.entries(feeds).map(([name, tensor]): [string, Fed] =>
    [name, half.has(name) && tensor.type === 'float32' ? { type: 'float16', dims: tensor.dims, data: toHalves(tensor.data) } : tensor]))
}
