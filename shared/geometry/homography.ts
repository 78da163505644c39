import type { ImagePoint } from './point.ts'

/** Four corners in reading order: top left, top right, bottom right, bottom left of the text as it is read. */
export type Quad = readonly [ImagePoint, ImagePoint, ImagePoint, ImagePoint]

/** The nine numbers of a projective map, row by row; the last is 1. */
export type Homography = readonly [number, number, number, number, number, number, number, number, number]

/**
 * The projective map from the unit square to a quadrilateral: (0, 0), (1, 0), (1, 1), (0, 1) go to its corners exactly
 * (Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, section 2.2.3). Null when three corners lie on a line.
 */
export function squareToQuad([p0, p1, p2, p3]: Quad): Homography | null {
  const dx1 = p1.x - p2.x, dx2 = p3.x - p2.x, dy1 = p1.y - p2.y, dy2 = p3.y - p2.y
  const sumX = p0.x - p1.x + p2.x - p3.x, sumY = p0.y - p1.y + p2.y - p3.y
  const determinant = dx1 * dy2 - dx2 * dy1
  if (determinant === 0) return null
  const g = (sumX * dy2 - dx2 * sumY) / determinant
  const h = (dx1 * sumY - sumX * dy1) / determinant
  return [p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x, p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y, g, h, 1]
}

/** Where the map takes (u, v) of the unit square. */
export function project([a, b, c, d, e, f, g, h, i]: Homography, u: number, v: number): ImagePoint {
  const w = g * u + h * v + i
  return { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w }
}

/** Whether the map is affine, so that a crop can be drawn in one piece. */
export const isAffine = ([, , , , , , g, h]: Homography): boolean => Math.abs(g) < 1e-9 && Math.abs(h) < 1e-9
