import { contoursOf } from '#shared/geometry/contours.ts'
import { maskIou } from '#shared/geometry/iou.ts'
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

/** The share of a cutout that a polygon of `usual` tolerance (mask pixels) may differ from it; in proportion above that. */
const mostLoss = 0.01
const usual = 1.5
/** Up to this tolerance the stairs of slanting edges stay. */
const stairs = 0.7

/**
 * The cutout as a polygon in item pixels, no point of its outline farther than `tolerance` mask pixels from it (Douglas & Peucker 1973),
 * and less far where it is small: a tolerance that a large thing does not notice costs a small one much of its area. Parts and holes stay as
 * they are: where fewer points would make rings cross or touch, more are kept.
 */
export function polygonOf({ mask, stepX, stepY }: Cutout, tolerance: number): Polygon {
  const exact = contoursOf(mask)
  if (exact === null) throw new Error('an empty cutout has no outline')
  const { parts } = likeEnough(mask, exact, tolerance)
  return { kind: 'polygon', parts: parts.map((part) => part.map((ring) => ring.map((value, index) => hundredth(value * (index % 2 === 0 ? stepX : stepY))))) }
}

function likeEnough(mask: Mask, exact: Polygon, tolerance: number): Polygon {
  const least = 1 - mostLoss * Math.max(1, tolerance / usual)
  if (tolerance <= stairs) return withFewerPoints(exact, tolerance)
  const smooth: Polygon = { kind: 'polygon', parts: exact.parts.map((part) => part.map(withoutCorners)) }
  const tries = [[exact, tolerance], [exact, tolerance / Math.SQRT2], [smooth, 1], [smooth, 0.7], [smooth, 0.5]] as const
  for (const [outline, allowed] of tries) {
    if (allowed > tolerance || (outline === exact && allowed < 1)) continue
    const simple = withFewerPoints(outline, allowed)
    if (maskIou(mask, rasterise(simple)) >= least) return simple
  }
  return withFewerPoints(exact, stairs)
}

/** A ring of pixel edges cut half a pixel before and after each corner: what was a stair becomes a slope through the middles of its steps. */
function withoutCorners(ring: Ring): number[] {
  const cut: number[] = []
  for (let i = 0, n = pointCount(ring); i < n; i++) {
    const from = pointAt(ring, i), to = pointAt(ring, (i + 1) % n)
    const x = Math.sign(to.x - from.x) / 2, y = Math.sign(to.y - from.y) / 2
    cut.push(from.x + x, from.y + y)
    if (Math.abs(to.x - from.x) + Math.abs(to.y - from.y) > 1) cut.push(to.x - x, to.y - y)
  }
  return cut
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
