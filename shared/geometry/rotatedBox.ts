import type { RotatedBox } from '#shared/model/geometry.ts'
import { directionOf, normaliseAngle, rotatePoint, snapAngle } from './angle.ts'
import { centreOf } from './bounds.ts'
import type { ImagePoint } from './point.ts'
import { resizeBounds, type ResizeOptions, type Side } from './resize.ts'
import { type Path, pointAt } from './ring.ts'

/** The four corners as a ring: clockwise, beginning with the one that is top left at angle 0. */
export function cornersOfRotated(box: RotatedBox): number[] {
  const { width, height } = box
  return [[-width, -height], [width, -height], [width, height], [-width, height]].flatMap(([dx, dy]) => {
    const { x, y } = toWorld(box, { x: dx! / 2, y: dy! / 2 })
    return [x, y]
  })
}

/** The box of four corners of a rectangle, as cornersOfRotated gives them. Its angle is that of the first side. */
export function rotatedBoxOfCorners(corners: Path): RotatedBox {
  const [a, b, c, d] = [0, 1, 2, 3].map((index) => pointAt(corners, index)) as [ImagePoint, ImagePoint, ImagePoint, ImagePoint]
  return {
    kind: 'rotated-box', cx: (a.x + b.x + c.x + d.x) / 4, cy: (a.y + b.y + c.y + d.y) / 4,
    width: Math.hypot(b.x - a.x, b.y - a.y), height: Math.hypot(d.x - a.x, d.y - a.y), angle: directionOf(a, b),
  }
}

/** The box on the side a–b that reaches as far as `point`, on whichever side of it the point lies. */
export function rotatedBoxOnSide(a: ImagePoint, b: ImagePoint, point: ImagePoint): RotatedBox {
  const angle = directionOf(a, b)
  const width = Math.hypot(b.x - a.x, b.y - a.y)
  const depth = rotatePoint(point, a, -angle).y - a.y
  const centre = rotatePoint({ x: a.x + width / 2, y: a.y + depth / 2 }, a, angle)
  return { kind: 'rotated-box', cx: centre.x, cy: centre.y, width, height: Math.abs(depth), angle }
}

/** The box after its grip `side` was dragged to `to` (image pixels): it keeps its angle, and the opposite side or corner its place. */
export function resizeRotatedBox(box: RotatedBox, side: Side, to: ImagePoint, options: ResizeOptions = {}): RotatedBox {
  const { width, height } = box
  const frame = { minX: -width / 2, minY: -height / 2, maxX: width / 2, maxY: height / 2 }
  const resized = resizeBounds(frame, side, toOwn(box, to), options)
  const centre = toWorld(box, centreOf(resized))
  return { ...box, cx: centre.x, cy: centre.y, width: resized.maxX - resized.minX, height: resized.maxY - resized.minY }
}

/** The box turned about its centre so that its upper side faces `to`; by whole steps of `snapDegrees` when given. */
export function rotateTowards(box: RotatedBox, to: ImagePoint, snapDegrees: number | null = null): RotatedBox {
  if (to.x === box.cx && to.y === box.cy) return box
  const angle = normaliseAngle(directionOf({ x: box.cx, y: box.cy }, to) + 90)
  return { ...box, angle: snapDegrees === null ? angle : snapAngle(angle, snapDegrees) }
}

/** Image pixels → the box's own frame: the centre is (0, 0), x along its width. */
export function toOwn(box: RotatedBox, point: ImagePoint): ImagePoint {
  const turned = rotatePoint(point, { x: box.cx, y: box.cy }, -box.angle)
  return { x: turned.x - box.cx, y: turned.y - box.cy }
}

/** The box's own frame → image pixels. */
export const toWorld = (box: RotatedBox, point: ImagePoint): ImagePoint =>
  rotatePoint({ x: point.x + box.cx, y: point.y + box.cy }, { x: box.cx, y: box.cy }, box.angle)
