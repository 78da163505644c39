import { distanceToSegment, nearestOnSegment } from './lineSegment.ts'
import type { ImagePoint } from './point.ts'

/** A flat list x0, y0, x1, y1, …; a ring's last point is joined to its first. */
export type Path = readonly number[]

export const pointCount = (path: Path): number => path.length >> 1
export const pointAt = (path: Path, index: number): ImagePoint => ({ x: path[index * 2]!, y: path[index * 2 + 1]! })

/** Area in square pixels by the shoelace formula; positive when the ring runs clockwise as seen (y points down). */
export function signedArea(ring: Path): number {
  const n = pointCount(ring)
  if (n < 3) return 0
  // Relative to the first point, so that a small ring far from the origin keeps its digits.
  const x0 = ring[0]!, y0 = ring[1]!
  let twice = 0
  for (let i = 1; i + 1 < n; i++) {
    twice += (ring[i * 2]! - x0) * (ring[i * 2 + 3]! - y0) - (ring[i * 2 + 2]! - x0) * (ring[i * 2 + 1]! - y0)
  }
  return twice / 2
}

export const ringArea = (ring: Path): number => Math.abs(signedArea(ring))

/** Length in pixels of the closed ring. */
export function perimeter(ring: Path): number {
  const n = pointCount(ring)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const a = pointAt(ring, i), b = pointAt(ring, (i + 1) % n)
    sum += Math.hypot(b.x - a.x, b.y - a.y)
  }
  return sum
}

/** Whether a point is inside by the even-odd rule (Franklin's PNPOLY): of two rings that share a border, each border point is in one. */
export function pointInRing(ring: Path, { x, y }: ImagePoint): boolean {
  let inside = false
  const n = ring.length
  for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
    const xi = ring[i]!, yi = ring[i + 1]!, xj = ring[j]!, yj = ring[j + 1]!
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

/** The place on a path that is nearest to a point; `after` is the index of the edge's first point. */
export interface Nearest { readonly point: ImagePoint; readonly distance: number; readonly after: number }

/** The nearest place on the edges of a ring, or of an open path when `closed` is false; null when there is no point. */
export function nearestOnEdge(path: Path, point: ImagePoint, closed = true): Nearest | null {
  const n = pointCount(path)
  if (n === 0) return null
  let best: Nearest = { point: pointAt(path, 0), distance: Math.hypot(path[0]! - point.x, path[1]! - point.y), after: 0 }
  const edges = closed ? n : n - 1
  for (let i = 0; i < edges; i++) {
    const on = nearestOnSegment(pointAt(path, i), pointAt(path, (i + 1) % n), point)
    const distance = Math.hypot(on.x - point.x, on.y - point.y)
    if (distance < best.distance) best = { point: on, distance, after: i }
  }
  return best
}

/** The distance in pixels from a point to the edges; Infinity when there is no point. */
export function distanceToEdge(path: Path, point: ImagePoint, closed = true): number {
  const n = pointCount(path)
  if (n === 1) return Math.hypot(path[0]! - point.x, path[1]! - point.y)
  let best = Infinity
  for (let i = 0; i < (closed ? n : n - 1); i++) best = Math.min(best, distanceToSegment(pointAt(path, i), pointAt(path, (i + 1) % n), point))
  return best
}

/** The centre of mass of the ring's area; the mean of its points when the area is 0. */
export function centroid(ring: Path): ImagePoint {
  const n = pointCount(ring)
  const x0 = ring[0]!, y0 = ring[1]!
  let x = 0, y = 0, twice = 0
  for (let i = 0; i < n; i++) {
    const a = pointAt(ring, i), b = pointAt(ring, (i + 1) % n)
    const cross = (a.x - x0) * (b.y - y0) - (b.x - x0) * (a.y - y0)
    x += (a.x + b.x - 2 * x0) * cross
    y += (a.y + b.y - 2 * y0) * cross
    twice += cross
  }
  if (Math.abs(twice) > 1e-12) return { x: x0 + x / (3 * twice), y: y0 + y / (3 * twice) }
  return meanPoint(ring)
}

function meanPoint(path: Path): ImagePoint {
  const n = pointCount(path)
  let x = 0, y = 0
  for (let i = 0; i < n; i++) {
    x += path[i * 2]! / n
    y += path[i * 2 + 1]! / n
  }
  return { x, y }
}
