import type { LineFrame } from '#shared/geometry/lineFrame.ts'
import type { ReadingAxis } from '#shared/geometry/splitLine.ts'

/** CSS pixels. */
export interface Size { readonly width: number; readonly height: number }

const margin = 24
const neighbourShare = 0.6

/** How large a line's crop is shown in a room: as large as fits, within what a line needs to be read; a neighbour smaller. */
export function cropSize({ width, height }: LineFrame, room: Size, axis: ReadingAxis, neighbour: boolean): Size {
  const down = axis === 'vertical'
  const across = clamp((down ? room.width : room.height) * 0.17, 44, 150)
  const along = (down ? room.height : room.width) - 2 * margin
  const scale = (neighbour ? neighbourShare : 1) * Math.max(0.02, Math.min(across / (down ? width : height), along / (down ? height : width)))
  return { width: Math.max(1, width * scale), height: Math.max(1, height * scale) }
}

/** The type size of the field under a crop: that of the writing in it, as far as it can be read and fits the room. */
export function typeSize(crop: Size, axis: ReadingAxis): number {
  return clamp((axis === 'vertical' ? crop.width : crop.height) * 0.62, 18, 64)
}

/** How many neighbours before and behind there is room for. */
export const neighboursIn = (room: Size, axis: ReadingAxis): readonly [before: number, after: number] => {
  const length = axis === 'vertical' ? room.width : room.height
  return length < 420 ? [1, 1] : length < 640 ? [1, 2] : length < 1000 ? [2, 3] : [3, 5]
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
