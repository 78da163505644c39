import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import { imagePoint } from '#shared/geometry/point.ts'
import { distanceToSegment } from '#shared/geometry/lineSegment.ts'

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
  let near = 0
  for (const [x, y] of points) if (isNear(x, y, others, tolerance)) near++
  return points.length > 0 ? near / points.length : 0
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

function isNear(x: number, y: number, lines: Lines, tolerance: number): boolean {
  const point = imagePoint(x, y)
  for (const line of lines) {
    for (let i = 2; i < line.length; i += 2) {
      const [x0, y0, x1, y1] = [line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!]
      if (x < Math.min(x0, x1) - tolerance || x > Math.max(x0, x1) + tolerance || y < Math.min(y0, y1) - tolerance || y > Math.max(y0, y1) + tolerance) continue
      if (distanceToSegment(imagePoint(x0, y0), imagePoint(x1, y1), point) <= tolerance) return true
    }
  }
  return false
}
