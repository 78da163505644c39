import type { ImagePoint } from '#shared/geometry/point.ts'
import type { Side } from '#shared/geometry/resize.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Modifiers } from '../tool.ts'

/** A vertex of an annotation, or with `index` the edge behind that vertex. */
export interface VertexOf { readonly annotation: AnnotationId; readonly part: number; readonly ring: number; readonly index: number }

/** What was clicked last, so that the next click at the same place goes on to what lies below. */
export interface LastClick {
  readonly point: ImagePoint
  readonly times: number
  /** The annotations under it, the topmost first. */
  readonly stack: readonly AnnotationId[]
  /** The selected shape's edge that was clicked. */
  readonly edge: VertexOf | null
}

interface Drag { readonly start: ImagePoint; readonly at: ImagePoint; readonly modifiers: Modifiers; readonly moved: boolean }

export type SelectState =
  /** `vertex` is the selected vertex, which Backspace removes and the arrows move. */
  | { readonly kind: 'idle'; readonly vertex: VertexOf | null; readonly click: LastClick | null }
  /** The button is down on shapes and has not moved: a click or the beginning of a move. */
  | { readonly kind: 'pointing'; readonly start: ImagePoint; readonly modifiers: Modifiers; readonly stack: readonly AnnotationId[]; readonly edge: VertexOf | null; readonly previous: LastClick | null }
  | ({ readonly kind: 'marquee' } & Drag)
  | ({ readonly kind: 'moving' } & Drag)
  | ({ readonly kind: 'resizing'; readonly annotation: AnnotationId; readonly side: Side } & Drag)
  | ({ readonly kind: 'rotating'; readonly annotation: AnnotationId } & Drag)
  /** Dragging a vertex; one that `inserts` does not exist yet and comes behind vertex `index`. */
  | ({ readonly kind: 'moving-vertex'; readonly vertex: VertexOf; readonly inserts: boolean } & Drag)

export type Dragging = Extract<SelectState, { moved: boolean }>

export const idleState: Extract<SelectState, { kind: 'idle' }> = { kind: 'idle', vertex: null, click: null }
