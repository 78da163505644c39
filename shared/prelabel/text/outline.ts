import type { RotatedBox, TextLine } from '#shared/model/geometry.ts'
import { boundsOfPath } from '#shared/geometry/bounds.ts'
import { normaliseAngle } from '#shared/geometry/angle.ts'
import { cornersOfRotated, rotatedBoxOfCorners } from '#shared/geometry/rotatedBox.ts'

/** From pixels of a map to pixels of the item: `item = map × scale + offset`; the item's size, in which outlines stay. */
export interface ToItem {
  readonly scaleX: number; readonly scaleY: number; readonly offsetX: number; readonly offsetY: number
  readonly width: number; readonly height: number
}

/** A line is level where it rises less from its one end to the other than so many pixels of the map, or than this share of its height. */
const levelPixels = 1.5
const levelShare = 0.1
/** PaddleOCR turns a crop that is so many times higher than wide. */
export const tallFrom = 1.5

export const pathToItem = (path: readonly number[], to: ToItem): number[] =>
  path.map((value, index) => (index % 2 === 0 ? clamp(value * to.scaleX + to.offsetX, to.width) : clamp(value * to.scaleY + to.offsetY, to.height)))

/** The outline of a line in pixels of the item: a box where it is level, else turned; a line much higher than wide is read downwards. */
export function outlineOf(box: RotatedBox, to: ToItem): TextLine['outline'] {
  const corners = cornersOfRotated(box).map((value, index) => (index % 2 === 0 ? value * to.scaleX + to.offsetX : value * to.scaleY + to.offsetY))
  const turned = rotatedBoxOfCorners(corners)
  const rise = Math.abs(Math.sin((turned.angle * Math.PI) / 180)) * Math.max(turned.width, turned.height)
  if (rise >= Math.max(levelPixels * Math.max(1, to.scaleX, to.scaleY), levelShare * Math.min(turned.width, turned.height))) return readAlong(turned)
  const { minX, minY, maxX, maxY } = boundsOfPath(corners)!
  const x = clamp(minX, to.width), y = clamp(minY, to.height)
  const width = clamp(maxX, to.width) - x, height = clamp(maxY, to.height) - y
  if (height < tallFrom * width) return { kind: 'box', x, y, width, height }
  return readAlong({ kind: 'rotated-box', cx: x + width / 2, cy: y + height / 2, width, height, angle: 0 })
}

/** The same rectangle with its first side along the text. */
function readAlong(box: RotatedBox): RotatedBox {
  if (box.height < tallFrom * box.width) return box
  return { ...box, width: box.height, height: box.width, angle: normaliseAngle(box.angle + 90) }
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))
