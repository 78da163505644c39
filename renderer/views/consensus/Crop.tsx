import { useEffect, useRef } from 'react'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import { lookAt, viewportOf } from './look.ts'
import { strokeShapes } from './outline.ts'

interface Props { readonly picture: Picture; /** The item's own size in pixels, also where the picture holds fewer. */ readonly width: number; readonly bounds: Bounds; readonly shapes: readonly Geometry[]; readonly color: string; readonly dashed?: boolean }

/** CSS pixels. */
const size = { width: 112, height: 80 }

/** A piece of the picture with one variant's shapes, for the eye that goes down the cards; to judge by, there are panes side by side. */
export function Crop({ picture, width, bounds, shapes, color, dashed = false }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!
    const ratio = devicePixelRatio
    context.canvas.width = size.width * ratio
    context.canvas.height = size.height * ratio
    const { scale, offsetX, offsetY } = viewportOf(lookAt(bounds, size), size)
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * offsetX, ratio * offsetY)
    drawPicture(context, picture, width)
    strokeShapes(context, shapes, { color, dashed }, scale)
  }, [picture, width, bounds, shapes, color, dashed])
  return <canvas ref={canvas} className="crop" style={size} aria-hidden="true" />
}

/** Draws the picture at the item's own size, `width` pixels wide. */
export function drawPicture(context: CanvasRenderingContext2D, picture: Picture, width: number): void {
  const own = 'naturalWidth' in picture ? picture.naturalWidth : picture.width
  const tall = 'naturalHeight' in picture ? picture.naturalHeight : picture.height
  context.drawImage(picture, 0, 0, width, (tall * width) / own)
}
