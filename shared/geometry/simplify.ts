import { distanceToSegment } from './lineSegment.ts'
import { type Path, pointAt, pointCount } from './ring.ts'

/** An open path with fewer points: none of those dropped is farther than `tolerance` pixels from it (Douglas & Peucker, 1973). Ends stay. */
export function simplifyPath(path: Path, tolerance: number): number[] {
  const n = pointCount(path)
  if (n <= 2) return [...path]
  const keep = new Uint8Array(n)
  keep[0] = keep[n - 1] = 1
  markKept(path, 0, n - 1, tolerance, keep)
  return pick(path, keep)
}

/** A ring with fewer points, split at its first point and the one farthest from it; never fewer than 3 (unchanged then). */
export function simplifyRing(ring: Path, tolerance: number): number[] {
  const n = pointCount(ring)
  if (n <= 3) return [...ring]
  const far = farthestFromFirst(ring)
  const closed = [...ring, ring[0]!, ring[1]!]
  const keep = new Uint8Array(n + 1)
  keep[0] = keep[far] = 1
  markKept(closed, 0, far, tolerance, keep)
  markKept(closed, far, n, tolerance, keep)
  const simplified = pick(ring, keep)
  return pointCount(simplified) < 3 ? [...ring] : simplified
}

function markKept(path: Path, from: number, to: number, tolerance: number, keep: Uint8Array): void {
  const stack: [number, number][] = [[from, to]]
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [first, last] = span
    const a = pointAt(path, first), b = pointAt(path, last)
    let farthest = -1, most = tolerance
    for (let i = first + 1; i < last; i++) {
      const distance = distanceToSegment(a, b, pointAt(path, i))
      if (distance > most) [farthest, most] = [i, distance]
    }
    if (farthest < 0) continue
    keep[farthest] = 1
    stack.push([first, farthest], [farthest, last])
  }
}

function farthestFromFirst(ring: Path): number {
  let far = 1, most = -1
  for (let i = 1; i < pointCount(ring); i++) {
    const distance = Math.hypot(ring[i * 2]! - ring[0]!, ring[i * 2 + 1]! - ring[1]!)
    if (distance > most) [far, most] = [i, distance]
  }
  return far
}

function pick(path: Path, keep: Uint8Array): number[] {
  const kept: number[] = []
  for (let i = 0; i < pointCount(path); i++) if (keep[i]) kept.push(path[i * 2]!, path[i * 2 + 1]!)
  return kept
}
