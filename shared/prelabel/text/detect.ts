import type { ImageInput, RunSettings } from '../manifest.ts'
import type { ImageSample } from '../sample.ts'
import type { Session, Tensor, Tensors } from '../tensor.ts'
import { cropQuad, wholeQuad } from './crop.ts'
import { findLines, type DbOptions, type FoundLine } from './db.ts'
import type { ToItem } from './outline.ts'
import { pictureTensor } from './pictureTensor.ts'

export interface DetectedLines { readonly lines: readonly FoundLine[]; readonly notes: readonly string[] }

/** Outlines of the lines of text of a picture, by a detector of head `db`. Throws in words when the graph is not one. */
export async function detectLines(session: Session, input: ImageInput, options: DbOptions, sample: ImageSample): Promise<DetectedLines> {
  const { tensor, place } = framed(input, sample)
  if (!tensor) return { lines: [], notes: ['The picture has no pixels.'] }
  const map = mapOf(await session.run(feedOf(session, input, tensor)))
  const toItem = itemFrame(place, map, tensorSize(tensor, input), sample)
  const { lines, broken, cut } = findLines(map, options, toItem)
  const notes = []
  if (broken > 0) notes.push(`The text detector gave no number (NaN) for ${broken} of ${map.data.length} pixels; they count as no text.`)
  if (cut > 0) notes.push(`The text detector found more than 1000 regions; ${cut} were not looked at.`)
  return { lines, notes }
}

/** The lines within the settings: best first when there are too many. */
export function keepLines<Line extends { readonly score: number }>(lines: readonly Line[], { threshold, mostDetections }: RunSettings, notes: string[]): readonly Line[] {
  const good = lines.filter(({ score }) => score >= threshold)
  if (good.length <= mostDetections) return good
  notes.push(`${good.length - mostDetections} lines with the lowest scores were left out: more than ${mostDetections} were found.`)
  const least = good.map(({ score }) => score).toSorted((a, b) => b - a)[mostDetections - 1]!
  return good.filter(({ score }) => score >= least).slice(0, mostDetections)
}

export const feedOf = (session: Session, input: ImageInput, tensor: Tensor): Tensors => ({ [input.name ?? session.inputs[0]?.name ?? 'x']: tensor })

/** Where the picture's pixels lie in the tensor, in its pixels. */
interface Place { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function framed(input: ImageInput, { picture }: ImageSample): { tensor: Tensor | null; place: Place } {
  const none = { tensor: null, place: { x: 0, y: 0, width: 0, height: 0 } }
  if (picture.width < 1 || picture.height < 1) return none
  const { canvas, place } = layoutOf(input, picture.width, picture.height)
  const resized = cropQuad(picture, wholeQuad(picture), place.width, place.height)
  return resized ? { tensor: pictureTensor([resized], input, canvas.width, canvas.height), place } : none
}

function layoutOf({ size, fit }: ImageInput, width: number, height: number): { canvas: { width: number; height: number }; place: Place } {
  if (size.kind === 'free') {
    const scale = Math.min(Math.max(1, (size.least ?? 1) / Math.min(width, height)), size.longest / Math.max(width, height))
    const side = (length: number) => Math.max(size.multipleOf, Math.round((length * scale) / size.multipleOf) * size.multipleOf)
    const canvas = { width: side(width), height: side(height) }
    return { canvas, place: { x: 0, y: 0, ...canvas } }
  }
  if (size.kind === 'line') throw new Error('The manifest gives the text detector an input for single lines (`line`); it needs the size `free` or `fixed`.')
  const canvas = { width: size.width, height: size.height }
  if (fit === 'stretch') return { canvas, place: { x: 0, y: 0, ...canvas } }
  if (fit !== 'top-left') throw new Error(`The manifest asks to fit the text detector's picture by “${fit}”; take “top-left” or “stretch”.`)
  const scale = Math.min(size.width / width, size.height / height)
  return { canvas, place: { x: 0, y: 0, width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) } }
}

const tensorSize = ({ dims }: Tensor, { layout }: ImageInput) => (layout === 'nchw' ? { width: dims[3]!, height: dims[2]! } : { width: dims[2]!, height: dims[1]! })

/** A map may be smaller than the tensor (by a stride); its pixels count as shares of it. */
function itemFrame(place: Place, map: { width: number; height: number }, tensor: { width: number; height: number }, { width, height }: ImageSample): ToItem {
  const scaleX = (tensor.width / map.width) * (width / place.width), scaleY = (tensor.height / map.height) * (height / place.height)
  return { scaleX, scaleY, offsetX: -place.x * (width / place.width), offsetY: -place.y * (height / place.height), width, height }
}

function mapOf(outputs: Tensors) {
  const found = Object.values(outputs).find((tensor) => tensor.type === 'float32' && tensor.dims.length >= 2)
  if (found?.type !== 'float32') throw new Error('The text detector gave no map of numbers (float32). Check that the file is a detector of text (DB).')
  const [height, width] = found.dims.slice(-2) as [number, number]
  if (width < 1 || height < 1 || found.data.length !== width * height) {
    throw new Error(`The text detector gave a tensor [${found.dims.join(', ')}] instead of one map [1, 1, height, width].`)
  }
  return { width, height, data: found.data }
}
