import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { areaOutline } from '#shared/geometry/iou.ts'

/** Lines as runs of points x0, y0, x1, y1, …; closed ones repeat their first point. */
type Lines = readonly (readonly number[])[]

const linesOf = (polygon: Polygon): Lines => polygon.parts.flat().map((ring) => [...ring, ring[0]!, ring[1]!])

/** What is drawn of a geometry as lines: the border of an area, a polyline itself; null for what has neither. */
function outlineLines(geometry: Geometry): Lines | null {
  if (geometry.kind === 'polyline') return [geometry.points]
  const outline = areaOutline(geometry)
  return outline && linesOf(outline)
}

const samples = 100

/**
 * Boundary F, 0 to 1: the harmonic mean of the share of a's line within `tolerance` pixels of b's, and of b's of a's (Csurka et al.
 * 2013, "What is a good evaluation measure for semantic segmentation?", section 3.2), from about 100 evenly spaced points each. For
 * borders of areas and for polylines; null for what has no line.
 */
export function boundaryF(a: Geometry, b: Geometry, tolerance: number): number | null {
  const left = outlineLines(a), right = outlineLines(b)
  if (!left || !right) return null
  const precision = shareNear(left, right, tolerance), recall = shareNear(right, left, tolerance)
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0
}

function shareNear(lines: Lines, others: Lines, tolerance: number): number {
  const points = spacedPoints(lines)
  const pieces = piecesOf(others)
  let near = 0
  for (const [x, y] of points) if (isNear(x, y, pieces, tolerance)) near++
  return points.length > 0 ? near / points.length : 0
}

/** Every straight piece as x0, y0, x1, y1. */
function piecesOf(lines: Lines): Float64Array {
  const pieces: number[] = []
  for (const line of lines) for (let i = 2; i < line.length; i += 2) pieces.push(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!)
  return Float64Array.from(pieces)
}

function spacedPoints(lines: Lines): [number, number][] {
  let length = 0
  for (const line of lines) for (let i = 2; i < line.length; i += 2) length += Math.hypot(line[i]! - line[i - 2]!, line[i + 1]! - line[i - 1]!)
  const step = length / samples
  const points: [number, number][] = []
  let until = 0
  for (const line of lines) {
    for (let i = 2; i < line.length; i += 2) {
      const [x0, y0, x1, y1] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!]
      const reach = Math.hypot(x1 - x0, y1 - y0)
      for (; until < reach; until += step) points.push([x0 + ((x1 - x0) * until) / reach, y0 + ((y1 - y0) * until) / reach])
      until -= reach
    }
  }
  return points.length > 0 ? points : lines.flatMap((line): [number, number][] => [[line[0]!, line[1]!]])
}

/** Whether a point lies within `tolerance` of any piece x0, y0, x1, y1 of a line. */
function isNear(x: number, y: number, pieces: Float64Array, tolerance: number): boolean {
  const least = tolerance * tolerance
  for (let i = 0; i < pieces.length; i += 4) {
    const x0 = pieces[i]!, y0 = pieces[i + 1]!
    const dx = pieces[i + 2]! - x0, dy = pieces[i + 3]! - y0
    const square = dx * dx + dy * dy
    const along = square > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square)) : 0
    const offX = x - x0 - along * dx, offY = y - y0 - along * dy
    if (offX * offX + offY * offY <= least) return true
  }
  return false
}
