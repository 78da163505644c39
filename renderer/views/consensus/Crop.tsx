import { useEffect, useRef } from 'react'
import { areaOutline, hasArea } from '#shared/geometry/iou.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { Picture } from '#renderer/editor/pictures.ts'

interface Props { readonly picture: Picture; /** The item's own size in pixels, also where the picture holds fewer. */ readonly width: number; readonly bounds: Bounds; readonly shapes: readonly Geometry[]; readonly color: string; readonly dashed?: boolean }

/** CSS pixels. */
const [cropWidth, cropHeight] = [276, 112]

/** A piece of the picture with one variant's shapes, so that variants can be looked at side by side. */
export function Crop({ picture, width, bounds, shapes, color, dashed = false }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!
    const ratio = devicePixelRatio
    context.canvas.width = cropWidth * ratio
    context.canvas.height = cropHeight * ratio
    const scale = Math.min(cropWidth / (bounds.maxX - bounds.minX), cropHeight / (bounds.maxY - bounds.minY), 8)
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * (cropWidth / 2 - ((bounds.minX + bounds.maxX) / 2) * scale), ratio * (cropHeight / 2 - ((bounds.minY + bounds.maxY) / 2) * scale))
    const own = 'naturalWidth' in picture ? picture.naturalWidth : picture.width
    context.drawImage(picture, 0, 0, width, (picture.height * width) / own)
    context.lineJoin = 'round'
    for (const shape of shapes) {
      const path = pathOf(shape)
      for (const [style, line, dash] of [['rgba(8, 10, 14, 0.7)', 3.5, []], [color, 1.75, dashed ? [6, 4] : []]] as const) {
        context.strokeStyle = style
        context.lineWidth = line / scale
        context.setLineDash(dash.map((length) => length / scale))
        context.stroke(path)
      }
    }
  }, [picture, width, bounds, shapes, color, dashed])
  return <canvas ref={canvas} className="crop" style={{ aspectRatio: `${cropWidth} / ${cropHeight}` }} aria-hidden="true" />
}

function pathOf(shape: Geometry): Path2D {
  const path = new Path2D()
  const lines = hasArea(shape) ? (areaOutline(shape)?.parts.flat() ?? []) : shape.kind === 'polyline' ? [shape.points] : []
  for (const points of lines) {
    path.moveTo(points[0]!, points[1]!)
    for (let at = 2; at < points.length; at += 2) path.lineTo(points[at]!, points[at + 1]!)
    if (shape.kind !== 'polyline') path.closePath()
  }
  const dots = shape.kind === 'keypoints' ? shape.points.filter(({ visibility }) => visibility > 0) : []
  for (const { x, y } of dots) { path.moveTo(x + 2, y); path.arc(x, y, 2, 0, Math.PI * 2) }
  return path
}
