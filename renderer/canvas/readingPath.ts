import { toScreen, type ImagePoint, type ScreenPoint, type Viewport } from '#shared/geometry/point.ts'
import { strokeOutline } from './paint.ts'
import type { Theme } from './theme.ts'
import type { Size } from './view.ts'

/** Numbers nearer together than this, in CSS pixels, would cover each other. */
const numberRoom = 16

/** The way through the lines of a page, with their numbers where there is room. CSS pixels. */
export function drawReadingPath(context: CanvasRenderingContext2D, path: readonly ImagePoint[], view: Viewport, theme: Theme, size: Size): void {
  const places = path.map((point) => toScreen(point, view))
  const way = new Path2D()
  places.forEach(({ x, y }, index) => (index === 0 ? way.moveTo(x, y) : way.lineTo(x, y)))
  strokeOutline(context, way, { color: theme.accent, width: 1.5, haloWidth: 3, dashed: false }, 1)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = '600 10px "Inter Variable", sans-serif'
  let last: ScreenPoint | null = null
  places.forEach((place, index) => {
    if (last && Math.hypot(place.x - last.x, place.y - last.y) < numberRoom) return
    last = place
    if (place.x < -numberRoom || place.y < -numberRoom || place.x > size.width + numberRoom || place.y > size.height + numberRoom) return
    drawNumber(context, String(index + 1), place, theme)
  })
}

function drawNumber(context: CanvasRenderingContext2D, text: string, { x, y }: ScreenPoint, theme: Theme): void {
  const half = Math.max(8, context.measureText(text).width / 2 + 4)
  context.beginPath()
  context.roundRect(x - half, y - 8, 2 * half, 16, 8)
  context.fillStyle = theme.accent
  context.fill()
  context.lineWidth = 1
  context.strokeStyle = 'rgb(0 0 0 / 45%)'
  context.stroke()
  context.fillStyle = theme.onAccent
  context.fillText(text, x, y + 0.5)
}
