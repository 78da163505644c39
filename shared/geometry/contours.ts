import type { Mask, Polygon, Ring } from '#shared/model/geometry.ts'
import { decodeMask, trimMask } from './mask.ts'
import type { ImagePoint } from './point.ts'
import { pointInRing, signedArea } from './ring.ts'

/**
 * The exact outline of a mask along pixel borders, as parts with holes; null when the mask is empty. The polygon's area
 * is the number of pixels, and rasterising it gives the mask back. Pixels that touch only at a corner are separate
 * parts (4-connected), the holes between them are joined (8-connected), so no ring touches itself along an edge.
 */
export function contoursOf(mask: Mask): Polygon | null {
  const { x, y, width, height, data } = decodeMask(trimMask(mask))
  if (width === 0) return null
  const outers: Ring[] = [], holes: Ring[] = []
  for (const ring of traceBorders(framed(width, height, data))) (signedArea(ring) > 0 ? outers : holes).push(ring)
  const parts = outers.map((outer) => [outer])
  for (const hole of holes) partAround(hole, parts)?.push(hole)
  return { kind: 'polygon', parts: parts.map((part) => part.map((ring) => ring.map((value, index) => value + (index % 2 === 0 ? x : y)))) }
}

/** Pixels with a frame of empty ones around them, so that no neighbour needs a question whether it is there. */
interface Framed { readonly pixels: Uint8Array; readonly stride: number }

function framed(width: number, height: number, data: Uint8Array): Framed {
  const stride = width + 2
  const pixels = new Uint8Array(stride * (height + 2))
  for (let row = 0; row < height; row++) pixels.set(data.subarray(row * width, (row + 1) * width), (row + 1) * stride + 1)
  return { pixels, stride }
}

/** Each border as a ring of its corners, with the inside on its right hand: outer rings run clockwise, holes the other way. */
function* traceBorders({ pixels, stride }: Framed): Generator<Ring> {
  const seen = new Uint8Array(pixels.length)
  for (let at = stride; at < pixels.length; at++) {
    // Upper borders run to the right, lower borders (of the pixel above) to the left; every ring has one of the first.
    if (pixels[at] === 1 && pixels[at - stride] === 0 && seen[at] === 0) yield trace(at, pixels, stride, seen)
  }
}

/** Follows one border from the upper left corner of the pixel `start`; ways are 0 right, 1 down, 2 left, 3 up, and a turn to the right is +1. */
function trace(start: number, pixels: Uint8Array, stride: number, seen: Uint8Array): Ring {
  const steps = [1, stride, -1, -stride]
  // For each way, the pixels ahead on the right and on the left of a corner, from the pixel whose upper left it is.
  const onRight = [0, -1, -1 - stride, -stride], onLeft = [-stride, 0, -1, -1 - stride]
  const ring: Ring = []
  let corner = start, way = 0
  do {
    if (way === 0) seen[corner] = 1
    corner += steps[way]!
    // Right when the pixel ahead on the right is outside, else left when the one ahead on the left is inside.
    const next = pixels[corner + onRight[way]!] === 0 ? (way + 1) % 4 : pixels[corner + onLeft[way]!] === 1 ? (way + 3) % 4 : way
    if (next !== way) ring.push(corner % stride - 1, Math.floor(corner / stride) - 1)
    way = next
  } while (corner !== start || way !== 0)
  return ring
}

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
