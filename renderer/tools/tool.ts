import type { Bounds, ImagePoint } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import type { Origin } from '#shared/model/provenance.ts'
import type { Cutout } from '#shared/prelabel/prompt/cutout.ts'
import type { Prompt, PromptPoint } from '#shared/prelabel/prompt/prompt.ts'

export type ToolId = 'select' | 'pan' | 'box' | 'rotated-box' | 'polygon' | 'text-line' | 'click-to-segment'

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
  /** What a model says to the question with this number; null when it found nothing. */
  | { readonly type: 'answer'; readonly number: number; readonly found: Found | null }
  | { readonly type: 'no-answer'; readonly number: number; readonly why: string }
  /** What a model still has to do before it can answer, in words; null when it can. */
  | { readonly type: 'preparing'; readonly what: string | null }

/** A question to a model about the item. The answer comes as an event with the same number. */
export interface Question {
  readonly number: number
  readonly prompt: Prompt
  /** The answer to go on from, and a shape to begin with. */
  readonly previous: number | null
  readonly start: Polygon | null
  /** Only what the pointer rests on: it may be dropped when it is no longer the newest. */
  readonly hover: boolean
}

/** What a model cut out, and which model it was. */
export interface Found { readonly cutout: Cutout; readonly origin: Extract<Origin, { by: 'model' }> }

/** How what a model cut out becomes a shape. `tolerance` in pixels of the cutout's mask. */
export interface CutoutSettings { readonly tolerance: number; readonly output: 'polygon' | 'mask' }

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
  /** Absent where no model helps. */
  readonly cutouts?: CutoutSettings | undefined
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
  /** Not asked for yet: what the pointer rests on. */
  readonly tentative?: boolean
  /** Places that were shown to a model. */
  readonly prompts?: readonly PromptPoint[]
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
  /** The question that waits for an answer. */
  readonly question?: (state: State) => Question | null
}
