import type { Picture } from '#shared/prelabel/sample.ts'

/** A picture at exactly this size, decoded outside the page's thread. Throws in words when it cannot be read. */
export async function pictureAt(url: string, width: number, height: number): Promise<Picture> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`The picture cannot be read (${response.status}).`)
  const bitmap = await createImageBitmap(await response.blob(), { resizeWidth: width, resizeHeight: height, resizeQuality: 'high', colorSpaceConversion: 'default' })
    .catch(() => { throw new Error('The picture cannot be decoded.') })
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  // What is transparent lies on white, as on the screen.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  const { data } = context.getImageData(0, 0, width, height)
  const rgb = new Uint8ClampedArray(width * height * 3)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]!
    rgb[to + 1] = data[from + 1]!
    rgb[to + 2] = data[from + 2]!
  }
  return { width, height, data: rgb }
}
