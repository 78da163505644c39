import type { Viewport } from '#shared/geometry/point.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { Geometry, Polygon } from '#shared/model/geometry.ts'

/** What a shape is drawn onto: a canvas context, a Path2D, or a recorder in a test. */
export type Sink = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'closePath' | 'rect' | 'arc'>

/** Vertices nearer to the one before than this (in the view's pixels) cannot be told apart and are left out. */
const leastStep = 0.7

/**
 * Draws the outline of a geometry in the view's pixels. Points become small circles of radius `mark`.
 * Masks, segments and whole items have no outline here.
 */
export function trace(sink: Sink, geometry: Geometry, view: Viewport, mark = 3): void {
  switch (geometry.kind) {
    case 'box':
      sink.rect(geometry.x * view.scale + view.offsetX, geometry.y * view.scale + view.offsetY, geometry.width * view.scale, geometry.height * view.scale)
      return
    case 'rotated-box':
      return tracePath(sink, cornersOfRotated(geometry), view, true)
    case 'polygon':
      return traceRings(sink, geometry, view)
    case 'polyline':
      return tracePath(sink, geometry.points, view, false)
    case 'points':
      for (let i = 0; i + 1 < geometry.points.length; i += 2) traceMark(sink, geometry.points[i]!, geometry.points[i + 1]!, view, mark)
      return
    case 'keypoints':
      for (const point of geometry.points) if (point.visibility > 0) traceMark(sink, point.x, point.y, view, mark)
      return
    case 'text-line':
      trace(sink, geometry.outline, view)
      if (geometry.baseline) tracePath(sink, geometry.baseline, view, false)
  }
}

function traceRings(sink: Sink, polygon: Polygon, view: Viewport): void {
  for (const part of polygon.parts) for (const ring of part) tracePath(sink, ring, view, true)
}

/** A path of x, y pairs, thinned to what the view can show. */
export function tracePath(sink: Sink, points: readonly number[], view: Viewport, closed: boolean): void {
  const { scale, offsetX, offsetY } = view
  const last = points.length - 2
  if (last < 0) return
  let fromX = points[0]! * scale + offsetX
  let fromY = points[1]! * scale + offsetY
  sink.moveTo(fromX, fromY)
  for (let i = 2; i <= last; i += 2) {
    const x = points[i]! * scale + offsetX
    const y = points[i + 1]! * scale + offsetY
    if (i < last && Math.abs(x - fromX) + Math.abs(y - fromY) < leastStep) continue
    sink.lineTo(x, y)
    fromX = x
    fromY = y
  }
  if (closed) sink.closePath()
}

function traceMark(sink: Sink, x: number, y: number, view: Viewport, radius: number): void {
  const cx = x * view.scale + view.offsetX
  const cy = y * view.scale + view.offsetY
  sink.moveTo(cx + radius, cy)
  sink.arc(cx, cy, radius, 0, 2 * Math.PI)
}
