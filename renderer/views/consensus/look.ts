import type { Bounds, ScreenPoint, Viewport } from '#shared/geometry/point.ts'
import { scaleLimits, type Size } from '#renderer/canvas/view.ts'

/** What panes of the same size look at together: the point of the item in their middle, and CSS pixels per pixel of the item. */
export interface Look { readonly scale: number; readonly x: number; readonly y: number }

/** Nothing is shown larger than so, or one would look at pixels instead of the thing. */
const closest = 8

/** The look that fills a pane with `bounds`. */
export function lookAt(bounds: Bounds, pane: Size): Look {
  const width = Math.max(1e-6, bounds.maxX - bounds.minX), height = Math.max(1e-6, bounds.maxY - bounds.minY)
  return { scale: Math.min(pane.width / width, pane.height / height, closest), x: (bounds.minX + bounds.maxX) / 2, y: (bounds.minY + bounds.maxY) / 2 }
}

export const viewportOf = ({ scale, x, y }: Look, { width, height }: Size): Viewport => ({ scale, offsetX: width / 2 - x * scale, offsetY: height / 2 - y * scale })

/** Zoomed by `factor`, so that what lies `at` (CSS pixels from the pane's top left) stays there. */
export function zoomed(look: Look, factor: number, at: ScreenPoint, pane: Size, item: Size): Look {
  const [least, most] = scaleLimits(item, pane)
  const scale = Math.min(most, Math.max(least, look.scale * factor))
  const dx = at.x - pane.width / 2, dy = at.y - pane.height / 2
  return inside({ scale, x: look.x + dx / look.scale - dx / scale, y: look.y + dy / look.scale - dy / scale }, item)
}

/** Moved by CSS pixels: what was in the middle is `dx` further right. */
export const moved = ({ scale, x, y }: Look, dx: number, dy: number, item: Size): Look => inside({ scale, x: x - dx / scale, y: y - dy / scale }, item)

/** The middle stays on the item, so that nobody pans into nowhere. */
const inside = ({ scale, x, y }: Look, { width, height }: Size): Look => ({ scale, x: Math.min(width, Math.max(0, x)), y: Math.min(height, Math.max(0, y)) })

/** How many columns of panes show `bounds` the largest; of equals the fewest. `gap`: CSS pixels between panes. */
export function columnsFor(count: number, room: Size, bounds: Bounds, gap: number): number {
  const scaleOf = (columns: number) => lookAt(bounds, paneSize(count, columns, room, gap)).scale
  return Array.from({ length: count }, (_, at) => at + 1).reduce((best, columns) => (scaleOf(columns) > scaleOf(best) + 1e-9 ? columns : best), 1)
}

/** The size of one of `count` panes in so many columns. */
export function paneSize(count: number, columns: number, { width, height }: Size, gap: number): Size {
  const rows = Math.ceil(count / columns)
  return { width: Math.max(1, Math.floor((width - gap * (columns - 1)) / columns)), height: Math.max(1, Math.floor((height - gap * (rows - 1)) / rows)) }
}
