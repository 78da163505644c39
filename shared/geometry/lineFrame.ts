import type { Polygon, TextLine } from '#shared/model/geometry.ts'
import { directionOf, rotatePoint } from './angle.ts'
import { boundsOf, boundsOfPath } from './bounds.ts'
import { minimumAreaRectangle } from './hull.ts'
import type { Quad } from './homography.ts'
import type { ImagePoint } from './point.ts'
import { type Path, pointAt, pointCount, signedArea } from './ring.ts'
import { cornersOfRotated } from './rotatedBox.ts'

/** A line's outline as it is read: its four corners, and the size in image pixels of the upright crop. */
export interface LineFrame { readonly quad: Quad; readonly width: number; readonly height: number }

/**
 * The frame of a text line. A rotated box is read along its first side; a polygon of four points from its first corner
 * to its second (as ICDAR and PaddleOCR write them); any other polygon along its baseline, or in the least rectangle around it.
 */
export function lineFrame({ outline, baseline }: TextLine): LineFrame {
  return frameOf(outline.kind === 'polygon' ? quadOfPolygon(outline, baseline) : quadOfCorners(cornersOf(outline)))
}

function cornersOf(outline: Exclude<TextLine['outline'], Polygon>): Path {
  if (outline.kind === 'rotated-box') return cornersOfRotated(outline)
  const { x, y, width, height } = outline
  return [x, y, x + width, y, x + width, y + height, x, y + height]
}

const quadOfCorners = (path: Path): Quad => [pointAt(path, 0), pointAt(path, 1), pointAt(path, 2), pointAt(path, 3)]

/** The ring of a polygon that is one quadrilateral, clockwise as seen from its first corner; null for others. */
export function quadRing(outline: TextLine['outline']): Quad | null {
  if (outline.kind !== 'polygon' || outline.parts.length !== 1 || outline.parts[0]!.length !== 1) return null
  const ring = outline.parts[0]![0]!
  if (pointCount(ring) !== 4) return null
  const [a, b, c, d] = quadOfCorners(ring)
  return signedArea(ring) >= 0 ? [a, b, c, d] : [a, d, c, b]
}

function quadOfPolygon(outline: Polygon, baseline: TextLine['baseline']): Quad {
  const quad = quadRing(outline)
  if (quad) return quad
  const points = outline.parts.flatMap(([outer]) => outer ?? [])
  if (baseline && pointCount(baseline) >= 2) return along(points, directionOf(pointAt(baseline, 0), pointAt(baseline, pointCount(baseline) - 1)))
  const box = minimumAreaRectangle(points)
  if (box && box.width > 0 && box.height > 0) return quadOfCorners(cornersOfRotated(box))
  const { minX, minY, maxX, maxY } = boundsOf(outline)!
  return [{ x: minX, y: minY }, { x: maxX, y: minY }, { x: maxX, y: maxY }, { x: minX, y: maxY }]
}

/** The rectangle with sides along an angle. */
function along(points: Path, angle: number): Quad {
  const origin = pointAt(points, 0)
  const turned: number[] = []
  for (let i = 0; i < pointCount(points); i++) {
    const { x, y } = rotatePoint(pointAt(points, i), origin, -angle)
    turned.push(x, y)
  }
  const { minX, minY, maxX, maxY } = boundsOfPath(turned)!
  const back = (x: number, y: number) => rotatePoint({ x, y }, origin, angle)
  return [back(minX, minY), back(maxX, minY), back(maxX, maxY), back(minX, maxY)]
}

const distance = (a: ImagePoint, b: ImagePoint): number => Math.hypot(b.x - a.x, b.y - a.y)

function frameOf(quad: Quad): LineFrame {
  const [a, b, c, d] = quad
  return { quad, width: Math.max(1, (distance(a, b) + distance(d, c)) / 2), height: Math.max(1, (distance(a, d) + distance(b, c)) / 2) }
}
