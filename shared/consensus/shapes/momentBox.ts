import type { Box, Polygon } from '#shared/model/geometry.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { boxOfBounds } from '#shared/geometry/box.ts'
import { signedArea, type Path } from '#shared/geometry/ring.ts'

/**
 * The box that has the outline's centre of mass and second moments along x and y: of a box it is that box, of a circle the one with √3 / 2 of its width.
 * All of an outline has a say in it, so what is drawn roughly moves it little, and not outwards as it does the bounding box. It moves and stretches with the outline.
 * Parts add up, holes are taken off. Without area (or where an outline that crosses itself leaves none): the bounding box; null without points.
 */
export function momentBox(outline: Polygon): Box | null {
  const bounds = boundsOf(outline)
  if (!bounds) return null
  const around = boxOfBounds(bounds)
  const sums: Moments = { area: 0, x: 0, y: 0, xx: 0, yy: 0 }
  // About the middle of the bounds, so that far from the origin no digits are lost.
  const cx = around.x + around.width / 2, cy = around.y + around.height / 2
  for (const part of outline.parts) part.forEach((ring, at) => addMoments(ring, cx, cy, (at === 0 ? 1 : -1) * Math.sign(signedArea(ring)), sums))
  const { area } = sums
  const x = sums.x / area, y = sums.y / area
  const width = Math.sqrt(12 * (sums.xx / area - x * x)), height = Math.sqrt(12 * (sums.yy / area - y * y))
  if (!(area > 1e-3 * around.width * around.height) || !(width > 0) || !(height > 0)) return around
  return { kind: 'box', x: cx + x - width / 2, y: cy + y - height / 2, width, height }
}

interface Moments { area: number; x: number; y: number; xx: number; yy: number }

/** By Green's theorem, edge by edge. */
function addMoments(ring: Path, cx: number, cy: number, sign: number, sums: Moments): void {
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const x0 = ring[j]! - cx, y0 = ring[j + 1]! - cy, x1 = ring[i]! - cx, y1 = ring[i + 1]! - cy
    const cross = sign * (x0 * y1 - x1 * y0)
    sums.area += cross / 2
    sums.x += ((x0 + x1) * cross) / 6
    sums.y += ((y0 + y1) * cross) / 6
    sums.xx += ((x0 * x0 + x0 * x1 + x1 * x1) * cross) / 12
    sums.yy += ((y0 * y0 + y0 * y1 + y1 * y1) * cross) / 12
  }
}
