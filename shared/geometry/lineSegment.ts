import type { ImagePoint } from './point.ts'

/** The point of the segment a–b that is nearest to `point`. */
export function nearestOnSegment(a: ImagePoint, b: ImagePoint, point: ImagePoint): ImagePoint {
  const dx = b.x - a.x, dy = b.y - a.y
  const squared = dx * dx + dy * dy
  if (squared === 0) return a
  const t = Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / squared))
  return { x: a.x + t * dx, y: a.y + t * dy }
}

export function distanceToSegment(a: ImagePoint, b: ImagePoint, point: ImagePoint): number {
  const on = nearestOnSegment(a, b, point)
  return Math.hypot(on.x - point.x, on.y - point.y)
}

/** Twice the area of the triangle a, b, c: positive when a → b → c turns clockwise as seen (y down). */
export const turn = (a: ImagePoint, b: ImagePoint, c: ImagePoint): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)

/** Whether the segments a–b and c–d have a point in common; touching counts. */
export function segmentsMeet(a: ImagePoint, b: ImagePoint, c: ImagePoint, d: ImagePoint): boolean {
  const abc = Math.sign(turn(a, b, c)), abd = Math.sign(turn(a, b, d))
  const cda = Math.sign(turn(c, d, a)), cdb = Math.sign(turn(c, d, b))
  if (abc !== abd && cda !== cdb) return true
  return (abc === 0 && within(a, b, c)) || (abd === 0 && within(a, b, d)) || (cda === 0 && within(c, d, a)) || (cdb === 0 && within(c, d, b))
}

/** Whether p, known to lie on the line through a and b, lies between them. */
const within = (a: ImagePoint, b: ImagePoint, p: ImagePoint): boolean =>
  p.x >= Math.min(a.x, b.x) && p.x <= Math.max(a.x, b.x) && p.y >= Math.min(a.y, b.y) && p.y <= Math.max(a.y, b.y)
