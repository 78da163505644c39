import type { ImagePoint, Viewport } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { CutoutSettings, Question, ToolEvent, ToolId } from '#renderer/tools/tool.ts'
import type { Adjust, Picture } from './picture.ts'
import type { Emphasis } from './style.ts'
import type { Size } from './view.ts'

/** What is drawn. Values are compared by identity: keep those that did not change, predicates included. */
export interface SceneInput {
  readonly asset: AssetId
  /** Null while it loads. */
  readonly picture: Picture | null
  /** The item's size in pixels of the upright image, also where `picture` holds fewer. */
  readonly extent: Size
  readonly annotations: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  /** My layer: other layers are drawn thinner, with initials. Null when all count as mine. */
  readonly me: Layer | null
  readonly selection: readonly AnnotationId[]
  /** The shape that is pointed at elsewhere (a list); the canvas knows by itself what its own pointer is over. */
  readonly hovered?: AnnotationId | null
  readonly visible: (annotation: Annotation) => boolean
  readonly editable: (annotation: Annotation) => boolean
  /** How what a model cuts out becomes a shape. */
  readonly cutouts?: CutoutSettings | undefined
  /** The label that new shapes get. */
  readonly label: LabelId | null
  /** The reading order, drawn from place to place with numbers. */
  readonly path?: readonly ImagePoint[] | null
  /** Lines through the pointer. */
  readonly crosshair?: boolean
  /** How much a shape is to be seen; null: as always. */
  readonly emphasis?: (annotation: Annotation) => Emphasis | null
  /** `auto` tags all shapes of an item that has few, else the selection; a hovered shape has its tag always. */
  readonly tags?: 'auto' | 'never' | ((annotation: Annotation) => boolean)
  /** A new annotation of mine with the current label and its defaults. */
  readonly create: (geometry: Geometry) => Annotation
  /** Once a frame in which something was drawn. */
  readonly onView?: (view: Viewport) => void
}

export interface CanvasProps extends Omit<SceneInput, 'extent'> {
  readonly width: number
  readonly height: number
  /** The tool in hand. Another one finishes or cancels what the one before was at. */
  readonly tool: ToolId
  readonly adjust?: Adjust
  /** Its accessible name where there is more than one. */
  readonly name?: string
  /** A gesture ended. Called once; `durationMs` from its first event. */
  readonly onCommit: (name: string, diff: Diff, durationMs: number) => void
  readonly onSelect: (selection: readonly AnnotationId[]) => void
  /** Where the pointer is in the image, at most once a frame; null when it left. */
  readonly onPointer?: (point: ImagePoint | null) => void
  readonly onHover?: (annotation: AnnotationId | null) => void
  /** What the tool says can be done now; called when it changes. */
  readonly onHint?: (hint: string) => void
  /** What the tool asks a model now; null when it asks nothing any more. The answer goes to `send`. */
  readonly onQuestion?: (question: Question | null) => void
}

/** What other parts may ask of the canvas. */
export interface CanvasHandle {
  readonly fit: () => void
  /** One image pixel on one CSS pixel, about the middle. */
  readonly actualSize: () => void
  /** About the middle of the element; a factor above 1 is closer. */
  readonly zoomBy: (factor: number) => void
  /** CSS pixels. */
  readonly panBy: (dx: number, dy: number) => void
  /** Brings a shape into sight; does nothing when all of it is seen. */
  readonly show: (annotation: AnnotationId) => void
  readonly view: () => Viewport
  readonly setView: (view: Viewport) => void
  /** Gives the tool an event from elsewhere (a command); true when the tool took notice. */
  readonly send: (event: ToolEvent) => boolean
  /** Finishes or cancels what is under way: call it before the item changes. */
  readonly settle: () => void
  readonly busy: () => boolean
  readonly focus: () => void
}
