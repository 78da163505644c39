import { boxOfDrag } from '#shared/geometry/box.ts'
import { clampPoint } from '#shared/geometry/bounds.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { rounded } from '#shared/geometry/transform.ts'
import type { Box } from '#shared/model/geometry.ts'
import { finishDrawing } from '../draw.ts'
import { isClick, stay } from '../gesture.ts'
import type { Modifiers, StepResult, Tool, ToolEvent, ToolView } from '../tool.ts'

/** Where the first corner is, where the pointer is, and what is held. */
interface Corners { readonly start: ImagePoint; readonly at: ImagePoint; readonly modifiers: Modifiers }

export type BoxState =
  | { readonly kind: 'idle' }
  /** The button is down and has not moved: a click or the beginning of a drag. */
  | ({ readonly kind: 'pointing' } & Corners)
  /** The button is down and moves. */
  | ({ readonly kind: 'dragging' } & Corners)
  /** After a click: the next click gives the second corner. */
  | ({ readonly kind: 'stretching' } & Corners)

type Step<State extends BoxState> = (state: State, event: ToolEvent, view: ToolView) => StepResult<BoxState>
type In<Kind extends BoxState['kind']> = Extract<BoxState, { kind: Kind }>

const initial: BoxState = { kind: 'idle' }

export const boxTool: Tool<BoxState> = {
  id: 'box',
  initial,
  step: (state, event, view) => {
    if (event.type === 'cancel' || event.type === 'back') return stay(initial)
    switch (state.kind) {
      case 'idle': return idle(state, event, view)
      case 'pointing': return pointing(state, event, view)
      case 'dragging': return dragging(state, event, view)
      case 'stretching': return stretching(state, event, view)
    }
  },
  preview: (state, view) => {
    if (state.kind === 'idle' || state.kind === 'pointing') return []
    return [{ geometry: boxOf(state, view), replaces: null, open: false }]
  },
  marquee: () => null,
  hint: ({ kind }) => {
    if (kind === 'idle') return 'Drag, or click two corners'
    return kind === 'stretching' ? 'Click the opposite corner, Esc cancels' : 'Shift: square, Alt: from the centre, Esc cancels'
  },
  cursor: () => 'crosshair',
  busy: (state) => state.kind !== 'idle',
}

const idle: Step<In<'idle'>> = (state, event, view) => {
  if (event.type !== 'pointer-down') return stay(state)
  const start = clampPoint(event.point, view.extent)
  return stay({ kind: 'pointing', start, at: start, modifiers: event.modifiers })
}

const pointing: Step<In<'pointing'>> = (state, event, view) => {
  if (event.type === 'pointer-up') return stay<BoxState>({ ...state, kind: 'stretching' })
  if (event.type !== 'pointer-move' || isClick(state.start, event.point, view)) return stay(state)
  return stay<BoxState>({ ...moved(state, event), kind: 'dragging' })
}

const dragging: Step<In<'dragging'>> = (state, event, view) => {
  if (event.type === 'pointer-move') return stay(moved(state, event))
  return event.type === 'pointer-up' ? complete(moved(state, event), view) : stay(state)
}

const stretching: Step<In<'stretching'>> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-down': case 'pointer-move': return stay(moved(state, event))
    case 'pointer-up': return complete(moved(state, event), view)
    case 'complete': return complete(state, view)
    default: return stay(state)
  }
}

const moved = <State extends Corners>(state: State, event: { readonly point: ImagePoint; readonly modifiers: Modifiers }): State =>
  ({ ...state, at: event.point, modifiers: event.modifiers })

function boxOf({ start, at, modifiers }: Corners, view: ToolView): Box {
  return rounded(boxOfDrag(start, clampPoint(at, view.extent), { square: modifiers.shift, fromCentre: modifiers.alt }, view.extent))
}

/** A box without an area is no box: the gesture ends and nothing is saved. */
function complete(state: Corners, view: ToolView): StepResult<BoxState> {
  const box = boxOf(state, view)
  if (isClick(state.start, state.at, view) || box.width === 0 || box.height === 0) return stay(initial)
  return finishDrawing(initial, 'draw box', box, view)
}
