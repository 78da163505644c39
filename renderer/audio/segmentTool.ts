import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import type { AnnotationId, TierId } from '#shared/model/id.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { drawnSpan, movedSpan, resizedSpan, respan, type Room, type Side, type Span } from './segmentEdits.ts'
import { segmentGeometry, type Timed } from './segments.ts'

export type AudioTool = 'select' | 'segment'

export type SegmentHit = { readonly kind: 'boundary'; readonly id: AnnotationId; readonly side: Side } | { readonly kind: 'body'; readonly id: AnnotationId }

export type SegmentEvent =
  /** `tier` is the row under the pointer, null over the waveform. */
  | { readonly type: 'pointer-down'; readonly frame: number; readonly tier: TierId | null; readonly hit: SegmentHit | null; readonly shift: boolean; readonly free: boolean }
  /** `free`: the key that turns snapping off is held. */
  | { readonly type: 'pointer-move'; readonly frame: number; readonly free: boolean }
  | { readonly type: 'pointer-up'; readonly frame: number; readonly free: boolean }
  | { readonly type: 'cancel' }

export type SegmentState =
  | { readonly name: 'idle' }
  /** Pressed, not moved yet: may become a click. */
  | { readonly name: 'pressed'; readonly anchor: number; readonly tier: TierId | null; readonly hit: SegmentHit | null; readonly shift: boolean }
  | { readonly name: 'drawing'; readonly tier: TierId; readonly anchor: number; readonly span: Span | null }
  | { readonly name: 'ranging'; readonly anchor: number; readonly to: number }
  | { readonly name: 'resizing'; readonly id: AnnotationId; readonly side: Side; readonly span: Span }
  | { readonly name: 'moving'; readonly id: AnnotationId; readonly anchor: number; readonly span: Span }

export interface SegmentView {
  readonly tool: AudioTool
  /** Where new segments go when the pointer is over the waveform. */
  readonly activeTier: TierId | null
  readonly rate: number
  /** Frames of three CSS pixels: less is a click. */
  readonly slop: number
  readonly segment: (id: AnnotationId) => Timed | undefined
  readonly selection: readonly AnnotationId[]
  readonly editable: (annotation: Annotation) => boolean
  /** Null for a tier that is not there. `around`: a frame that the segment holds, for tiers bound to a parent's segments; `layer` null: mine. */
  readonly room: (tier: TierId, around: number, layer: Layer | null) => Room | null
  readonly snap: (frame: number, except: AnnotationId | null) => number
  readonly create: (geometry: Annotation['geometry']) => Annotation
}

export interface SegmentResult {
  readonly state: SegmentState
  readonly commit?: Edit
  readonly select?: readonly AnnotationId[]
  /** The playhead goes there. */
  readonly seek?: number
  /** A stretch of time chosen for playing; null takes it away. */
  readonly range?: Span | null
  readonly hint?: 'no-overlap' | 'no-tier' | 'outside-parent'
}

export const idle: SegmentState = { name: 'idle' }

/** Drawing, moving and resizing segments; one commit a gesture. */
export function step(state: SegmentState, event: SegmentEvent, view: SegmentView): SegmentResult {
  if (event.type === 'cancel') return { state: idle }
  if (event.type === 'pointer-down') return { state: { name: 'pressed', anchor: event.frame, tier: event.tier, hit: event.hit, shift: event.shift } }
  if (state.name === 'idle') return { state }
  if (event.type === 'pointer-move') return moved(state, event, view)
  if (state.name === 'pressed') return clicked(state, view)
  return finished(moved(state, event, view), view)
}

function moved(state: Exclude<SegmentState, { name: 'idle' }>, { frame, free }: { frame: number; free: boolean }, view: SegmentView): SegmentResult {
  const snap = (at: number, except: AnnotationId | null = null) => (free ? at : view.snap(at, except))
  switch (state.name) {
    case 'pressed': {
      if (Math.abs(frame - state.anchor) < view.slop) return { state }
      const begun = begin(state, free, view)
      return begun.state.name === 'idle' || begun.state.name === 'pressed' ? begun : { ...moved(begun.state, { frame, free }, view), ...(begun.select && { select: begun.select }) }
    }
    case 'drawing': {
      const room = view.room(state.tier, state.anchor, null)
      const span = room && drawnSpan(room, state.anchor, snap(frame))
      return { state: { ...state, span }, ...hintOf(room, span, state.anchor, frame) }
    }
    case 'ranging': return { state: { ...state, to: snap(frame) } }
    case 'resizing': {
      const segment = view.segment(state.id)
      const room = segment && view.room(segment.tier, middle(segment), segment.annotation.layer)
      if (!segment || !room) return { state: idle }
      const wanted = snap(frame, state.id)
      const span = resizedSpan(segment, state.side, wanted, room)
      return { state: { ...state, span }, ...(!room.tier.overlap && !room.tier.points && span[state.side] !== wanted ? { hint: 'no-overlap' as const } : {}) }
    }
    case 'moving': {
      const segment = view.segment(state.id)
      const room = segment && view.room(segment.tier, middle(segment), segment.annotation.layer)
      if (!segment || !room) return { state: idle }
      const delta = frame - state.anchor
      // Whichever end lies closer to something it likes decides.
      const [first, last] = [snap(segment.start + delta, state.id) - segment.start, snap(segment.end + delta, state.id) - segment.end]
      const best = first === delta ? last : last === delta || Math.abs(first - delta) <= Math.abs(last - delta) ? first : last
      return { state: { ...state, span: movedSpan(segment, best, room) } }
    }
  }
}

const middle = ({ start, end }: Span) => Math.floor((start + end) / 2)

function begin({ anchor, tier, hit }: Extract<SegmentState, { name: 'pressed' }>, free: boolean, view: SegmentView): SegmentResult {
  const segment = hit && view.segment(hit.id)
  if (hit && segment && view.editable(segment.annotation) && (view.tool === 'select' || hit.kind === 'boundary')) {
    const span = { start: segment.start, end: segment.end }
    const state: SegmentState = hit.kind === 'boundary' ? { name: 'resizing', id: hit.id, side: hit.side, span } : { name: 'moving', id: hit.id, anchor, span }
    return { state, select: [hit.id] }
  }
  const at = free ? anchor : view.snap(anchor, null)
  if (view.tool === 'select') return { state: { name: 'ranging', anchor: at, to: at } }
  const target = tier ?? view.activeTier
  return target === null ? { state: idle, hint: 'no-tier' } : { state: { name: 'drawing', tier: target, anchor: at, span: null } }
}

function clicked({ anchor, tier, hit, shift }: Extract<SegmentState, { name: 'pressed' }>, view: SegmentView): SegmentResult {
  if (hit) {
    const ids = shift ? (view.selection.includes(hit.id) ? view.selection.filter((id) => id !== hit.id) : [...view.selection, hit.id]) : [hit.id]
    return { state: idle, select: ids, seek: anchor, range: null }
  }
  const room = tier !== null && view.tool === 'segment' ? view.room(tier, anchor, null) : null
  if (room?.tier.points) {
    const span = drawnSpan(room, anchor, anchor)
    if (span) return { ...draw(room, span, view), seek: anchor }
  }
  return { state: idle, select: [], seek: anchor, range: null }
}

function finished({ state, hint }: SegmentResult, view: SegmentView): SegmentResult {
  const hinted = hint ? { hint } : {}
  switch (state.name) {
    case 'drawing': {
      const room = view.room(state.tier, state.anchor, null)
      return state.span && room ? { ...draw(room, state.span, view), ...hinted } : { state: idle, ...hinted }
    }
    case 'ranging': {
      const span = { start: Math.min(state.anchor, state.to), end: Math.max(state.anchor, state.to) }
      return { state: idle, select: [], range: span.end > span.start ? span : null, seek: span.start }
    }
    case 'resizing': case 'moving': {
      const segment = view.segment(state.id)
      const edit = segment && respan(state.name === 'moving' ? 'move segment' : 'move boundary', segment, state.span, view.rate)
      return { state: idle, ...(edit ? { commit: edit } : {}), ...hinted }
    }
    default: return { state: idle, ...hinted }
  }
}

function draw({ tier, rate }: Room, span: Span, view: SegmentView): SegmentResult {
  const annotation = view.create(segmentGeometry(tier.id, span.start, span.end, rate))
  return { state: idle, commit: { name: tier.points ? 'mark point' : 'draw segment', diff: adding(annotation) }, select: [annotation.id], range: null, seek: span.start }
}

function hintOf(room: Room | null, span: Span | null, anchor: number, frame: number): Pick<SegmentResult, 'hint'> {
  if (!room) return { hint: 'outside-parent' }
  if (room.tier.overlap || room.tier.points) return {}
  const [low, high] = [Math.min(anchor, frame), Math.max(anchor, frame)]
  const blocked = room.row.segments.length > 0 && (span === null || (span.start > low && room.row.segments.some(({ end }) => end === span.start)) || (span.end < high && room.row.segments.some(({ start }) => start === span.end)))
  return blocked ? { hint: 'no-overlap' } : {}
}
