import type { LineFrame } from '#shared/geometry/lineFrame.ts'
import { isAffine, project, squareToQuad, type Homography } from '#shared/geometry/homography.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'

/** The picture as it is drawn from, and how many pixels of the item one of its pixels stands for. */
export interface CropSource { readonly image: CanvasImageSource; readonly width: number; readonly height: number; readonly itemWidth: number }

export interface Rectangle { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Cells into which a crop in perspective is cut: within one the map is nearly affine. */
const cellsAlong = 12
const cellsAcross = 3

/** Draws a line upright into a rectangle (in the context's units): in one piece where the map is affine, else as a mesh. */
export function drawCrop(context: CanvasRenderingContext2D, source: CropSource, frame: LineFrame, into: Rectangle): void {
  const map = squareToQuad(frame.quad)
  if (!map) return
  const scale = source.width / source.itemWidth
  context.save()
  context.imageSmoothingQuality = 'high'
  if (isAffine(map)) drawCell(context, source, map, scale, into, 0, 0, 1, 1)
  else {
    const down = frame.height > frame.width
    const [across, along] = down ? [cellsAcross, cellsAlong] : [cellsAlong, cellsAcross]
    for (let row = 0; row < along; row++) for (let column = 0; column < across; column++) drawCell(context, source, map, scale, into, column / across, row / along, 1 / across, 1 / along)
  }
  context.restore()
}

/** One cell (in parts of the line), clipped and drawn with the affine map of three of its corners. */
function drawCell(context: CanvasRenderingContext2D, source: CropSource, map: Homography, scale: number, into: Rectangle, u: number, v: number, du: number, dv: number): void {
  const at = (x: number, y: number): ImagePoint => { const point = project(map, x, y); return { x: point.x * scale, y: point.y * scale } }
  const a = at(u, v), b = at(u + du, v), d = at(u, v + dv)
  const ux = b.x - a.x, uy = b.y - a.y, vx = d.x - a.x, vy = d.y - a.y
  const determinant = ux * vy - uy * vx
  if (determinant === 0) return
  const width = du * into.width, height = dv * into.height
  const left = into.x + u * into.width, top = into.y + v * into.height
  context.save()
  context.beginPath()
  // Half a pixel more, so that no seam shows between cells.
  const overlap = du < 1 || dv < 1 ? 0.5 : 0
  context.rect(left, top, width + overlap, height + overlap)
  context.clip()
  // The inverse of source = a + s·u + t·v, where (s, t) run over the cell.
  const m11 = (vy * width) / determinant, m12 = (-uy * height) / determinant
  const m21 = (-vx * width) / determinant, m22 = (ux * height) / determinant
  context.transform(m11, m12, m21, m22, left - m11 * a.x - m21 * a.y, top - m12 * a.x - m22 * a.y)
  const c = at(u + du, v + dv)
  const x0 = Math.max(0, Math.floor(Math.min(a.x, b.x, c.x, d.x)) - 2), y0 = Math.max(0, Math.floor(Math.min(a.y, b.y, c.y, d.y)) - 2)
  const x1 = Math.min(source.width, Math.ceil(Math.max(a.x, b.x, c.x, d.x)) + 2), y1 = Math.min(source.height, Math.ceil(Math.max(a.y, b.y, c.y, d.y)) + 2)
  if (x1 > x0 && y1 > y0) context.drawImage(source.image, x0, y0, x1 - x0, y1 - y0, x0, y0, x1 - x0, y1 - y0)
  context.restore()
}
