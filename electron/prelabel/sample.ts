import type { Region } from '#shared/contract/models.ts'
import type { ImageSample } from '#shared/prelabel/sample.ts'
import { formatOfMime } from '#electron/media/formats.ts'
import { pixels, type Part } from '#electron/media/pixels.ts'
import type { ItemFile } from './protocol.ts'

type ImageFile = Extract<ItemFile, { kind: 'image' }>
type BoxRegion = Extract<Region, { kind: 'box' }>

/** A picture, or a part of one, as a model sees it. `left`, `top`: where the part begins in the item, in its pixels. */
export interface Seen { readonly sample: ImageSample; readonly left: number; readonly top: number }

/** Decodes a picture no larger than `wanted` says of its size. Throws in words. */
export async function pictureSample(item: ImageFile, region: BoxRegion | null, wanted: (width: number, height: number) => { width: number; height: number }): Promise<Seen> {
  const format = formatOfMime(item.mime)
  if (format === undefined) throw new Error(`Pictures of the kind ${item.mime} cannot be decoded.`)
  const part = region === null ? null : within(region, item)
  const { width, height } = part ?? item
  const picture = await pixels(item.path, format, part, sideFor(wanted(width, height), width, height))
  return { sample: { kind: 'image', picture, width, height }, left: part?.left ?? 0, top: part?.top ?? 0 }
}

/** The longest side at which neither side is less than wanted. */
function sideFor(wanted: { width: number; height: number }, width: number, height: number): number {
  const scale = Math.min(1, Math.max(wanted.width / width, wanted.height / height))
  return Math.max(1, Math.ceil(Math.max(width, height) * scale))
}

/** Whole pixels that hold the region, inside the picture. */
function within({ x, y, width, height }: BoxRegion, item: ImageFile): Part {
  const left = Math.min(Math.max(0, Math.floor(x)), item.width - 1), top = Math.min(Math.max(0, Math.floor(y)), item.height - 1)
  const right = Math.min(item.width, Math.ceil(x + width)), bottom = Math.min(item.height, Math.ceil(y + height))
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}
