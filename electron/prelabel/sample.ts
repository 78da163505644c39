import type { Region } from '#shared/contract/models.ts'
import type { ImageSample, Picture } from '#shared/prelabel/sample.ts'
import { formatOfMime, type MediaFormat } from '#electron/media/formats.ts'
import { openPicture, pictureHeader, pixelsOf, shrunk, tooLargeToDecode, upright } from '#electron/media/picture.ts'
import type { ItemFile } from './protocol.ts'

type ImageFile = Extract<ItemFile, { kind: 'image' }>
export type BoxRegion = Extract<Region, { kind: 'box' }>

/** A picture, or a part of one, as a model sees it. `left`, `top`: where the part begins in the item, in its pixels. */
export interface Seen { readonly sample: ImageSample; readonly left: number; readonly top: number }

/** Decodes a picture no larger than `wanted` says of its size; libvips shrinks while it reads. Throws in words. */
export async function pictureSample(item: ImageFile, region: BoxRegion | null, wanted: (width: number, height: number) => { width: number; height: number }): Promise<Seen> {
  const format = formatOfMime(item.mime)
  if (format === undefined) throw new Error(`Pictures of the kind ${item.mime} cannot be decoded.`)
  const part = region === null ? null : within(region, item)
  const { width, height } = part ?? item
  const side = sideFor(wanted(width, height), width, height)
  const picture = part === null ? await whole(item.path, format, side) : await cut(item.path, format, part, side)
  return { sample: { kind: 'image', picture, width, height }, left: part?.left ?? 0, top: part?.top ?? 0 }
}

/** The longest side at which neither side is less than wanted. */
function sideFor(wanted: { width: number; height: number }, width: number, height: number): number {
  const scale = Math.min(1, Math.max(wanted.width / width, wanted.height / height))
  return Math.max(1, Math.ceil(Math.max(width, height) * scale))
}

async function whole(path: string, format: MediaFormat, side: number): Promise<Picture> {
  return rgb(await shrunk(path, format, await pictureHeader(path, format), side))
}

async function cut(path: string, format: MediaFormat, part: Part, side: number): Promise<Picture> {
  const header = await pictureHeader(path, format)
  const refused = tooLargeToDecode(header)
  if (refused !== null) throw new Error(refused)
  const stored = await openPicture(path, format, false)
  const { left, top, width, height } = part
  const turned = header.orientation === 1 ? stored : pixelsOf(await upright(stored, header.orientation).raw().toBuffer({ resolveWithObject: true }))
  const cropped = pixelsOf(await turned.extract({ left, top, width, height }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }))
  return rgb(cropped.resize(side, side, { fit: 'inside', withoutEnlargement: true }))
}

/** What is transparent is seen on white. */
async function rgb(picture: import('sharp').Sharp): Promise<Picture> {
  const { data, info } = await picture.flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: info.channels === 3 ? data : threefold(data, info.channels) }
}

function threefold(data: Uint8Array, channels: number): Uint8Array {
  const made = new Uint8Array((data.length / channels) * 3)
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) made.fill(data[from]!, to, to + 3)
  return made
}

interface Part { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

function within({ x, y, width, height }: BoxRegion, item: ImageFile): Part {
  const left = Math.min(Math.max(0, Math.floor(x)), item.width - 1), top = Math.min(Math.max(0, Math.floor(y)), item.height - 1)
  const right = Math.min(item.width, Math.ceil(x + width)), bottom = Math.min(item.height, Math.ceil(y + height))
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}
