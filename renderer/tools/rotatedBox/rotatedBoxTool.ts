import { directionOf, rotatePoint, snapAngle } from '#shared/geometry/angle.ts'
import { clampPoint } from '#shared/geometry/bounds.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { rotatedBoxOnSide } from '#shared/geometry/rotatedBox.ts'
import { rounded } from '#shared/geometry/transform.ts'
import type { RotatedBox } from '#shared/model/geometry.ts'
import { finishDrawing } from '../draw.ts'
import { isClick, stay } from '../gesture.ts'
import type { Modifiers, Preview, StepResult, Tool, ToolEvent, ToolView } from '../tool.ts'

/** The angle steps, in degrees, of a side drawn with Shift. */
const snapDegrees = 15

export type RotatedBoxState =
  | { readonly kind: 'idle' }
  /** From the first point to the second, dragged (`pressed`) or by clicks. */
  | { readonly kind: 'siding'; readonly a: ImagePoint; readonly b: ImagePoint; readonly pressed: boolean }
  /** The first side stands; the pointer gives the width. */
  | { readonly kind: 'widening'; readonly a: ImagePoint; readonly b: ImagePoint; readonly at: ImagePoint }

type Step<Kind extends RotatedBoxState['kind']> = (
  state: Extract<RotatedBoxState, { kind: Kind }>, event: ToolEvent, view: ToolView,
) => StepResult<RotatedBoxState>

const initial: RotatedBoxState = { kind: 'idle' }

export const rotatedBoxTool: Tool<RotatedBoxState> = {
  id: 'rotated-box',
  initial,
  step: (state, event, view) => {
    if (event.type === 'cancel') return stay(initial)
    switch (state.kind) {
      case 'idle': return idle(state, event, view)
      case 'siding': return siding(state, event, view)
      case 'widening': return widening(state, event, view)
    }
  },
  preview: (state) => previewOf(state),
  marquee: () => null,
  hint: ({ kind }) => {
    if (kind === 'idle') return 'Drag along the first side, or click its two ends'
    return kind === 'siding' ? 'Shift: steps of 15°, ⌫ goes back, Esc cancels' : 'Click to set the width, ⌫ goes back, Esc cancels'
  },
  cursor: () => 'crosshair',
  busy: (state) => state.kind !== 'idle',
}

const idle: Step<'idle'> = (state, event, view) => {
  if (event.type !== 'pointer-down') return stay(state)
  const a = clampPoint(event.point, view.extent)
  return stay({ kind: 'siding', a, b: a, pressed: true })
}

const siding: Step<'siding'> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-move': return stay({ ...state, b: sideEnd(state.a, event.point, event.modifiers, view) })
    case 'pointer-down': return stay({ ...state, b: sideEnd(state.a, event.point, event.modifiers, view), pressed: true })
    case 'pointer-up': {
      if (!state.pressed) return stay(state)
      const b = sideEnd(state.a, event.point, event.modifiers, view)
      return stay(isClick(state.a, b, view) ? { ...state, b, pressed: false } : { kind: 'widening', a: state.a, b, at: b })
    }
    case 'complete': return stay(isClick(state.a, state.b, view) ? state : { kind: 'widening', a: state.a, b: state.b, at: state.b })
    case 'back': return stay(initial)
    default: return stay(state)
  }
}

const widening: Step<'widening'> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-down': case 'pointer-move': return stay({ ...state, at: clampPoint(event.point, view.extent) })
    case 'pointer-up': return complete({ ...state, at: clampPoint(event.point, view.extent) }, view)
    case 'complete': return complete(state, view)
    case 'back': return stay({ kind: 'siding', a: state.a, b: state.at, pressed: false })
    default: return stay(state)
  }
}

function sideEnd(a: ImagePoint, point: ImagePoint, modifiers: Modifiers, view: ToolView): ImagePoint {
  const end = clampPoint(point, view.extent)
  if (!modifiers.shift) return end
  const length = Math.hypot(end.x - a.x, end.y - a.y)
  return rotatePoint({ x: a.x + length, y: a.y }, a, snapAngle(directionOf(a, end), snapDegrees))
}

const boxOf = ({ a, b, at }: { readonly a: ImagePoint; readonly b: ImagePoint; readonly at: ImagePoint }): RotatedBox => rounded(rotatedBoxOnSide(a, b, at))

function previewOf(state: RotatedBoxState): Preview[] {
  if (state.kind === 'idle') return []
  if (state.kind === 'widening') return [{ geometry: boxOf(state), replaces: null, open: false }]
  return [{ geometry: { kind: 'polyline', points: [state.a.x, state.a.y, state.b.x, state.b.y] }, replaces: null, open: true }]
}

/** A width below a click's reach is not taken: the side waits for a farther point. */
function complete(state: Extract<RotatedBoxState, { kind: 'widening' }>, view: ToolView): StepResult<RotatedBoxState> {
  const box = boxOf(state)
  if (box.height * view.scale < 1 || box.width === 0 || box.height === 0) return stay(state)
  return finishDrawing(initial, 'draw rotated box', box, view)
}
