import type { ScreenPoint } from '#shared/geometry/point.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Hit, Modifiers, ToolEvent } from '#renderer/tools/tool.ts'
import { panScene, wheelScene } from './navigation.ts'
import type { CanvasProps } from './props.ts'
import type { ToolRunner } from './runner.ts'
import type { Scene } from './scene.ts'

/** Two presses count as a double click within this time (ms) and distance (CSS pixels). */
const doubleClickMs = 400
const doubleClickReach = 5

type Grip = { readonly kind: 'pan'; x: number; y: number } | { readonly kind: 'tool' }
type Listener = Pick<CanvasProps, 'onPointer' | 'onHover'>
/** How far an arrow key moves the selection, in image pixels; ten times as far with shift. */
const arrows: Readonly<Record<string, readonly [dx: number, dy: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const toolKeys: Readonly<Record<string, ToolEvent>> = { Enter: { type: 'complete' }, Escape: { type: 'cancel' }, Backspace: { type: 'back' } }

/** Turns what the browser reports on the canvas element into navigation and tool events. */
export class Input {
  readonly #element: HTMLElement
  readonly #scene: Scene
  readonly #runner: ToolRunner
  readonly #listener: () => Listener
  readonly #ended = new AbortController()
  #grip: Grip | null = null
  #spaceHeld = false
  #lastPress = { at: -Infinity, x: 0, y: 0 }
  #completeOnRelease = false
  #pointer: ScreenPoint | null = null
  #hovered: AnnotationId | null = null
  #hits: readonly Hit[] = []
  #hoverFrame = 0

  constructor(element: HTMLElement, scene: Scene, runner: ToolRunner, listener: () => Listener) {
    this.#element = element
    this.#scene = scene
    this.#runner = runner
    this.#listener = listener
    const options = { signal: this.#ended.signal }
    element.addEventListener('pointerdown', (event) => this.#down(event), options)
    element.addEventListener('pointermove', (event) => this.#move(event), options)
    element.addEventListener('pointerup', (event) => this.#up(event), options)
    element.addEventListener('pointercancel', () => this.#lost(), options)
    element.addEventListener('pointerleave', () => this.#leave(), options)
    element.addEventListener('wheel', (event) => this.#wheel(event), { ...options, passive: false })
    element.addEventListener('keydown', (event) => this.#keyDown(event), options)
    element.addEventListener('keyup', (event) => this.#keyUp(event), options)
    element.addEventListener('blur', () => this.#holdSpace(false), options)
    // The middle button would start the browser's own scrolling, and on Linux paste. The left one gives the focus by itself.
    element.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), options)
    element.addEventListener('auxclick', (event) => event.preventDefault(), options)
  }

  destroy(): void {
    this.#ended.abort()
    cancelAnimationFrame(this.#hoverFrame)
  }

  /** After anything that may change what the pointer means: the tool, the selection, the shapes. */
  refresh(): void {
    if (this.#hoverFrame === 0) this.#hoverFrame = requestAnimationFrame(() => this.#hover())
  }

  #place(event: MouseEvent): ScreenPoint {
    const box = this.#element.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  #down(event: PointerEvent): void {
    if (!event.isPrimary || this.#grip) return
    const at = this.#place(event)
    const pans = event.button === 1 || (event.button === 0 && (this.#spaceHeld || this.#runner.tool.id === 'pan'))
    if (!pans && event.button !== 0) return
    this.#element.setPointerCapture(event.pointerId)
    this.#grip = pans ? { kind: 'pan', x: at.x, y: at.y } : { kind: 'tool' }
    if (!pans) this.#press(event, at)
    this.#showCursor()
  }

  /** The second press of a double click finishes what is under way instead of adding to it. */
  #press(event: PointerEvent, at: ScreenPoint): void {
    const last = this.#lastPress
    const second = event.timeStamp - last.at < doubleClickMs && Math.hypot(at.x - last.x, at.y - last.y) < doubleClickReach
    this.#lastPress = { at: second ? -Infinity : event.timeStamp, x: at.x, y: at.y }
    if (second && this.#runner.busy) {
      this.#grip = null
      this.#send({ type: 'complete' })
      return
    }
    this.#completeOnRelease = second
    const point = this.#scene.toImage(at)
    this.#send({ type: 'pointer-down', point, hits: this.#scene.hitsAt(point), modifiers: modifiersOf(event) })
  }

  #move(event: PointerEvent): void {
    if (!event.isPrimary) return
    const at = this.#place(event)
    this.#pointer = at
    this.#scene.setPointer(at)
    const grip = this.#grip
    if (grip?.kind === 'pan') {
      panScene(this.#scene, at.x - grip.x, at.y - grip.y)
      grip.x = at.x
      grip.y = at.y
    } else {
      // The browser hands out one move a frame; those between matter to no tool that draws straight edges.
      this.#send({ type: 'pointer-move', point: this.#scene.toImage(at), modifiers: modifiersOf(event) })
    }
    this.refresh()
  }

  #up(event: PointerEvent): void {
    const grip = this.#grip
    if (!event.isPrimary || !grip) return
    this.#grip = null
    if (grip.kind === 'tool') {
      const point = this.#scene.toImage(this.#place(event))
      this.#send({ type: 'pointer-up', point, modifiers: modifiersOf(event) })
      const at = this.#place(event)
      if (this.#completeOnRelease && Math.hypot(at.x - this.#lastPress.x, at.y - this.#lastPress.y) < doubleClickReach) this.#send({ type: 'complete' })
    }
    this.#completeOnRelease = false
    this.refresh()
  }

  /** The system took the pointer away (a touch became a gesture of its own): what was dragged goes back. */
  #lost(): void {
    if (this.#grip?.kind === 'tool') this.#send({ type: 'cancel' })
    this.#grip = null
    this.refresh()
  }

  #leave(): void {
    if (this.#grip) return
    this.#pointer = null
    this.#scene.setPointer(null)
    this.refresh()
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    wheelScene(this.#scene, event, this.#place(event))
    this.refresh()
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.target !== this.#element || event.isComposing) return
    if (event.key === ' ') {
      event.preventDefault()
      this.#holdSpace(true)
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = arrows[event.key]
    const length = event.shiftKey ? 10 : 1
    const sent: ToolEvent | undefined = step ? { type: 'nudge', dx: step[0] * length, dy: step[1] * length } : toolKeys[event.key]
    // A key that the tool has no use for goes on to the commands of the view.
    if (sent && this.#send(sent)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  #keyUp(event: KeyboardEvent): void {
    if (event.key === ' ') this.#holdSpace(false)
  }

  #holdSpace(held: boolean): void {
    if (held === this.#spaceHeld) return
    this.#spaceHeld = held
    this.#showCursor()
  }

  #send(event: ToolEvent): boolean {
    const asked = this.#runner.tool.question
    const noticed = this.#runner.send(event, this.#scene.toolView)
    // A new question takes what was found before out of sight.
    if (noticed || this.#runner.tool.question !== asked) this.#scene.invalidate()
    return noticed
  }

  /** Once a frame: what is under the pointer, the cursor, and where in the image. */
  #hover(): void {
    this.#hoverFrame = 0
    const { onPointer, onHover } = this.#listener()
    const point = this.#pointer && this.#scene.toImage(this.#pointer)
    if (!this.#grip) this.#hits = point ? this.#scene.hitsAt(point) : []
    onPointer?.(point)
    const over = this.#grip || this.#runner.busy ? null : this.#hits.find(({ kind }) => kind === 'shape')?.annotation ?? null
    if (over !== this.#hovered) {
      this.#hovered = over
      this.#scene.setHovered(over)
      onHover?.(over)
    }
    this.#showCursor()
  }

  #showCursor(): void {
    const { style } = this.#element
    if (this.#grip?.kind === 'pan') style.cursor = 'grabbing'
    else if (this.#spaceHeld || this.#runner.tool.id === 'pan') style.cursor = 'grab'
    else style.cursor = this.#runner.tool.cursor(this.#hits)
  }
}

const modifiersOf = (event: PointerEvent): Modifiers => ({ shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey })
