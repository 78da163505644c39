import type { Bounds, Viewport } from '#shared/geometry/point.ts'
import { type Size, visibleBounds } from './view.ts'

/** Paints what meets `bounds` (image pixels) in a view of device pixels; yields where it may pause. */
export type Painter = (context: CanvasRenderingContext2D, view: Viewport, bounds: Bounds) => Generator<void>

/** CSS pixels painted beyond each edge of the element, so that a pan has something to bring in. */
const wantedMargin = 192
/** A pan of this many CSS pixels moves the bitmap on; only the strips that come in are painted. */
const scrollAfter = 96
/** Chromium refuses canvases wider or higher than this. */
const longestSide = 16_384

type Surface = { readonly canvas: HTMLCanvasElement; readonly context: CanvasRenderingContext2D }
type Job = { readonly view: Viewport; readonly steps: Generator<void> }

/**
 * The stored shapes as a bitmap, a little larger than the element. While the view moves the bitmap is drawn moved
 * and scaled, which costs the same for one shape and for ten thousand; it is painted anew when the motion rests.
 */
export class Backing {
  #front = surface()
  #back = surface()
  #probe = surface(1)
  #view: Viewport | null = null
  #job: Job | null = null
  #size: Size = { width: 1, height: 1 }
  #ratio = 1
  #margin = 0
  readonly #paint: Painter

  constructor(paint: Painter) {
    this.#paint = paint
  }

  /** Whether a painting is under way. */
  get painting(): boolean {
    return this.#job !== null
  }

  /** Whether the painting under way has this scale; where it stands is put right by a scroll once it is done. */
  paintsAt(scale: number): boolean {
    return this.#job?.view.scale === scale
  }

  /** Whether there is a finished bitmap. */
  get painted(): boolean {
    return this.#view !== null
  }

  /** `size` in CSS pixels, `ratio` device pixels per CSS pixel. What was painted is lost. */
  resize(size: Size, ratio: number): void {
    const room = Math.floor((longestSide / ratio - Math.max(size.width, size.height)) / 2)
    // Whole device pixels: a bitmap drawn between pixels is blurred.
    this.#margin = Math.max(0, Math.floor(Math.min(wantedMargin, room) * ratio) / ratio)
    this.#size = size
    this.#ratio = ratio
    for (const { canvas } of [this.#front, this.#back]) {
      canvas.width = Math.min(longestSide, Math.ceil((size.width + 2 * this.#margin) * ratio))
      canvas.height = Math.min(longestSide, Math.ceil((size.height + 2 * this.#margin) * ratio))
    }
    this.clear()
  }

  /** Forgets what was painted. */
  clear(): void {
    this.#view = null
    this.#job = null
  }

  /** Draws the bitmap for a view, onto a context in device pixels. */
  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    const painted = this.#view
    if (!painted) return
    const factor = view.scale / painted.scale
    const x = (view.offsetX - (painted.offsetX + this.#margin) * factor) * this.#ratio
    const y = (view.offsetY - (painted.offsetY + this.#margin) * factor) * this.#ratio
    const { canvas } = this.#front
    if (factor === 1) {
      context.drawImage(canvas, Math.round(x), Math.round(y))
      return
    }
    context.imageSmoothingEnabled = true
    context.imageSmoothingQuality = 'low'
    context.drawImage(canvas, x, y, canvas.width * factor, canvas.height * factor)
  }

  /** Whether the bitmap is as good as it gets for a view: painted at its scale and not run out. */
  fits(view: Viewport): boolean {
    const painted = this.#view
    if (!painted || painted.scale !== view.scale) return false
    const most = Math.min(scrollAfter, this.#margin)
    return Math.abs(view.offsetX - painted.offsetX) <= most && Math.abs(view.offsetY - painted.offsetY) <= most
  }

  /** Whether the bitmap, moved and scaled, reaches all edges of the element. */
  covers(view: Viewport): boolean {
    const painted = this.#view
    if (!painted) return false
    const factor = view.scale / painted.scale
    const left = view.offsetX - (painted.offsetX + this.#margin) * factor
    const top = view.offsetY - (painted.offsetY + this.#margin) * factor
    return left <= 0 && top <= 0 &&
      left + (this.#size.width + 2 * this.#margin) * factor >= this.#size.width &&
      top + (this.#size.height + 2 * this.#margin) * factor >= this.#size.height
  }

  /** Whether the bitmap can be moved on to a view by painting strips: same scale, and some of it still in use. */
  canScroll(view: Viewport): boolean {
    const painted = this.#view
    return painted !== null && painted.scale === view.scale &&
      Math.abs(view.offsetX - painted.offsetX) < this.#size.width && Math.abs(view.offsetY - painted.offsetY) < this.#size.height
  }

  /** Moves the bitmap on to a view of the same scale and paints what came in. */
  scroll(view: Viewport): void {
    const painted = this.#view
    if (!painted) return
    const dx = Math.round((view.offsetX - painted.offsetX) * this.#ratio)
    const dy = Math.round((view.offsetY - painted.offsetY) * this.#ratio)
    const next: Viewport = { scale: view.scale, offsetX: painted.offsetX + dx / this.#ratio, offsetY: painted.offsetY + dy / this.#ratio }
    const { canvas, context } = this.#back
    context.globalCompositeOperation = 'copy'
    context.drawImage(this.#front.canvas, dx, dy)
    context.globalCompositeOperation = 'source-over'
    const interrupted = this.#job !== null
    this.#job = null
    this.#swap(next)
    const { width, height } = canvas
    if (dx !== 0) this.#repaint(dx > 0 ? 0 : width + dx, 0, Math.abs(dx), height)
    if (dy !== 0) this.#repaint(0, dy > 0 ? 0 : height + dy, width, Math.abs(dy))
    if (interrupted) this.begin(view)
  }

  /** Paints again what meets `bounds` (image pixels), `slack` CSS pixels wider for strokes. */
  patch(bounds: Bounds, slack = 6): void {
    if (!this.#view) return
    const view = this.#deviceView(this.#view)
    const left = Math.max(0, Math.floor(bounds.minX * view.scale + view.offsetX - slack * this.#ratio))
    const top = Math.max(0, Math.floor(bounds.minY * view.scale + view.offsetY - slack * this.#ratio))
    const right = Math.min(this.#front.canvas.width, Math.ceil(bounds.maxX * view.scale + view.offsetX + slack * this.#ratio))
    const bottom = Math.min(this.#front.canvas.height, Math.ceil(bounds.maxY * view.scale + view.offsetY + slack * this.#ratio))
    if (right > left && bottom > top) this.#repaint(left, top, right - left, bottom - top)
  }

  /** Begins to paint all of it for a view; `step` goes on with it. */
  begin(view: Viewport): void {
    const { canvas, context } = this.#back
    if (this.#job) context.reset()
    context.clearRect(0, 0, canvas.width, canvas.height)
    const device = this.#deviceView(view)
    this.#job = { view, steps: this.#paint(context, device, visibleBounds(device, 0, 0, canvas.width, canvas.height)) }
  }

  /** Goes on painting until done or `budgetMs` is spent. True when the new bitmap was taken into use. */
  step(budgetMs: number): boolean {
    const job = this.#job
    if (!job) return false
    const until = performance.now() + budgetMs
    do {
      if (job.steps.next().done) {
        this.#job = null
        this.#swap(job.view)
        return true
      }
      if (budgetMs !== Infinity) this.#rasterise()
    } while (performance.now() < until)
    return false
  }

  /**
   * Browsers only record what is drawn and paint it when the canvas is used, all at once: a budget of time would
   * measure nothing. Drawing one pixel of it elsewhere uses it.
   */
  #rasterise(): void {
    this.#probe.context.drawImage(this.#back.canvas, 0, 0, 1, 1, 0, 0, 1, 1)
  }

  #swap(view: Viewport): void {
    const front = this.#front
    this.#front = this.#back
    this.#back = front
    this.#view = view
  }

  #repaint(x: number, y: number, width: number, height: number): void {
    const { context } = this.#front
    const view = this.#deviceView(this.#view!)
    context.save()
    context.beginPath()
    context.rect(x, y, width, height)
    context.clip()
    context.clearRect(x, y, width, height)
    for (const _ of this.#paint(context, view, visibleBounds(view, x, y, x + width, y + height)));
    context.restore()
  }

  #deviceView(view: Viewport): Viewport {
    const ratio = this.#ratio
    return { scale: view.scale * ratio, offsetX: (view.offsetX + this.#margin) * ratio, offsetY: (view.offsetY + this.#margin) * ratio }
  }
}

function surface(side = 0): Surface {
  const canvas = document.createElement('canvas')
  if (side > 0) canvas.width = canvas.height = side
  return { canvas, context: canvas.getContext('2d')! }
}
