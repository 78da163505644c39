import type { Viewport } from '#shared/geometry/point.ts'
import type { Mask } from '#shared/model/geometry.ts'
import type { Hatches } from './hatch.ts'
import type { MaskBitmaps } from './mask.ts'
import type { Entry } from './shapeIndex.ts'
import { draftDash, haloColor, type Style, type Styles } from './style.ts'
import { trace } from './trace.ts'

/** Below these many device pixels a shape is a dot, then a rectangle: nobody can see more. */
const dotBelow = 3
const rectangleBelow = 7
const maskOpacity = 0.4
/** How many shapes are drawn before the painter offers to pause. */
const batch = 64

export interface Palette {
  readonly styles: Styles
  readonly masks: MaskBitmaps
  readonly hatches: Hatches
}

/**
 * Paints shapes, lowest first, in device pixels: `view` has device pixels per image pixel. Yields between batches so
 * that a long painting can be spread over frames. Within a batch all shapes of a style are stroked in one go.
 */
export function* paintShapes(context: CanvasRenderingContext2D, entries: readonly Entry[], view: Viewport, ratio: number, palette: Palette): Generator<void> {
  for (let from = 0; from < entries.length; from += batch) {
    paintBatch(context, entries.slice(from, from + batch), view, ratio, palette)
    yield
  }
}

function paintBatch(context: CanvasRenderingContext2D, entries: readonly Entry[], view: Viewport, ratio: number, palette: Palette): void {
  const outlines = new Map<Style, Path2D>()
  for (const entry of entries) {
    const { geometry } = entry.annotation
    const style = palette.styles.of(entry.annotation)
    const extent = Math.max(entry.maxX - entry.minX, entry.maxY - entry.minY) * view.scale
    if (extent < rectangleBelow && geometry.kind !== 'points' && geometry.kind !== 'keypoints') {
      paintTiny(context, entry, style, view, extent < dotBelow)
      continue
    }
    if (geometry.kind === 'mask') {
      paintMask(context, geometry, style, view, palette.masks, style.maskOpacity)
      continue
    }
    const filled = style.fillOpacity > 0 && geometry.kind !== 'polyline'
    let outline = outlines.get(style)
    if (!outline) outlines.set(style, (outline = new Path2D()))
    if (filled) {
      const path = new Path2D()
      trace(path, geometry, view, 3 * ratio)
      context.globalAlpha = style.fillOpacity
      context.fillStyle = (style.hatched ? palette.hatches.of(context, style.color, ratio) : null) ?? style.color
      // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
      context.fill(path, 'evenodd')
      context.globalAlpha = 1
      outline.addPath(path)
    } else trace(outline, geometry, view, 3 * ratio)
  }
  for (const [style, path] of outlines) strokeOutline(context, path, style, ratio)
}

/** A light core on a dark halo is seen on any photo. */
export function strokeOutline(context: CanvasRenderingContext2D, path: Path2D, style: Omit<Style, 'fillOpacity' | 'hatched'>, ratio: number): void {
  context.lineJoin = 'round'
  context.lineWidth = style.haloWidth * ratio
  context.strokeStyle = haloColor
  context.stroke(path)
  if (style.dashed) context.setLineDash(draftDash.map((length) => length * ratio))
  context.lineWidth = style.width * ratio
  context.strokeStyle = style.color
  context.stroke(path)
  if (style.dashed) context.setLineDash([])
}

function paintTiny(context: CanvasRenderingContext2D, entry: Entry, style: Style, view: Viewport, dot: boolean): void {
  const x = entry.minX * view.scale + view.offsetX
  const y = entry.minY * view.scale + view.offsetY
  const width = (entry.maxX - entry.minX) * view.scale
  const height = (entry.maxY - entry.minY) * view.scale
  context.fillStyle = style.color
  if (dot) return context.fillRect(x + width / 2 - 1, y + height / 2 - 1, 2, 2)
  context.strokeStyle = style.color
  context.lineWidth = 1
  context.strokeRect(x, y, width, height)
}

export function paintMask(context: CanvasRenderingContext2D, mask: Mask, style: Pick<Style, 'color'> & Partial<Pick<Style, 'hatched'>>, view: Viewport, masks: MaskBitmaps, opacity = maskOpacity): void {
  const bitmap = masks.of(mask, style.color, style.hatched)
  if (!bitmap) return
  context.globalAlpha = opacity
  context.imageSmoothingEnabled = view.scale < 1
  context.drawImage(bitmap, mask.x * view.scale + view.offsetX, mask.y * view.scale + view.offsetY, mask.width * view.scale, mask.height * view.scale)
  context.globalAlpha = 1
}
