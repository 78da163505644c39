import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** Writes 0.jpg … of `count` different pictures, each of 1,600 × 1,200 with the bytes of a photo (about 350 kB). */
export async function writePictures(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  for (let index = 0; index < count; index++) await writePicture(join(folder, `${index}.jpg`), index)
}

async function writePicture(path: string, seed: number): Promise<void> {
  const width = 1600
  const height = 1200
  const noise = await sharp({ create: { width: width / 4, height: height / 4, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).resize(width, height).png({ compressionLevel: 1 }).toBuffer()
  const drawn = `<svg width="${width}" height="${height}"><rect width="100%" height="100%" fill="hsl(${(seed * 47) % 360} 40% 50%)" fill-opacity=".6"/><circle cx="${200 + (seed * 131) % 1200}" cy="${200 + (seed * 71) % 800}" r="180" fill="hsl(${(seed * 83) % 360} 70% 40%)"/><text x="60" y="120" font-size="90">${seed}</text></svg>`
  await sharp(noise).composite([{ input: Buffer.from(drawn) }]).jpeg({ quality: 85 }).toFile(path)
}
