import { contoursOf } from '#shared/geometry/contours.ts'
import { crossesItself } from '#shared/geometry/crossing.ts'
import { segmentsMeet } from '#shared/geometry/lineSegment.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { pointAt, pointCount, type Path } from '#shared/geometry/ring.ts'
import { simplifyRing } from '#shared/geometry/simplify.ts'
import { hundredth } from '#shared/geometry/transform.ts'
import type { Mask, Polygon, Ring } from '#shared/model/geometry.ts'
import type { Cutout } from './cutout.ts'

/** How often a ring's tolerance is halved before its exact outline is taken. */
const patience = 5

/**
 * The cutout as a polygon in item pixels, no point of its outline farther than `tolerance` mask pixels from it (Douglas & Peucker 1973).
 * Parts and holes stay as they are: where fewer points would make rings cross or touch, more are kept.
 */
export function polygonOf({ mask, stepX, stepY }: Cutout, tolerance: number): Polygon {
  const exact = contoursOf(mask)
  if (exact === null) throw new Error('an empty cutout has no outline')
  const { parts } = withFewerPoints(exact, tolerance)
  return { kind: 'polygon', parts: parts.map((part) => part.map((ring) => ring.map((value, index) => hundredth(value * (index % 2 === 0 ? stepX : stepY))))) }
}

/** The cutout as a mask in item pixels. */
export function maskOf(cutout: Cutout): Mask {
  if (cutout.stepX === 1 && cutout.stepY === 1) return cutout.mask
  return rasterise(polygonOf(cutout, cutout.stepX > 1 ? 0.7 : 0))
}

/** Simplified ring by ring, with the topology of the exact polygon. */
export function withFewerPoints(exact: Polygon, tolerance: number): Polygon {
  const rings = exact.parts.flatMap((part, p) => part.map((ring, r) => ({ p, r, exact: ring, now: ring })))
  let touched = rings
  for (let round = 0, allowed = tolerance; round < patience && touched.length > 0 && allowed > 0; round++, allowed /= 2) {
    for (const ring of touched) ring.now = simplifyRing(ring.exact, allowed)
    touched = rings.filter((ring) => ring.now !== ring.exact && (crossesItself(ring.now) || rings.some((other) => other !== ring && ringsMeet(ring.now, other.now))))
  }
  for (const ring of touched) ring.now = ring.exact
  const parts: Ring[][] = exact.parts.map(() => [])
  for (const { p, now } of rings) parts[p]!.push(now)
  return { kind: 'polygon', parts }
}

/** Whether edges of two rings have a point in common. */
function ringsMeet(a: Path, b: Path): boolean {
  const edges = edgesOf(b)
  for (const one of edgesOf(a)) {
    for (const other of edges) {
      if (other.minX > one.maxX) break
      if (other.maxX < one.minX || other.minY > one.maxY || other.maxY < one.minY) continue
      if (segmentsMeet(one.from, one.to, other.from, other.to)) return true
    }
  }
  return false
}

/** The edges of a ring, from left to right. */
function edgesOf(ring: Path) {
  const n = pointCount(ring)
  return Array.from({ length: n }, (_, i) => {
    const from = pointAt(ring, i), to = pointAt(ring, (i + 1) % n)
    return { from, to, minX: Math.min(from.x, to.x), maxX: Math.max(from.x, to.x), minY: Math.min(from.y, to.y), maxY: Math.max(from.y, to.y) }
  }).sort((p, q) => p.minX - q.minX)
}
