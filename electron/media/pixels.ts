import type { Sharp } from 'sharp'
import type { MediaFormat } from './formats.ts'
import { openPicture, pictureHeader, pixelsOf, shrunk, tooLargeToDecode, upright } from './picture.ts'

/** RGB, 8 bits, interleaved: `width * height * 3` bytes of the upright picture. */
export interface Pixels { readonly width: number; readonly height: number; readonly data: Uint8Array }
/** A rectangle of whole pixels of the upright picture. */
export interface Part { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** A picture, or a part of it, shrunk while it is read so that neither side is longer than `side` pixels; never enlarged. What is transparent is seen on white. Throws in words. */
export async function pixels(path: string, format: MediaFormat, part: Part | null, side: number): Promise<Pixels> {
  const header = await pictureHeader(path, format)
  if (part === null) return rgb(await shrunk(path, format, header, side))
  const refused = tooLargeToDecode(header)
  if (refused !== null) throw new Error(refused)
  const stored = await openPicture(path, format, false)
  const turned = header.orientation === 1 ? stored : pixelsOf(await upright(stored, header.orientation).raw().toBuffer({ resolveWithObject: true }))
  const cut = pixelsOf(await turned.extract(part).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }))
  return rgb(cut.resize(side, side, { fit: 'inside', withoutEnlargement: true }))
}

async function rgb(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: info.channels === 3 ? data : threefold(data, info.channels) }
}

/** Grey as RGB. */
function threefold(data: Uint8Array, channels: number): Uint8Array {
  const made = new Uint8Array((data.length / channels) * 3)
  for (let from = 0, to = 0; from < data.length; from += channels, to += 3) made.fill(data[from]!, to, to + 3)
  return made
}
