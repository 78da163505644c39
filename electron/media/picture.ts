import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { OutputInfo, Sharp } from 'sharp'
import { decodeBmp, readBmpHeader } from './bmp.ts'
import type { MediaFormat } from './formats.ts'
import { refusedPixels, unstreamedPixels } from './formats.ts'

// One file a thread; the pool is what runs files beside each other. Each file is read once, so a cache only costs memory.
sharp.concurrency(1)
sharp.cache(false)

/** What the header says. Sizes are of the pixels as stored, before the orientation is applied. */
export type PictureHeader = {
  width: number; height: number
  /** EXIF orientation, 1–8. */
  orientation: number
  /** Frames or pages; 1 for a still. */
  pages: number
  /** Whether decoding needs little memory whatever the size, because rows come in order. */
  streams: boolean
  alpha: boolean
}

/** Reads the header alone, whatever size it claims. Throws where it is damaged. */
export async function pictureHeader(path: string, format: MediaFormat): Promise<PictureHeader> {
  if (format === 'bmp') {
    const { width, height } = await readBmpHeader(path)
    return { width, height, orientation: 1, pages: 1, streams: true, alpha: false }
  }
  const header = await sharp(await sourceOf(path), { limitInputPixels: false, failOn: 'none' }).metadata()
  const { width, height, orientation = 1, pages = 1, isProgressive, hasAlpha } = header
  return {
    width, height: header.pageHeight ?? height, orientation: orientation >= 1 && orientation <= 8 ? orientation : 1, pages,
    streams: (format === 'jpeg' || format === 'png' || format === 'tiff') && !isProgressive, alpha: hasAlpha,
  }
}

/** The picture's first frame as libvips opens it. `strict`: damaged pixels are an error instead of grey. */
export async function openPicture(path: string, format: MediaFormat, strict: boolean): Promise<Sharp> {
  if (format === 'bmp') {
    const { data, width, height, complete } = await decodeBmp(path)
    if (strict && !complete) throw new Error('the file ends before its pixels do')
    return sharp(data, { raw: { width, height, channels: 3 } })
  }
  return sharp(await sourceOf(path), { limitInputPixels: refusedPixels, failOn: strict ? 'error' : 'none', pages: 1, sequentialRead: true })
}

/** libvips takes brackets at the end of a name for options, so a file with such a name is given to it as bytes. */
const sourceOf = async (path: string): Promise<string | Buffer> => (path.endsWith(']') ? readFile(path) : path)

/** Why a picture of this size must not be decoded, even to shrink it; null where it may. */
export function tooLargeToDecode(header: PictureHeader): string | null {
  const pixels = header.width * header.height
  if (pixels > refusedPixels) return `${sizeOf(header)} are more than the ${refusedPixels / 1e6} megapixels that can be opened`
  if (pixels > unstreamedPixels && !header.streams) return `${sizeOf(header)} in a coding that must be unpacked whole are more than the ${unstreamedPixels / 1e6} megapixels that fit in memory`
  return null
}

export const sizeOf = ({ width, height }: { width: number; height: number }) =>
  `${width.toLocaleString('en')} × ${height.toLocaleString('en')} pixels (${((width * height) / 1e6).toLocaleString('en', { maximumFractionDigits: 1 })} megapixels)`

/** Turns stored pixels upright (the eight cases of EXIF 2.32, tag 274). */
export function upright(picture: Sharp, orientation: number): Sharp {
  switch (orientation) {
    case 2: return picture.flop()
    case 3: return picture.rotate(180)
    case 4: return picture.flip()
    case 5: return picture.rotate(90).flop()
    case 6: return picture.rotate(90)
    case 7: return picture.rotate(90).flip()
    case 8: return picture.rotate(270)
    default: return picture
  }
}

/** Raw pixels as a picture again. */
export const pixelsOf = ({ data, info: { width, height, channels } }: { data: Buffer; info: OutputInfo }): Sharp => sharp(data, { raw: { width, height, channels } })

/**
 * The picture upright and no longer than `side` pixels a side, never enlarged. It is shrunk first and turned after, so
 * that turning never needs all of a big picture in memory.
 */
export async function shrunk(path: string, format: MediaFormat, header: PictureHeader, side: number): Promise<Sharp> {
  const refused = tooLargeToDecode(header)
  if (refused !== null) throw new Error(refused)
  const picture = await openPicture(path, format, false)
  picture.resize(side, side, { fit: 'inside', withoutEnlargement: true })
  if (header.orientation === 1) return picture
  return upright(pixelsOf(await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })), header.orientation)
}
