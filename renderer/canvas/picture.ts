import type { Viewport } from '#shared/geometry/point.ts'
import type { Size } from './view.ts'

/** A decoded picture. It may hold fewer pixels than the item has: it is stretched over the item's size. */
export type Picture = HTMLImageElement | ImageBitmap | HTMLCanvasElement

/** All 1: the picture as it is. Brightness and contrast are factors 0 … 4, gamma 0.1 … 5 (above 1 lightens the dark parts). */
export interface Adjust {
  readonly brightness: number
  readonly contrast: number
  readonly gamma: number
}
export const noAdjust: Adjust = { brightness: 1, contrast: 1, gamma: 1 }

/** From 400 % on a person looks at pixels: they are drawn as squares. */
const squaresFrom = 4
const smallestLevel = 512
/** A halved copy above this many pixels costs more memory than it saves time. */
const largestCopy = 16_000_000

/** Draws the visible part of a picture, from halved copies when zoomed out, so that a frame costs by what is seen. */
export class PictureLevels {
  #levels: (Picture | null)[] = []
  #picture: Picture | null = null
  #extent: Size = { width: 1, height: 1 }

  set(picture: Picture | null, extent: Size): void {
    this.#extent = extent
    if (picture === this.#picture) return
    this.#picture = picture
    this.#levels = picture ? [picture] : []
  }

  /** `view` in device pixels of the canvas. */
  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    if (!this.#picture) return
    const { width: canvasWidth, height: canvasHeight } = context.canvas
    const shown = view.scale * (this.#extent.width / widthOf(this.#picture))
    const level = this.#level(shown)
    const perPixel = { x: widthOf(level) / this.#extent.width, y: heightOf(level) / this.#extent.height }
    // Only what is seen, by whole source pixels, so that neighbours of the edge take part in smoothing.
    const left = Math.max(0, Math.floor((-view.offsetX / view.scale) * perPixel.x) - 1)
    const top = Math.max(0, Math.floor((-view.offsetY / view.scale) * perPixel.y) - 1)
    const right = Math.min(widthOf(level), Math.ceil(((canvasWidth - view.offsetX) / view.scale) * perPixel.x) + 1)
    const bottom = Math.min(heightOf(level), Math.ceil(((canvasHeight - view.offsetY) / view.scale) * perPixel.y) + 1)
    if (right <= left || bottom <= top) return
    const step = { x: view.scale / perPixel.x, y: view.scale / perPixel.y }
    context.imageSmoothingEnabled = shown < squaresFrom
    context.imageSmoothingQuality = 'low'
    context.drawImage(level, left, top, right - left, bottom - top,
      left * step.x + view.offsetX, top * step.y + view.offsetY, (right - left) * step.x, (bottom - top) * step.y)
  }

  /** The smallest copy that has at least the pixels shown; made when first needed. */
  #level(shown: number): Picture {
    const picture = this.#picture!
    const wanted = Math.max(0, Math.floor(Math.log2(1 / Math.max(shown, 1e-4)) + 0.01))
    const most = Math.max(0, Math.floor(Math.log2(Math.max(widthOf(picture), heightOf(picture)) / smallestLevel)))
    const level = Math.min(wanted, most)
    if ((widthOf(picture) * heightOf(picture)) / 4 ** level > largestCopy) return picture
    return (this.#levels[level] ??= reduced(picture, level))
  }
}

function reduced(picture: Picture, level: number): Picture {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(widthOf(picture) / 2 ** level))
  canvas.height = Math.max(1, Math.round(heightOf(picture) / 2 ** level))
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

const widthOf = (picture: Picture) => ('naturalWidth' in picture ? picture.naturalWidth : picture.width)
const heightOf = (picture: Picture) => ('naturalHeight' in picture ? picture.naturalHeight : picture.height)
