import type { Mask } from '#shared/model/geometry.ts'

/** Pixels of a rectangle, row by row; any value but 0 is inside. x, y, width and height are whole image pixels. */
export interface Bitmap { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly data: ArrayLike<number> }

/** The mask of a bitmap over the same rectangle; see trimMask for the smallest one. */
export function encodeMask({ x, y, width, height, data }: Bitmap): Mask {
  const counts: number[] = []
  let run = 0, value = 0
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < height; row++) {
      const pixel = data[row * width + column] ? 1 : 0
      if (pixel !== value) {
        counts.push(run)
        run = 0
        value = pixel
      }
      run++
    }
  }
  counts.push(run)
  return { kind: 'mask', x, y, width, height, counts }
}

/** The mask's pixels row by row, 0 or 1. Counts beyond the rectangle are ignored, missing ones are 0. */
export function decodeMask(mask: Mask): Bitmap & { readonly data: Uint8Array } {
  const { x, y, width, height } = mask
  const data = new Uint8Array(width * height)
  forEachRun(mask, (start, end) => {
    let column = Math.floor(start / height), row = start - column * height
    for (let i = start; i < end; i++) {
      data[row * width + column] = 1
      if (++row < height) continue
      row = 0
      column++
    }
  })
  return { x, y, width, height, data }
}

/** The runs of pixels inside, as [start, end) of the column-major order. */
export function forEachRun(mask: Mask, visit: (start: number, end: number) => void): void {
  const size = mask.width * mask.height
  let at = 0
  mask.counts.forEach((count, index) => {
    const end = Math.min(at + count, size)
    if (index % 2 === 1 && end > at) visit(at, end)
    at = end
  })
}

/** Number of pixels inside. */
export function maskArea(mask: Mask): number {
  let area = 0
  forEachRun(mask, (start, end) => { area += end - start })
  return area
}

/** Whether the image pixel (x, y), whole numbers, is inside. */
export function maskHas(mask: Mask, x: number, y: number): boolean {
  const column = x - mask.x, row = y - mask.y
  if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return false
  const place = column * mask.height + row
  let at = 0
  for (let i = 0; i < mask.counts.length; i++) {
    at += mask.counts[i]!
    if (place < at) return i % 2 === 1
  }
  return false
}

/** The same pixels over the least rectangle that holds them; an empty mask has width and height 0. */
export function trimMask(mask: Mask): Mask {
  const { height } = mask
  let left = Infinity, right = -1, top = Infinity, bottom = -1
  forEachRun(mask, (start, end) => {
    const first = Math.floor(start / height), last = Math.floor((end - 1) / height)
    left = Math.min(left, first)
    right = Math.max(right, last)
    top = Math.min(top, first === last ? start % height : 0)
    bottom = Math.max(bottom, first === last ? (end - 1) % height : height - 1)
  })
  if (right < 0) return { kind: 'mask', x: mask.x, y: mask.y, width: 0, height: 0, counts: [0] }
  return reframeMask(mask, { x: mask.x + left, y: mask.y + top, width: right - left + 1, height: bottom - top + 1 })
}

/** The pixels of a mask that are inside another rectangle, over that rectangle. */
export function reframeMask(mask: Mask, frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): Mask {
  const counts: number[] = []
  let written = 0
  forEachRun(mask, (start, end) => {
    for (let column = Math.floor(start / mask.height); column * mask.height < end; column++) {
      const x = column + mask.x - frame.x
      const top = Math.max(start - column * mask.height, 0) + mask.y - frame.y
      const bottom = Math.min(end - column * mask.height, mask.height) + mask.y - frame.y
      if (x < 0 || x >= frame.width || bottom <= 0 || top >= frame.height) continue
      const from = x * frame.height + Math.max(top, 0), to = x * frame.height + Math.min(bottom, frame.height)
      if (from === written && counts.length > 0) counts[counts.length - 1]! += to - from
      else counts.push(from - written, to - from)
      written = to
    }
  })
  const rest = frame.width * frame.height - written
  if (rest > 0 || counts.length === 0) counts.push(rest)
  return { kind: 'mask', x: frame.x, y: frame.y, width: frame.width, height: frame.height, counts }
}
