import type { ImagePoint } from './point.ts'

/** The same direction within (-180, 180]. Degrees, clockwise as seen. */
export function normaliseAngle(degrees: number): number {
  const turned = degrees % 360
  if (turned > 180) return turned - 360
  return turned <= -180 ? turned + 360 : turned + 0
}

/** The multiple of `step` that is nearest to an angle. */
export const snapAngle = (degrees: number, step: number): number => normaliseAngle(Math.round(degrees / step) * step)

/** The direction from a to b in degrees, clockwise from the x axis as seen. */
export const directionOf = (a: ImagePoint, b: ImagePoint): number => normaliseAngle((Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI)

/** `point` turned about `centre`, clockwise as seen. Quarter turns are exact. */
export function rotatePoint(point: ImagePoint, centre: ImagePoint, degrees: number): ImagePoint {
  const [cos, sin] = cosSin(degrees)
  const dx = point.x - centre.x, dy = point.y - centre.y
  return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos }
}

/** Cosine and sine of an angle in degrees; exact at quarter turns. */
export function cosSin(degrees: number): readonly [number, number] {
  const angle = normaliseAngle(degrees)
  if (angle === 0) return [1, 0]
  if (angle === 90) return [0, 1]
  if (angle === 180) return [-1, 0]
  if (angle === -90) return [0, -1]
  const radians = (angle * Math.PI) / 180
  return [Math.cos(radians), Math.sin(radians)]
}
