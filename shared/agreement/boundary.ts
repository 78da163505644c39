import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import { recently } from '#shared/geometry/recent.ts'

/** Lines as runs of points x0, y0, x1, y1, …; closed ones repeat their first point. */
type Lines = readonly (readonly number[])[]

/** What is compared of a border or line. */
interface Border {
  /** About 100 evenly spaced points, x and y in turn. */
  readonly points: Float64Array
  /** Every straight piece as x0, y0, x1, y1. */
  readonly pieces: Float64Array
}

const linesOf = (polygon: Polygon): Lines => polygon.parts.flat().map((ring) => [...ring, ring[0]!, ring[1]!])

/** What is drawn of a geometry as lines: the border of an area, a polyline itself; null for what has neither. */
function outlineLines(geometry: Geometry): Lines | null {
  if (geometry.kind === 'polyline') return [geometry.points]
  const outline = areaOutline(geometry)
  return outline && linesOf(outline)
}

/** A mark is compared with every other person's: what is prepared for it is kept a while. */
const borderOf = recently((geometry: Geometry): Border | null => {
  const lines = outlineLines(geometry)
  return lines && { points: spacedPoints(lines), pieces: piecesOf(lines) }
})

const samples = 100

/**
 * Boundary F, 0 to 1: the harmonic mean of the share of a's line within `tolerance` pixels of b's, and of b's of a's (Csurka et al.
 * 2013, "What is a good evaluation measure for semantic segmentation?", section 3.2), from about 100 evenly spaced points each. For
 * borders of areas and for polylines; null for what has no line.
 */
export function boundaryF(a: Geometry, b: Geometry, tolerance: number): number | null {
  const left = borderOf(a), right = borderOf(b)
  if (!left || !right) return null
  const precision = shareNear(left, right, tolerance), recall = shareNear(right, left, tolerance)
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}

function shareNear({ points }: Border, { pieces }: Border, tolerance: number): number {
  let near = 0, from = 0
  for (let point = 0; point < points.length; point += 2) {
    const found = pieceNear(points[point]!, points[point + 1]!, pieces, tolerance, from)
    if (found < 0) continue
    near++
    from = found
  }
  return points.length > 0 ? (2 * near) / points.length : 0
}

function piecesOf(lines: Lines): Float64Array {
  const pieces: number[] = []
  for (const line of lines) for (let i = 2; i < line.length; i += 2) pieces.push(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!)
  return new Float64Array(pieces)
}

function spacedPoints(lines: Lines): Float64Array {
  let length = 0
  for (const line of lines) for (let i = 2; i < line.length; i += 2) length += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!)
  const step = length / samples
  const points: number[] = []
  let until = 0
  for (const line of lines) {
    for (let i = 2; i < line.length; i += 2) {
      const [x0, y0, x1, y1] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!]
      const reach = Math.hypot(x1 - x0, y1 - y0)
      for (; until < reach; until += step) points.push(x0 + ((x1 - x0) * until) / reach, y0 + ((y1 - y0) * until) / reach)
      until -= reach
    }
  }
  return new Float64Array(points.length > 0 ? points : lines.flatMap((line) => line.slice(0, 2)))
}

/** A piece within `tolerance` of a point, or −1. Looks first where the point before it was found: the next is seldom far. */
function pieceNear(x: number, y: number, pieces: Float64Array, tolerance: number, from: number): number {
  for (let i = from; i < pieces.length; i += 4) if (isNear(x, y, pieces, i, tolerance)) return i
  for (let i = 0; i < from; i += 4) if (isNear(x, y, pieces, i, tolerance)) return i
  return -1
}

function isNear(x: number, y: number, pieces: Float64Array, i: number, tolerance: number): boolean {
  const x0 = pieces[i]!, y0 = pieces[i + 1]!
  const dx = pieces[i + 2]! - x0, dy = pieces[i + 3]! - y0
  const square = dx * dx + dy * dy
  const along = square > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square)) : 0
  const offX = x - x0 - along * dx, offY = y - y0 - along * dy
  return offX * offX + offY * offY <= tolerance * tolerance
}
