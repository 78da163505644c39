import { forEachRun } from '#shared/geometry/mask.ts'
import type { Mask } from '#shared/model/geometry.ts'

/** Masks of more pixels are drawn from every 2nd, 3rd … pixel, so that one bitmap stays below 16 MB. */
const mostPixels = 4_000_000

/** One byte a pixel, row by row: 255 inside. Every `step`-th pixel of each row and column. */
export function decodeMask(mask: Mask, step = 1): { readonly width: number; readonly height: number; readonly alpha: Uint8Array } {
  const width = Math.ceil(mask.width / step)
  const height = Math.ceil(mask.height / step)
  const alpha = new Uint8Array(width * height)
  forEachRun(mask, (from, to) => fillRun(alpha, width, mask.height, from, to, step))
  return { width, height, alpha }
}

/** Runs go down the columns of the whole mask. */
function fillRun(alpha: Uint8Array, width: number, maskHeight: number, from: number, to: number, step: number): void {
  for (let column = Math.floor(from / maskHeight); column * maskHeight < to; column += 1) {
    if (column % step !== 0) continue
    const first = Math.max(from, column * maskHeight) - column * maskHeight
    const last = Math.min(to, (column + 1) * maskHeight) - column * maskHeight
    for (let row = Math.ceil(first / step) * step; row < last; row += step) {
      const at = (row / step) * width + column / step
      if (at < alpha.length) alpha[at] = 255
    }
  }
}

/** Mask bitmaps by record identity and colour: a mask is decoded once. */
export class MaskBitmaps {
  #bitmaps = new WeakMap<Mask, { readonly color: string; readonly hatched: boolean; readonly canvas: HTMLCanvasElement }>()

  /** `hatched`: in diagonal stripes, as drafts are. */
  of(mask: Mask, color: string, hatched = false): HTMLCanvasElement | null {
    const known = this.#bitmaps.get(mask)
    if (known?.color === color && known.hatched === hatched) return known.canvas
    if (mask.width === 0 || mask.height === 0) return null
    const canvas = drawMask(mask, color, hatched)
    this.#bitmaps.set(mask, { color, hatched, canvas })
    return canvas
  }
}

function drawMask(mask: Mask, color: string, hatched: boolean): HTMLCanvasElement {
  const { width, height, alpha } = decodeMask(mask, Math.max(1, Math.ceil(Math.sqrt((mask.width * mask.height) / mostPixels))))
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  const image = context.createImageData(width, height)
  const value = Number.parseInt(color.slice(1), 16)
  const period = Math.max(4, Math.round(Math.min(width, height) / 10))
  for (let i = 0; i < alpha.length; i += 1) {
    if (alpha[i] === 0) continue
    image.data[i * 4] = value >> 16
    image.data[i * 4 + 1] = (value >> 8) & 255
    image.data[i * 4 + 2] = value & 255
    image.data[i * 4 + 3] = hatched && ((i % width) + Math.floor(i / width)) % period >= period / 2 ? 70 : 255
  }
  context.putImageData(image, 0, 0)
  return canvas
}
