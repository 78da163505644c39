import { open } from 'node:fs/promises'
import type { AssetFinding } from '#shared/model/asset.ts'
import type { MediaFormat } from './formats.ts'
import { hugePixels, mediaFormats, refusedPixels, tinySide } from './formats.ts'
import { differenceHash } from './perceptualHash.ts'
import { openPicture, pictureHeader, pixelsOf, sizeOf, upright } from './picture.ts'
import type { PictureHeader } from './picture.ts'

/** Something noticed about a file that comes in all the same; `message` is a sentence for a person. */
export type Noticed = { code: AssetFinding; message: string }
/** Why a file does not come in. */
export type Refusal = { ok: false; code: string; message: string }
export type ImageFacts = {
  ok: true; kind: 'image'; width: number; height: number; orientation: number; perceptualHash: string | null; noticed: Noticed[]
}

/** What a picture is, and what is wrong with it. Decodes it once, unless its header says that it is huge. */
export async function probeImage(path: string, format: MediaFormat): Promise<ImageFacts | Refusal> {
  let header: PictureHeader
  try {
    header = await pictureHeader(path, format)
  } catch (error) {
    return unreadable(format, error)
  }
  const pixels = header.width * header.height
  if (pixels > refusedPixels) {
    return { ok: false, code: 'huge', message: `Claims ${sizeOf(header)}; above ${refusedPixels / 1e6} megapixels a picture is not opened. Cut it into tiles and import those.` }
  }
  const noticed = noticedInHeader(header, format, await playsAsPng(path, format))
  const turned = header.orientation >= 5
  const facts = { ok: true, kind: 'image', width: turned ? header.height : header.width, height: turned ? header.width : header.height, orientation: header.orientation } as const
  if (pixels > hugePixels) return { ...facts, perceptualHash: null, noticed }
  try {
    return { ...facts, perceptualHash: differenceHash(await greyPixels(path, format, header, true)), noticed }
  } catch {
    return damaged(path, format, header, { ...facts, perceptualHash: null, noticed })
  }
}

async function damaged(path: string, format: MediaFormat, header: PictureHeader, facts: ImageFacts): Promise<ImageFacts | Refusal> {
  try {
    const perceptualHash = differenceHash(await greyPixels(path, format, header, false))
    const message = 'The file is cut short or damaged: part of the picture is missing. It is imported with what can be read; get the whole file if you can.'
    return { ...facts, perceptualHash, noticed: [...facts.noticed, { code: 'truncated', message }] }
  } catch (error) {
    return unreadable(format, error)
  }
}

async function greyPixels(path: string, format: MediaFormat, header: PictureHeader, strict: boolean): Promise<Uint8Array> {
  const picture = await openPicture(path, format, strict)
  // Turned pictures swap the sides, so that the hash is that of the upright picture.
  const [width, height] = header.orientation >= 5 ? [8, 9] : [9, 8]
  const small = await picture.flatten({ background: '#ffffff' }).greyscale().resize(width, height, { fit: 'fill' }).raw().toBuffer({ resolveWithObject: true })
  if (header.orientation === 1) return small.data
  return upright(pixelsOf(small), header.orientation).greyscale().raw().toBuffer()
}

function noticedInHeader(header: PictureHeader, format: MediaFormat, plays: boolean): Noticed[] {
  const noticed: Noticed[] = []
  const note = (code: AssetFinding, message: string) => noticed.push({ code, message })
  if (Math.min(header.width, header.height) < tinySide) note('tiny', `Only ${header.width} × ${header.height} pixels. Check that it is a picture and not an icon.`)
  if (header.width * header.height > hugePixels) note('huge', `${sizeOf(header)}: it is shown shrunk, and its pixels were not checked.`)
  if (header.orientation !== 1) note('rotated', `The camera marked it as turned (EXIF orientation ${header.orientation}). It is shown upright, and coordinates are those of the upright picture.`)
  if (header.pages > 1 && format === 'tiff') note('animated', `Has ${header.pages} pages; the first is used. Split it to label the others.`)
  else if (header.pages > 1 || plays) note('animated', header.pages > 1 ? `Has ${header.pages} frames; the first is used.` : 'Is animated; the first frame is used.')
  return noticed
}

/** Whether a PNG has an animation (APNG: an acTL chunk before the pixels), which libvips does not tell and a browser plays. */
export async function playsAsPng(path: string, format: MediaFormat): Promise<boolean> {
  if (format !== 'png') return false
  const file = await open(path)
  try {
    const chunk = Buffer.alloc(8)
    for (let at = 8, count = 0; count < 100; count++) {
      const { bytesRead } = await file.read(chunk, 0, 8, at)
      const type = chunk.toString('latin1', 4, 8)
      if (bytesRead < 8 || type === 'IDAT') return false
      if (type === 'acTL') return true
      at += 12 + chunk.readUInt32BE(0)
    }
    return false
  } finally {
    await file.close()
  }
}

function unreadable(format: MediaFormat, error: unknown): Refusal {
  const reason = error instanceof Error ? error.message.split('\n')[0]!.replace(/^.*?: (?=\w)/u, '') : String(error)
  return { ok: false, code: 'unreadable', message: `Begins like a ${mediaFormats[format].name} picture but cannot be read (${reason}). Get the file again, or open and save it in another program.` }
}
