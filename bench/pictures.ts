import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

const width = 1600
const height = 1200
const channels = 3

/** Writes 0.jpg … of `count` different pictures, each of 1,600 × 1,200 with about the bytes of a photo. */
export async function writePictures(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const grain = sharp({ create: { width: width / 4, height: height / 2, channels, background: '#888', noise } })
  const pixels = await grain.resize(width, height * 2, { fit: 'fill' }).removeAlpha().raw().toBuffer()
  for (let index = 0; index < count; index++) {
    // Another window of the same noise: other bytes and other pixels at the cost of encoding alone.
    const from = ((index * 2011) % (width * height)) * channels
    const raw = { width, height, channels } as const
    await sharp(pixels.subarray(from, from + width * height * channels), { raw }).jpeg({ quality: 80 }).toFile(join(folder, `${index}.jpg`))
  }
}
