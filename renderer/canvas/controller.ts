import type { AnnotationId } from '#shared/model/id.ts'
import { startTool } from '#renderer/tools/running.ts'
import type { Question } from '#renderer/tools/tool.ts'
import { Input } from './input.ts'
import { actualSize, middleOf, panScene, zoomScene } from './navigation.ts'
import type { CanvasHandle, CanvasProps, SceneInput } from './props.ts'
import { ToolRunner } from './runner.ts'
import { Scene } from './scene.ts'
import { watchTheme } from './theme.ts'
import { frame, isSeen, type Size } from './view.ts'


/** Holds the parts of one canvas together for as long as it is mounted. */
export class Controller {
  readonly handle: CanvasHandle
  readonly #runner: ToolRunner
  readonly #scene: Scene
  readonly #input: Input
  readonly #element: HTMLElement
  readonly #stops: (() => void)[]
  #props: CanvasProps
  #extent: Size
  #hint = ''
  #question: Question | null = null

  constructor(element: HTMLElement, picture: HTMLCanvasElement, stage: HTMLDivElement, props: CanvasProps) {
    this.#element = element
    this.#props = props
    this.#extent = { width: props.width, height: props.height }
    this.#runner = new ToolRunner(startTool, props.tool, {
      onCommit: (...commit) => this.#props.onCommit(...commit),
      onSelect: (selection) => this.#props.onSelect(selection),
      onEvent: () => this.#tell(),
    })
    this.#scene = new Scene(element, picture, stage, this.#runner, this.#sceneInput())
    this.#input = new Input(element, this.#scene, this.#runner, () => this.#props)
    this.handle = this.#makeHandle()
    this.#stops = [watchTheme(() => this.#scene.retheme()), this.#watchSize()]
    this.#tell()
  }

  /** What is under way is ended with the values it began with, then the new ones are taken over. */
  update(props: CanvasProps): void {
    if (props === this.#props) return
    if (props.asset !== this.#props.asset) {
      this.#runner.settle(this.#scene.toolView)
      this.#runner.reset()
    }
    this.#runner.use(props.tool, this.#scene.toolView)
    this.#props = props
    this.#scene.update(this.#sceneInput())
    this.#input.refresh()
    this.#tell()
  }

  destroy(): void {
    this.#runner.settle(this.#scene.toolView)
    for (const stop of this.#stops) stop()
    this.#input.destroy()
    this.#scene.destroy()
  }

  #sceneInput(): SceneInput {
    const { width, height } = this.#props
    if (width !== this.#extent.width || height !== this.#extent.height) this.#extent = { width, height }
    return { ...this.#props, extent: this.#extent }
  }

  /** What the tool says to the person, and what it asks a model. */
  #tell(): void {
    const { hint, question } = this.#runner.tool
    if (question !== this.#question) {
      this.#question = question
      this.#props.onQuestion?.(question)
    }
    if (hint === this.#hint) return
    this.#hint = hint
    this.#props.onHint?.(hint)
  }

  /** Follows the element's size, and the screen's pixel ratio when the window moves to another screen. */
  #watchSize(): () => void {
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = this.#element
      if (width > 0 && height > 0) this.#scene.resize({ width, height }, devicePixelRatio)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(this.#element)
    let stopRatio = () => {}
    const watchRatio = () => {
      const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
      const changed = () => {
        measure()
        watchRatio()
      }
      query.addEventListener('change', changed, { once: true })
      stopRatio = () => query.removeEventListener('change', changed)
    }
    watchRatio()
    return () => {
      observer.disconnect()
      stopRatio()
    }
  }

  #show(id: AnnotationId): void {
    const scene = this.#scene
    const bounds = scene.index.get(id)
    if (bounds && !isSeen(bounds, scene.view, scene.size)) scene.setView(frame(bounds, scene.size, scene.view))
  }

  #makeHandle(): CanvasHandle {
    const scene = this.#scene
    return {
      fit: () => scene.fit(),
      actualSize: () => actualSize(scene),
      zoomBy: (factor) => zoomScene(scene, middleOf(scene), factor),
      panBy: (dx, dy) => panScene(scene, dx, dy),
      show: (id) => this.#show(id),
      view: () => scene.view,
      setView: (view) => scene.setView(view),
      send: (event) => {
        const noticed = this.#runner.send(event, scene.toolView)
        // An answer may show something without a gesture being under way.
        scene.invalidate()
        return noticed
      },
      settle: () => {
        this.#runner.settle(scene.toolView)
        scene.invalidate()
      },
      busy: () => this.#runner.busy,
      focus: () => this.#element.focus({ preventScroll: true }),
    }
  }
}
