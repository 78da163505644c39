import type { Mask, Polygon } from '#shared/model/geometry.ts'
import { boundsOf } from './bounds.ts'
import { encodeMask, trimMask } from './mask.ts'
import { type Path, pointCount } from './ring.ts'
import type { Bounds } from './point.ts'

/**
 * The pixels of a polygon: those whose centre (x + ½, y + ½) is inside a part and not in its holes, by the even-odd rule;
 * a centre on a left or upper border is inside, on a right or lower one outside, so that neighbours share no pixel.
 * Within `extent` (whole pixels) when given. Trimmed.
 */
export function rasterise(polygon: Polygon, extent: Bounds | null = null): Mask {
  const bounds = boundsOf(polygon)
  if (bounds === null) return { kind: 'mask', x: 0, y: 0, width: 0, height: 0, counts: [0] }
  const minX = Math.floor(Math.max(bounds.minX, extent?.minX ?? -Infinity)), minY = Math.floor(Math.max(bounds.minY, extent?.minY ?? -Infinity))
  const width = Math.max(0, Math.ceil(Math.min(bounds.maxX, extent?.maxX ?? Infinity)) - minX)
  const height = Math.max(0, Math.ceil(Math.min(bounds.maxY, extent?.maxY ?? Infinity)) - minY)
  const data = new Uint8Array(width * height)
  for (const part of polygon.parts) {
    for (let row = 0; row < height; row++) fillRow(part, minY + row + 0.5, minX, data.subarray(row * width, (row + 1) * width))
  }
  return trimMask(encodeMask({ x: minX, y: minY, width, height, data }))
}

/** Sets the pixels of one row between each pair of crossings with the part's rings: holes are inside the outer ring, so even-odd over all rings leaves them out. */
function fillRow(part: readonly Path[], y: number, minX: number, row: Uint8Array): void {
  const crossings: number[] = []
  for (const ring of part) addCrossings(ring, y, crossings)
  crossings.sort((a, b) => a - b)
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const from = Math.max(0, Math.ceil(crossings[i]! - minX - 0.5)), to = Math.min(row.length, Math.ceil(crossings[i + 1]! - minX - 0.5))
    if (to > from) row.fill(1, from, to)
  }
}

function addCrossings(ring: Path, y: number, crossings: number[]): void {
  const n = pointCount(ring)
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const xi = ring[i * 2]!, yi = ring[i * 2 + 1]!, xj = ring[j * 2]!, yj = ring[j * 2 + 1]!
    if (yi > y !== yj > y) crossings.push(((xj - xi) * (y - yi)) / (yj - yi) + xi)
  }
}
