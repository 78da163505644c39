import type { Mask, Polygon, Ring } from '#shared/model/geometry.ts'
import { decodeMask, trimMask } from './mask.ts'
import type { ImagePoint } from './point.ts'
import { pointInRing, signedArea } from './ring.ts'

/** The four ways along pixel borders: right, down, left, up. A turn to the right is +1. */
const steps = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const

/**
 * The exact outline of a mask along pixel borders, as parts with holes; null when the mask is empty. The polygon's area
 * is the number of pixels, and rasterising it gives the mask back. Pixels that touch only at a corner are separate
 * parts (4-connected), the holes between them are joined (8-connected), so no ring touches itself along an edge.
 */
export function contoursOf(mask: Mask): Polygon | null {
  const { x, y, width, height, data } = decodeMask(trimMask(mask))
  if (width === 0) return null
  const inside = (column: number, row: number) => column >= 0 && row >= 0 && column < width && row < height && data[row * width + column] === 1
  const outers: Ring[] = [], holes: Ring[] = []
  for (const ring of traceBorders(width, height, inside)) (signedArea(ring) > 0 ? outers : holes).push(ring)
  const parts = outers.map((outer) => [outer])
  for (const hole of holes) partAround(hole, parts)?.push(hole)
  return { kind: 'polygon', parts: parts.map((part) => part.map((ring) => ring.map((value, index) => value + (index % 2 === 0 ? x : y)))) }
}

/** Each border as a ring of its corners, with the inside on its right hand: outer rings run clockwise, holes the other way. */
function* traceBorders(width: number, height: number, inside: (column: number, row: number) => boolean): Generator<Ring> {
  const seen = new Uint8Array(width * (height + 1))
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column < width; column++) {
      // Upper borders run to the right, lower borders (of the pixel above) to the left; every ring has one of the first.
      if (seen[row * width + column] || !inside(column, row) || inside(column, row - 1)) continue
      yield trace(column, row, inside, (c, r) => { seen[r * width + c] = 1 })
    }
  }
}

function trace(startX: number, startY: number, inside: (column: number, row: number) => boolean, mark: (column: number, row: number) => void): Ring {
  const ring: Ring = []
  let x = startX, y = startY, way = 0
  do {
    if (way === 0) mark(x, y)
    const [dx, dy] = steps[way]!
    x += dx
    y += dy
    const next = turnAt(x, y, way, inside)
    if (next !== way) ring.push(x, y)
    way = next
  } while (x !== startX || y !== startY || way !== 0)
  return ring
}

/** The way on from a corner: right when the pixel ahead on the right is outside, else left when the one ahead on the left is inside. */
function turnAt(x: number, y: number, way: number, inside: (column: number, row: number) => boolean): number {
  const [right, left] = ahead[way]!
  if (!inside(x + right[0], y + right[1])) return (way + 1) % 4
  return inside(x + left[0], y + left[1]) ? (way + 3) % 4 : way
}

/** For each way, the pixels ahead on the right and on the left of the corner (x, y), relative to it. */
const ahead = [
  [[0, 0], [0, -1]], [[-1, 0], [0, 0]], [[-1, -1], [-1, 0]], [[0, -1], [-1, -1]],
] as const

/** The part whose outer ring is the smallest around a hole. */
function partAround(hole: Ring, parts: readonly Ring[][]): Ring[] | undefined {
  // Half a pixel off the hole's border, on the side of the pixels: surely within the part that has the hole.
  const probe = outsideOf(hole)
  let best: Ring[] | undefined, least = Infinity
  for (const part of parts) {
    const area = Math.abs(signedArea(part[0]!))
    if (area < least && pointInRing(part[0]!, probe)) [best, least] = [part, area]
  }
  return best
}

/** The centre of the pixel on the right hand of the ring's last edge, which ends in its first point. */
function outsideOf(ring: Ring): ImagePoint {
  const n = ring.length
  const toX = ring[0]!, toY = ring[1]!, fromX = ring[n - 2]!, fromY = ring[n - 1]!
  const dx = Math.sign(toX - fromX), dy = Math.sign(toY - fromY)
  return { x: toX - dx / 2 - dy / 2, y: toY - dy / 2 + dx / 2 }
}
