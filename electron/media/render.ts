import type { Sharp } from 'sharp'
import { writeWhole } from './durable.ts'
import type { ImageFormat, MediaFormat } from './formats.ts'
import { pictureHeader, shrunk } from './picture.ts'

export type RenderInput = { path: string; format: MediaFormat; /** The longest side in pixels. */ side: number; to: string; as: 'thumbnail' | ImageFormat }
/** The picture that was written; its size in pixels. */
export type Rendered = { width: number; height: number }

/** Writes a picture upright, shrunk to `side` where it is larger: as a WebP thumbnail or in a format. */
export async function render({ path, format, side, to, as }: RenderInput): Promise<Rendered> {
  const picture = await shrunk(path, format, await pictureHeader(path, format), side)
  return writeWhole(to, async (file) => {
    const { data, info } = await encode(picture, as).toBuffer({ resolveWithObject: true })
    await file.writeFile(data)
    return { width: info.width, height: info.height }
  })
}

function encode(picture: Sharp, as: RenderInput['as']): Sharp {
  switch (as) {
    case 'thumbnail': return picture.webp({ quality: 80, effort: 2 })
    case 'jpeg': return picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    case 'webp': return picture.webp({ quality: 95 })
    case 'avif': return picture.avif({ quality: 90, effort: 2 })
    case 'tiff': return picture.tiff({ compression: 'lzw' })
    case 'gif': return picture.gif()
    // Low effort: the file is read once or twice from the same disk, so that time counts and bytes do not. BMP has no encoder and no orientation.
    case 'png': case 'bmp': return picture.png({ compressionLevel: 3 })
  }
}
