import type { Bounds, ImagePoint } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'

export type ToolId = 'select' | 'pan' | 'box' | 'rotated-box' | 'polygon' | 'text-line'

/** What lies under the pointer, as the canvas' spatial index found it; the topmost first. */
export type Hit =
  | { readonly kind: 'handle'; readonly annotation: AnnotationId; readonly handle: HandleId }
  | { readonly kind: 'edge'; readonly annotation: AnnotationId; readonly part: number; readonly ring: number; readonly after: number }
  | { readonly kind: 'shape'; readonly annotation: AnnotationId }

/** A grip of a selected shape. Vertex `index` counts points (not coordinates) within part and ring. */
export type HandleId =
  | { readonly kind: 'side'; readonly side: 'n' | 'e' | 's' | 'w' | 'ne' | 'nw' | 'se' | 'sw' }
  | { readonly kind: 'rotate' }
  | { readonly kind: 'vertex'; readonly part: number; readonly ring: number; readonly index: number }

export type Modifiers = { readonly shift: boolean; readonly alt: boolean; readonly mod: boolean }

/** One thing that happened, already in image pixels. `complete` is Enter or a double click, `cancel` is Escape, `back` is Backspace. */
export type ToolEvent =
  | { readonly type: 'pointer-down'; readonly point: ImagePoint; readonly hits: readonly Hit[]; readonly modifiers: Modifiers }
  | { readonly type: 'pointer-move'; readonly point: ImagePoint; readonly modifiers: Modifiers }
  | { readonly type: 'pointer-up'; readonly point: ImagePoint; readonly modifiers: Modifiers }
  | { readonly type: 'complete' }
  | { readonly type: 'cancel' }
  | { readonly type: 'back' }
  | { readonly type: 'nudge'; readonly dx: number; readonly dy: number }

/** What a tool may look at. It changes nothing of it. */
export interface ToolView {
  readonly annotation: (id: AnnotationId) => Annotation | undefined
  readonly selection: readonly AnnotationId[]
  readonly label: LabelId | null
  /** The image's rectangle; null for other items. */
  readonly extent: Bounds | null
  /** CSS pixels per image pixel: tolerances are given in CSS pixels and divided by it. */
  readonly scale: number
  /** Annotations whose bounds meet the rectangle, topmost first (for lassos and snapping). */
  readonly within: (bounds: Bounds) => readonly Annotation[]
  /** A new annotation of mine with this geometry, with the current label and its attribute defaults. */
  readonly create: (geometry: Geometry) => Annotation
  /** Whether this annotation is mine to change. */
  readonly editable: (annotation: Annotation) => boolean
}

/** What a step asks for beside its new state. */
export interface StepResult<State> {
  readonly state: State
  /** The gesture ended: its name and its diff go to the log. */
  readonly commit?: { readonly name: string; readonly diff: Diff }
  readonly select?: readonly AnnotationId[]
}

/** What the canvas draws on top while a gesture is under way. `replaces` hides the stored shape that is being changed. */
export interface Preview {
  readonly geometry: Geometry
  readonly replaces: AnnotationId | null
  /** A ring still open: its points so far, the last one under the pointer. */
  readonly open: boolean
}

/** A tool is a pure state machine; the same words everywhere. */
export interface Tool<State> {
  readonly id: ToolId
  readonly initial: State
  readonly step: (state: State, event: ToolEvent, view: ToolView) => StepResult<State>
  readonly preview: (state: State, view: ToolView) => readonly Preview[]
  /** A rectangle being dragged to select, or null. */
  readonly marquee: (state: State) => Bounds | null
  /** The hint of the status bar: "Enter closes, ⌫ removes a point". */
  readonly hint: (state: State) => string
  readonly cursor: (state: State, hits: readonly Hit[]) => string
  /** True while a gesture is under way, so that leaving the item or the tool must finish or cancel it first. */
  readonly busy: (state: State) => boolean
}
