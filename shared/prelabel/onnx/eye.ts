import type { ImageInput } from '../manifest.ts'
import type { Port } from '../tensor.ts'

/** The graph's picture: which input, how it lies, how large. Sides that the graph leaves free are null. */
export interface Eye { readonly port: Port; readonly layout: 'nchw' | 'nhwc'; readonly channels: 1 | 3; readonly height: number | null; readonly width: number | null; readonly type: 'float32' | 'uint8' }

export const imageMean = [0.485, 0.456, 0.406], imageDeviation = [0.229, 0.224, 0.225]
export const zeros: [number, number, number] = [0, 0, 0], ones: [number, number, number] = [1, 1, 1]

/** The input that is a picture; null when there is none. */
export function eyeOf(inputs: readonly Port[]): Eye | null {
  const port = inputs.find(({ dims, type }) => dims.length === 4 && ['float32', 'uint8', 'float16'].includes(type))
  if (!port) return null
  const [, a, b, c] = port.dims as [unknown, Port['dims'][number], Port['dims'][number], Port['dims'][number]]
  const isDepth = (dim: unknown): dim is 1 | 3 => dim === 3 || dim === 1
  const layout = isDepth(a) && !(a === 1 && c === 3) ? 'nchw' as const : isDepth(c) ? 'nhwc' as const : 'nchw' as const
  const [depth, height, width] = layout === 'nchw' ? [a, b, c] : [c, a, b]
  const side = (dim: unknown) => (typeof dim === 'number' && dim > 0 ? dim : null)
  return { port, layout, channels: depth === 1 ? 1 : 3, height: side(height), width: side(width), type: port.type === 'uint8' ? 'uint8' : 'float32' }
}

/** What most exports of a family share; `scale`, `mean` … replace it. */
export function inputOf(eye: Eye, fallback: number, parts: Partial<ImageInput>, imageSize: readonly [number, number] | null = null): ImageInput {
  const raw = eye.type === 'uint8' ? { scale: 1, mean: zeros, deviation: ones } : {}
  return {
    kind: 'image', name: eye.port.name, layout: eye.layout, channels: eye.channels === 1 ? 'grey' : 'rgb', type: eye.type,
    size: { kind: 'fixed', width: eye.width ?? imageSize?.[1] ?? fallback, height: eye.height ?? imageSize?.[0] ?? fallback },
    fit: 'stretch', pad: zeros, scale: 1 / 255, mean: zeros, deviation: ones, ...parts, ...raw, ...(eye.channels === 1 ? { channels: 'grey' as const } : {}),
  }
}

/** Says which size was taken when the graph leaves it free. */
export function sizeNotes(eye: Eye, input: ImageInput, imageSize: readonly [number, number] | null): string[] {
  if ((eye.width !== null && eye.height !== null) || imageSize !== null || input.size.kind !== 'fixed') return []
  return [`The graph takes pictures of any size; ${input.size.width} × ${input.size.height} was taken.`]
}

/** So many names, numbered, for classes that nobody named. */
export const numbered = (count: number): string[] => Array.from({ length: count }, (_, at) => `class ${at}`)

/** A dimension when it is a number. */
export const fixed = (dim: Port['dims'][number] | undefined): number | null => (typeof dim === 'number' && dim > 0 ? dim : null)
