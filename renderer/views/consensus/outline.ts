import { areaOutline, hasArea } from '#shared/geometry/iou.ts'
import type { Geometry } from '#shared/model/geometry.ts'

/** Pixels of the item around a keypoint or a point. */
const dot = 2

/** What is stroked of a shape, and filled by the even-odd rule where it has an area, in pixels of the item. Masks have the outline of their pixels. */
export function outlineOf(shape: Geometry): Path2D {
  const path = new Path2D()
  if (hasArea(shape)) for (const ring of areaOutline(shape)?.parts.flat() ?? []) addLine(path, ring, true)
  else if (shape.kind === 'polyline') addLine(path, shape.points, false)
  else if (shape.kind === 'keypoints') for (const { x, y, visibility } of shape.points) { if (visibility > 0) addDot(path, x, y) }
  else if (shape.kind === 'points') for (let at = 0; at + 1 < shape.points.length; at += 2) addDot(path, shape.points[at]!, shape.points[at + 1]!)
  return path
}

function addLine(path: Path2D, points: readonly number[], closed: boolean): void {
  path.moveTo(points[0]!, points[1]!)
  for (let at = 2; at + 1 < points.length; at += 2) path.lineTo(points[at]!, points[at + 1]!)
  if (closed) path.closePath()
}

function addDot(path: Path2D, x: number, y: number): void {
  path.moveTo(x + dot, y)
  path.arc(x, y, dot, 0, Math.PI * 2)
}

export interface Stroke { readonly color: string; readonly dashed: boolean }

/** Strokes shapes with a dark halo under the person's colour, `scale` device-independent pixels a pixel of the item. */
export function strokeShapes(context: CanvasRenderingContext2D, shapes: readonly Geometry[], { color, dashed }: Stroke, scale: number): void {
  context.lineJoin = 'round'
  for (const shape of shapes) {
    const path = outlineOf(shape)
    for (const [style, line, dash] of [['rgba(8, 10, 14, 0.7)', 3.5, []], [color, 1.75, dashed ? [6, 4] : []]] as const) {
      context.strokeStyle = style
      context.lineWidth = line / scale
      context.setLineDash(dash.map((length) => length / scale))
      context.stroke(path)
    }
  }
  context.setLineDash([])
}
