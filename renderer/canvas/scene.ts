import Konva from 'konva'
import { expand, union } from '#shared/geometry/bounds.ts'
import { type Bounds, type ImagePoint, type ScreenPoint, toImage, type Viewport } from '#shared/geometry/point.ts'
import { type Annotation, byOrder } from '#shared/model/annotation.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Hit, ToolView } from '#renderer/tools/tool.ts'
import { Backing } from './backing.ts'
import { Hatches } from './hatch.ts'
import { shownHits } from './hits.ts'
import { drawLive, isEmptyLive, type LiveState } from './live.ts'
import { MaskBitmaps } from './mask.ts'
import { paintShapes } from './paint.ts'
import { PictureLevels } from './picture.ts'
import type { SceneInput } from './props.ts'
import type { ToolRunner } from './runner.ts'
import { type Entry, type IndexChange, ShapeIndex } from './shapeIndex.ts'
import { Styles, unlabelledColor } from './style.ts'
import { readTheme, type Theme } from './theme.ts'
import { fit, keepInSight, type Size } from './view.ts'

/** The motion rests when nothing moved for so long; then what was drawn scaled is painted crisp. */
const restMs = 80
/** Time a frame may spend on painting the stored shapes. */
const paintBudgetMs = 8
/** Up to so many shapes are painted anew in one go, each frame of a zoom. */
const fewShapes = 120
/** A change that touches more shapes than this is painted over several frames. */
const patchLimit = 400
const mostTagged = 40
const mostSelectedOutlines = 200

/** Draws one item: the picture, its stored shapes (a bitmap), and what is under the pointer (a small live layer). */
export class Scene {
  readonly index = new ShapeIndex()
  readonly toolView: ToolView
  readonly #element: HTMLElement
  readonly #pictureContext: CanvasRenderingContext2D
  readonly #stage: Konva.Stage
  readonly #staticLayer: Konva.Layer
  readonly #liveLayer: Konva.Layer
  readonly #backing: Backing
  readonly #masks = new MaskBitmaps()
  readonly #hatches = new Hatches()
  readonly #levels = new PictureLevels()
  readonly #runner: ToolRunner
  #input: SceneInput
  #styles: Styles
  #theme: Theme
  #size: Size = { width: 0, height: 0 }
  #ratio = 1
  #view: Viewport = { scale: 1, offsetX: 0, offsetY: 0 }
  #fitted = true
  #hidden: ReadonlySet<AnnotationId> = new Set()
  #pending: readonly Annotation[] = []
  #hovered: AnnotationId | null = null
  #pointer: ScreenPoint | null = null
  #movedAt = 0
  #restTimer = 0
  #frame = 0
  #pictureDirty = true
  #liveShown = true

  constructor(element: HTMLElement, pictureCanvas: HTMLCanvasElement, host: HTMLDivElement, runner: ToolRunner, input: SceneInput) {
    this.#element = element
    this.#pictureContext = pictureCanvas.getContext('2d')!
    this.#runner = runner
    this.#input = input
    // Layers draw as soon as they are added, and what a tool shows may need the view.
    this.toolView = this.#makeToolView()
    this.#styles = new Styles(input.labels, input.me, input.emphasis)
    this.#theme = readTheme(element)
    this.#backing = new Backing((context, view, bounds) => this.#paintStored(context, view, bounds))
    this.#stage = new Konva.Stage({ container: host, width: 1, height: 1, listening: false })
    this.#staticLayer = layerOf(this.#stage, (context) => this.#backing.draw(context, this.#view))
    this.#liveLayer = layerOf(this.#stage, (context) => {
      context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
      drawLive(context, this.#view, this.#live(), this.#liveTools())
    })
    this.index.update(input.annotations)
    this.#levels.set(input.picture, input.extent)
    this.#element.dataset['asset'] = input.asset
    this.#element.dataset['ready'] = 'false'
  }

  get view(): Viewport {
    return this.#view
  }

  get size(): Size {
    return this.#size
  }

  get input(): SceneInput {
    return this.#input
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#restTimer)
    this.#stage.destroy()
  }

  /** Takes over what changed; an unchanged field costs a comparison. */
  update(input: SceneInput): void {
    const was = this.#input
    this.#input = input
    if (input.asset !== was.asset) this.#enter()
    // The same item keeps its view; a new one, or one whose size turned out another, is fitted.
    if (input.asset !== was.asset || input.extent !== was.extent) this.fit()
    if (input.picture !== was.picture || input.extent !== was.extent) {
      this.#levels.set(input.picture, input.extent)
      this.#pictureDirty = true
    }
    const restyled = input.labels !== was.labels || input.me !== was.me || input.emphasis !== was.emphasis
    if (restyled) this.#styles = new Styles(input.labels, input.me, input.emphasis)
    if (input.annotations !== was.annotations) this.#apply(this.index.update(input.annotations))
    if (restyled || input.visible !== was.visible) this.#repaint()
    this.invalidate()
  }

  #enter(): void {
    const { asset } = this.#input
    this.#element.dataset['asset'] = asset
    this.#element.dataset['ready'] = 'false'
    this.#backing.clear()
    this.#pending = []
    this.#hovered = null
    this.#pictureDirty = true
  }

  /** CSS pixels of the element, device pixels per CSS pixel. A fitted view stays fitted, another keeps its middle. */
  resize(size: Size, ratio: number): void {
    const was = this.#size
    this.#size = size
    this.#ratio = ratio
    for (const layer of [this.#staticLayer, this.#liveLayer]) layer.getCanvas().setPixelRatio(ratio)
    this.#stage.size(size)
    const { canvas } = this.#pictureContext
    canvas.width = Math.round(size.width * ratio)
    canvas.height = Math.round(size.height * ratio)
    this.#backing.resize(size, ratio)
    this.#pictureDirty = true
    if (this.#fitted) this.fit()
    else this.setView({ ...this.#view, offsetX: this.#view.offsetX + (size.width - was.width) / 2, offsetY: this.#view.offsetY + (size.height - was.height) / 2 })
    // A canvas that was resized is blank: draw before the browser shows it.
    this.flush()
  }

  fit(): void {
    if (this.#size.width > 0) this.setView(fit(this.#input.extent, this.#size))
    this.#fitted = true
  }

  setView(view: Viewport): void {
    const next = keepInSight(view, this.#input.extent, this.#size)
    this.#fitted = false
    this.#pictureDirty = true
    if (next.scale !== this.#view.scale) {
      this.#movedAt = performance.now()
      clearTimeout(this.#restTimer)
      this.#restTimer = window.setTimeout(() => this.invalidate(), restMs + 1)
    }
    this.#view = next
    this.invalidate()
  }

  /** The tokens changed. */
  retheme(): void {
    this.#theme = readTheme(this.#element)
    this.invalidate()
  }

  setPointer(point: ScreenPoint | null): void {
    this.#pointer = point
    if (this.#input.crosshair) this.invalidate()
  }

  setHovered(id: AnnotationId | null): void {
    if (id === this.#hovered) return
    this.#hovered = id
    this.invalidate()
  }

  hitsAt(point: ImagePoint): Hit[] {
    return shownHits(point, this.toolView)
  }

  /** Asks for a frame. */
  invalidate(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.flush())
  }

  /** Draws now. */
  flush(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    if (this.#size.width === 0 || this.#size.height === 0) return
    if (this.#pictureDirty) this.#drawPicture()
    this.#hideReplaced()
    this.#advance()
    this.#staticLayer.drawScene()
    this.#drawLive()
    this.#publish()
  }

  #drawPicture(): void {
    this.#pictureDirty = false
    const context = this.#pictureContext
    context.clearRect(0, 0, context.canvas.width, context.canvas.height)
    const { scale, offsetX, offsetY } = this.#view
    this.#levels.draw(context, { scale: scale * this.#ratio, offsetX: offsetX * this.#ratio, offsetY: offsetY * this.#ratio })
  }

  #drawLive(): void {
    const shown = !isEmptyLive(this.#live())
    if (shown || this.#liveShown) this.#liveLayer.drawScene()
    this.#liveShown = shown
  }

  /** Brings the bitmap of the stored shapes nearer to what the view needs. */
  #advance(): void {
    const backing = this.#backing
    const few = this.index.size <= fewShapes
    if (!backing.fits(this.#view)) {
      const resting = performance.now() - this.#movedAt >= restMs
      if (backing.canScroll(this.#view)) backing.scroll(this.#view)
      else if (backing.painting ? resting && !backing.paintsAt(this.#view.scale) : few || resting || !backing.covers(this.#view)) backing.begin(this.#view)
    }
    if (!backing.painting) return
    if (backing.step(few ? Infinity : paintBudgetMs)) this.#pending = []
    this.invalidate()
  }

  #publish(): void {
    const { dataset } = this.#element
    const { scale, offsetX, offsetY } = this.#view
    dataset['scale'] = String(scale)
    dataset['offsetX'] = String(offsetX)
    dataset['offsetY'] = String(offsetY)
    if (dataset['ready'] !== 'true' && this.#input.picture && this.#backing.painted && !this.#backing.painting) dataset['ready'] = 'true'
    this.#input.onView?.(this.#view)
  }

  #paintStored(context: CanvasRenderingContext2D, view: Viewport, bounds: Bounds): Generator<void> {
    const { visible } = this.#input
    const entries = this.index.search(expand(bounds, (6 * this.#ratio) / view.scale))
      .filter(({ annotation }) => visible(annotation) && !this.#hidden.has(annotation.id))
      .sort((a, b) => byOrder(a.annotation, b.annotation))
    return paintShapes(context, entries, view, this.#ratio, { styles: this.#styles, masks: this.#masks, hatches: this.#hatches })
  }

  /** The shapes that a preview stands for are not drawn below it. */
  #hideReplaced(): void {
    const replaced = this.#previews().flatMap(({ replaces }) => replaces ?? [])
    if (replaced.length === this.#hidden.size && replaced.every((id) => this.#hidden.has(id))) return
    const changed = [...new Set([...replaced, ...this.#hidden])].filter((id) => !(this.#hidden.has(id) && replaced.includes(id)))
    this.#hidden = new Set(replaced)
    const entries = changed.flatMap((id) => this.index.get(id) ?? [])
    this.#touch(entries, [])
  }

  #apply(change: IndexChange): void {
    if (change.gone.length + change.come.length > 0) this.#touch([...change.gone, ...change.come], change.come)
  }

  /** Paints again where shapes changed: at once where few shapes stand, else over the next frames. */
  #touch(entries: readonly Entry[], come: readonly Entry[]): void {
    if (entries.length === 0 || !this.#backing.painted) return this.#backing.painting ? this.#repaint() : undefined
    const all = entries.reduce<Bounds>((bounds, entry) => union(bounds, entry), entries[0]!)
    if (this.#backing.painting || this.index.search(all).length > patchLimit) {
      this.#pending = [...this.#pending, ...come.map(({ annotation }) => annotation)].slice(-mostSelectedOutlines)
      this.#repaint()
    } else this.#backing.patch(all)
  }

  #repaint(): void {
    this.#backing.begin(this.#view)
    this.invalidate()
  }

  #previews() {
    return this.#runner.tool.preview(this.toolView)
  }

  #shown(ids: readonly AnnotationId[], most: number): Annotation[] {
    if (ids.length > most) return []
    return ids.flatMap((id) => this.index.get(id)?.annotation ?? []).filter(this.#input.visible)
  }

  #gripped(): Annotation[] {
    return this.#shown(this.#input.selection, 1).filter(this.#input.editable)
  }

  #live(): LiveState {
    const { crosshair, selection } = this.#input
    const selected = this.#shown(selection, mostSelectedOutlines)
    const hoveredId = this.#input.hovered ?? this.#hovered
    const hovered = hoveredId === null ? null : this.index.get(hoveredId)?.annotation ?? null
    const busy = this.#runner.busy
    return {
      previews: this.#previews(), selected, gripped: this.#runner.tool.id === 'select' ? this.#gripped() : [], vertex: this.#runner.tool.vertex, pending: this.#pending,
      hovered: busy || !hovered || !this.#input.visible(hovered) ? null : hovered,
      tagged: this.#tagged(selected, busy),
      marquee: this.#runner.tool.marquee,
      path: this.#input.path ?? null,
      crosshair: crosshair ? this.#pointer : null,
    }
  }

  #tagged(selected: readonly Annotation[], busy: boolean): readonly Annotation[] {
    const { tags } = this.#input
    if (busy || tags === 'never') return []
    if (this.index.size > mostTagged) return selected.length <= mostTagged ? selected : []
    const shown = [...this.index.all()].map(({ annotation }) => annotation).filter(this.#input.visible)
    return typeof tags === 'function' ? shown.filter(tags) : shown
  }

  #liveTools() {
    const label = this.#input.label === null ? undefined : this.#input.labels.get(this.#input.label)
    return { styles: this.#styles, masks: this.#masks, theme: this.#theme, drawColor: label?.color ?? unlabelledColor, size: this.#size }
  }

  #makeToolView(): ToolView {
    const input = () => this.#input
    const view = () => this.#view
    return {
      annotation: (id) => this.index.get(id)?.annotation,
      get selection() { return input().selection },
      get label() { return input().label },
      get extent() { return { minX: 0, minY: 0, maxX: input().extent.width, maxY: input().extent.height } },
      get scale() { return view().scale },
      within: (bounds) => this.index.topmost(bounds).map(({ annotation }) => annotation).filter(input().visible),
      get cutouts() { return input().cutouts },
      create: (geometry) => input().create(geometry),
      editable: (annotation) => input().editable(annotation) && input().visible(annotation),
    }
  }

  toImage(point: ScreenPoint): ImagePoint {
    return toImage(point, this.#view)
  }
}

/** A layer of one shape that draws with the plain context, in device pixels. */
function layerOf(stage: Konva.Stage, draw: (context: CanvasRenderingContext2D) => void): Konva.Layer {
  const layer = new Konva.Layer({ listening: false })
  const shape = new Konva.Shape({
    listening: false,
    perfectDrawEnabled: false,
    sceneFunc: ({ _context: context }) => {
      context.save()
      context.setTransform(1, 0, 0, 1, 0, 0)
      draw(context)
      context.restore()
    },
  })
  layer.add(shape)
  stage.add(layer)
  return layer
}
