import { boundsOf } from '#shared/geometry/bounds.ts'
import { type Bounds, type ImagePoint, type ScreenPoint, toScreen, type Viewport } from '#shared/geometry/point.ts'
import { toWorld } from '#shared/geometry/rotatedBox.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { scoreText } from '#renderer/tools/drafts.ts'
import type { PromptPoint } from '#shared/prelabel/prompt/prompt.ts'
import type { HandleId, Preview } from '#renderer/tools/tool.ts'
import type { VertexOf } from '#renderer/tools/select/state.ts'
import { midpointsOf, shownHandles } from './handles.ts'
import type { MaskBitmaps } from './mask.ts'
import { paintMask, strokeOutline } from './paint.ts'
import { drawReadingPath } from './readingPath.ts'
import { haloColor, initials, type Styles, unlabelledColor } from './style.ts'
import { drawTag } from './tag.ts'
import type { Theme } from './theme.ts'
import { trace, tracePath } from './trace.ts'
import type { Size } from './view.ts'

/** Everything that changes with the pointer: few shapes, drawn anew each frame. */
export interface LiveState {
  readonly previews: readonly Preview[]
  readonly selected: readonly Annotation[]
  /** Those of the selected that show their grips. */
  readonly gripped: readonly Annotation[]
  /** The vertex that the keys act on. */
  readonly vertex: VertexOf | null
  readonly hovered: Annotation | null
  /** Shapes that the bitmap below does not hold yet. */
  readonly pending: readonly Annotation[]
  readonly tagged: readonly Annotation[]
  readonly marquee: Bounds | null
  readonly crosshair: ScreenPoint | null
  /** The places of the reading order, in image pixels. */
  readonly path: readonly ImagePoint[] | null
}

export interface LiveTools {
  readonly styles: Styles
  readonly masks: MaskBitmaps
  readonly theme: Theme
  /** The colour of the label that new shapes get. */
  readonly drawColor: string
  readonly size: Size
}

export const isEmptyLive = (state: LiveState): boolean =>
  state.previews.length + state.selected.length + state.pending.length + state.tagged.length === 0 &&
  state.hovered === null && state.marquee === null && state.crosshair === null && state.path === null

/** Draws in CSS pixels of the element. */
export function drawLive(context: CanvasRenderingContext2D, view: Viewport, state: LiveState, tools: LiveTools): void {
  const replaced = new Set(state.previews.map((preview) => preview.replaces))
  for (const annotation of state.pending) drawStored(context, annotation, view, tools)
  if (state.hovered && !replaced.has(state.hovered.id)) drawHover(context, state.hovered, view, tools)
  for (const annotation of state.selected) if (!replaced.has(annotation.id)) drawSelected(context, annotation.geometry, view, tools)
  for (const preview of state.previews) drawPreview(context, preview, view, tools)
  for (const annotation of state.gripped) if (!replaced.has(annotation.id)) {
    drawMidpoints(context, annotation.geometry, view, tools.theme)
    drawHandles(context, annotation.geometry, view, tools.theme, state.vertex?.annotation === annotation.id ? state.vertex : null)
  }
  if (state.marquee) drawMarquee(context, state.marquee, view, tools.theme)
  if (state.path) drawReadingPath(context, state.path, view, tools.theme, tools.size)
  if (state.crosshair) drawCrosshair(context, state.crosshair, tools.size)
  for (const annotation of state.tagged) if (!replaced.has(annotation.id)) drawAnnotationTag(context, annotation, view, tools, false)
  if (state.hovered && !replaced.has(state.hovered.id)) drawAnnotationTag(context, state.hovered, view, tools, true)
}

function outlineOf(geometry: Geometry, view: Viewport): Path2D {
  const path = new Path2D()
  if (geometry.kind === 'mask') path.rect(geometry.x * view.scale + view.offsetX, geometry.y * view.scale + view.offsetY, geometry.width * view.scale, geometry.height * view.scale)
  else trace(path, geometry, view, 4)
  return path
}

function drawStored(context: CanvasRenderingContext2D, annotation: Annotation, view: Viewport, { styles, masks }: LiveTools): void {
  const style = styles.of(annotation)
  if (annotation.geometry.kind === 'mask') return paintMask(context, annotation.geometry, style, view, masks)
  strokeOutline(context, outlineOf(annotation.geometry, view), style, 1)
}

function drawHover(context: CanvasRenderingContext2D, annotation: Annotation, view: Viewport, { styles }: LiveTools): void {
  const style = styles.of(annotation)
  strokeOutline(context, outlineOf(annotation.geometry, view), { ...style, width: style.width + 0.75, haloWidth: style.haloWidth + 1.5 }, 1)
}

function drawSelected(context: CanvasRenderingContext2D, geometry: Geometry, view: Viewport, { theme, masks }: LiveTools): void {
  if (geometry.kind === 'mask') paintMask(context, geometry, { color: hexOr(theme.accent) }, view, masks, 0.35)
  strokeOutline(context, outlineOf(geometry, view), { color: theme.accent, width: 2.5, haloWidth: 5, dashed: geometry.kind === 'mask' }, 1)
}

const hexOr = (color: string) => (/^#[0-9a-f]{6}$/iu.test(color) ? color : unlabelledColor)

function drawPreview(context: CanvasRenderingContext2D, preview: Preview, view: Viewport, tools: LiveTools): void {
  const { geometry } = preview
  const color = preview.replaces ? tools.theme.accent : tools.drawColor
  const path = preview.open ? openOutline(geometry, view) : outlineOf(geometry, view)
  if (geometry.kind === 'mask') paintMask(context, geometry, { color: hexOr(color) }, view, tools.masks)
  else if (!preview.open && geometry.kind !== 'polyline' && geometry.kind !== 'points') {
    context.globalAlpha = preview.prompts ? 0.28 : 0.12
    context.fillStyle = color
    context.fill(path, 'evenodd')
    context.globalAlpha = 1
  }
  strokeOutline(context, path, { color, width: preview.tentative ? 1.5 : 2, haloWidth: 4.25, dashed: preview.tentative ?? geometry.kind === 'mask' }, 1)
  if (preview.prompts) drawPrompts(context, preview.prompts, view)
  else if (preview.replaces || preview.open) drawHandles(context, geometry, view, tools.theme, null, preview.open)
}

/** Places shown to a model: a disc with a plus or a minus, so that colour alone says nothing. */
function drawPrompts(context: CanvasRenderingContext2D, prompts: readonly PromptPoint[], view: Viewport): void {
  for (const prompt of prompts) {
    const { x, y } = toScreen(prompt, view)
    context.beginPath()
    context.arc(x, y, 6, 0, 2 * Math.PI)
    context.fillStyle = prompt.positive ? promptColors.positive : promptColors.negative
    context.fill()
    context.lineWidth = 1.5
    context.strokeStyle = '#ffffff'
    context.stroke()
    context.beginPath()
    context.moveTo(x - 3, y)
    context.lineTo(x + 3, y)
    if (prompt.positive) {
      context.moveTo(x, y - 3)
      context.lineTo(x, y + 3)
    }
    context.stroke()
  }
}
/** Over any picture, so not the theme's. */
const promptColors = { positive: '#1d7f4f', negative: '#b3261e' } as const

/** A ring that is still open: the line through its points so far, not closed. */
function openOutline(geometry: Geometry, view: Viewport): Path2D {
  if (geometry.kind !== 'polygon') return outlineOf(geometry, view)
  const path = new Path2D()
  geometry.parts.forEach((part, p) => part.forEach((ring, r) => {
    const last = p === geometry.parts.length - 1 && r === part.length - 1
    tracePath(path, ring, view, !last)
  }))
  return path
}

function drawHandles(context: CanvasRenderingContext2D, geometry: Geometry, view: Viewport, theme: Theme, vertex: VertexOf | null, withoutLast = false): void {
  const handles = shownHandles(geometry, view.scale)
  const rotate = handles.find(({ handle }) => handle.kind === 'rotate')
  if (rotate) drawRotateStem(context, geometry, toScreen(rotate.point, view), view, theme)
  context.lineWidth = 1.5
  context.strokeStyle = theme.accent
  for (const { handle, point } of withoutLast ? handles.slice(0, -1) : handles) {
    const chosen = handle.kind === 'vertex' && vertex?.part === handle.part && vertex.ring === handle.ring && vertex.index === handle.index
    context.fillStyle = chosen ? theme.accent : '#ffffff'
    drawHandle(context, handle, toScreen(point, view), chosen)
  }
}

function drawHandle(context: CanvasRenderingContext2D, { kind }: HandleId, { x, y }: ScreenPoint, chosen: boolean): void {
  context.beginPath()
  if (kind === 'side') context.rect(Math.round(x) - 4, Math.round(y) - 4, 8, 8)
  else context.arc(x, y, chosen ? 5 : 4, 0, 2 * Math.PI)
  context.fill()
  context.stroke()
}

function drawMidpoints(context: CanvasRenderingContext2D, geometry: Geometry, view: Viewport, theme: Theme): void {
  if (shownHandles(geometry, view.scale).length === 0) return
  context.lineWidth = 1
  context.strokeStyle = haloColor
  context.fillStyle = theme.accent
  for (const middle of midpointsOf(geometry, view.scale)) {
    const { x, y } = toScreen(middle, view)
    context.beginPath()
    context.arc(x, y, 2.5, 0, 2 * Math.PI)
    context.stroke()
    context.fill()
  }
}

function drawRotateStem(context: CanvasRenderingContext2D, geometry: Geometry, tip: ScreenPoint, view: Viewport, theme: Theme): void {
  const box = geometry.kind === 'text-line' ? geometry.outline : geometry
  if (box.kind !== 'rotated-box') return
  const foot = toScreen(toWorld(box, { x: 0, y: -box.height / 2 }), view)
  const path = new Path2D()
  path.moveTo(foot.x, foot.y)
  path.lineTo(tip.x, tip.y)
  strokeOutline(context, path, { color: theme.accent, width: 1.5, haloWidth: 3, dashed: false }, 1)
}

function drawMarquee(context: CanvasRenderingContext2D, bounds: Bounds, view: Viewport, theme: Theme): void {
  const from = toScreen({ x: bounds.minX, y: bounds.minY }, view)
  const to = toScreen({ x: bounds.maxX, y: bounds.maxY }, view)
  context.fillStyle = theme.accent
  context.globalAlpha = 0.12
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y)
  context.globalAlpha = 1
  context.lineWidth = 1
  context.strokeStyle = theme.accent
  context.strokeRect(Math.round(from.x) + 0.5, Math.round(from.y) + 0.5, Math.round(to.x - from.x), Math.round(to.y - from.y))
}

function drawCrosshair(context: CanvasRenderingContext2D, { x, y }: ScreenPoint, size: Size): void {
  const path = new Path2D()
  path.moveTo(Math.round(x) + 0.5, 0)
  path.lineTo(Math.round(x) + 0.5, size.height)
  path.moveTo(0, Math.round(y) + 0.5)
  path.lineTo(size.width, Math.round(y) + 0.5)
  context.lineWidth = 3
  context.strokeStyle = haloColor
  context.globalAlpha = 0.5
  context.stroke(path)
  context.lineWidth = 1
  context.strokeStyle = '#ffffff'
  context.globalAlpha = 0.9
  context.stroke(path)
  context.globalAlpha = 1
}

function drawAnnotationTag(context: CanvasRenderingContext2D, annotation: Annotation, view: Viewport, { styles, theme, size }: LiveTools, full: boolean): void {
  const bounds = boundsOf(annotation.geometry)
  if (!bounds) return
  const label = styles.label(annotation)
  const from = toScreen({ x: bounds.minX, y: bounds.minY }, view)
  const to = toScreen({ x: bounds.maxX, y: bounds.maxY }, view)
  if (from.x > size.width || from.y > size.height + 20 || to.x < 0 || to.y < 0) return
  // A draft is nobody's yet: it says how sure its model is in the place of whose it is.
  const sure = annotation.draft ? scoreText(annotation) : null
  const foreign = styles.foreign(annotation) && !annotation.draft
  const text = full && annotation.text ? `${label ? `${label.name}: ` : ''}${annotation.text}` : label?.name ?? ''
  if (!text && !foreign && sure === null) return
  // Another's tag stands at the other corner: their shapes lie where mine lie.
  const atRight = foreign && !full
  drawTag(context, {
    color: label?.color ?? unlabelledColor, glyph: label?.glyph ?? null, text: full || !foreign ? text : '',
    initials: foreign ? initials(annotation.layer) : sure,
  }, atRight ? Math.min(size.width - 2, to.x + 1) : Math.max(2, from.x - 1), Math.max(20, from.y - 4), theme, atRight)
}
