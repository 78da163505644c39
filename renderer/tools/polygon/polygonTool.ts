import { clampPoint } from '#shared/geometry/bounds.ts'
import { crossesItself, distinct } from '#shared/geometry/crossing.ts'
import { convexHull } from '#shared/geometry/hull.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import { pointAt, pointCount, ringArea, type Path } from '#shared/geometry/ring.ts'
import { simplifyPath } from '#shared/geometry/simplify.ts'
import { hundredth } from '#shared/geometry/transform.ts'
import { finishDrawing } from '../draw.ts'
import { cssDistance, isClick, snapReach, stay } from '../gesture.ts'
import { snapPoint, wantsSnap } from '../snap.ts'
import type { Modifiers, StepResult, Tool, ToolEvent, ToolView } from '../tool.ts'

/** How far, in CSS pixels, a freehand line may be from its simplified one. */
const freehandTolerance = 1

interface Ring { readonly points: Path; readonly at: ImagePoint }

export type PolygonState =
  | { readonly kind: 'idle' }
  /** Between clicks: the last edge follows the pointer. `crosses` when the ring would cross itself if it closed now. */
  | ({ readonly kind: 'placing'; readonly crosses: boolean } & Ring)
  /** The button is down: on the vertex it set, or on the first one (`closing`). */
  | ({ readonly kind: 'pressing'; readonly closing: boolean } & Ring)
  /** The button is down and draws freehand. */
  | ({ readonly kind: 'tracing'; readonly trail: Path } & Ring)

type Pointer = { readonly point: ImagePoint; readonly modifiers: Modifiers }
type Step<Kind extends PolygonState['kind']> = (
  state: Extract<PolygonState, { kind: Kind }>, event: ToolEvent, view: ToolView,
) => StepResult<PolygonState>

const initial: PolygonState = { kind: 'idle' }

export const polygonTool: Tool<PolygonState> = {
  id: 'polygon',
  initial,
  step: (state, event, view) => {
    if (event.type === 'cancel') return stay(initial)
    switch (state.kind) {
      case 'idle': return idle(state, event, view)
      case 'placing': return placing(state, event, view)
      case 'pressing': return pressing(state, event, view)
      case 'tracing': return tracing(state, event, view)
    }
  },
  preview: (state) => {
    if (state.kind === 'idle') return []
    const trail = state.kind === 'tracing' ? state.trail : []
    return [{ geometry: polygonOfRing([...state.points, ...trail, state.at.x, state.at.y]), replaces: null, open: true }]
  },
  marquee: () => null,
  hint: (state) => {
    if (state.kind === 'idle') return 'Click sets a vertex, drag draws freehand, Alt snaps to other shapes'
    if (state.kind === 'placing' && state.crosses) return 'The ring crosses itself. Enter closes it all the same, ⌫ removes a point, Esc cancels'
    return 'Enter closes, ⌫ removes a point, Esc cancels'
  },
  cursor: () => 'crosshair',
  busy: (state) => state.kind !== 'idle',
}

const idle: Step<'idle'> = (state, event, view) => {
  if (event.type !== 'pointer-down') return stay(state)
  const at = placed(event, view)
  return stay({ kind: 'pressing', points: [at.x, at.y], at, closing: false })
}

const placing: Step<'placing'> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-move': return stay(place(state.points, placed(event, view)))
    case 'pointer-down': return stay(press(state.points, event, view))
    case 'complete': return complete(state, view)
    case 'back': return stay(withoutLast(state))
    default: return stay(state)
  }
}

const pressing: Step<'pressing'> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-move': {
      if (isClick(pointAt(state.points, pointCount(state.points) - 1), event.point, view) || state.closing) return stay({ ...state, at: placed(event, view) })
      const at = placed(event, view)
      return stay({ kind: 'tracing', points: state.points, at, trail: [at.x, at.y] })
    }
    case 'pointer-up': return state.closing ? complete(state, view) : stay(place(state.points, state.at))
    case 'complete': return complete(state, view)
    case 'back': return stay(withoutLast(state))
    default: return stay(state)
  }
}

const tracing: Step<'tracing'> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-move': return stay(trace(state, placed(event, view)))
    case 'pointer-up': return endTrace(trace(state, placed(event, view)), view)
    case 'complete': return complete({ ...state, points: joinTrail(state, view) }, view)
    // The stroke goes, what stood before it stays.
    case 'back': return stay(place(state.points, state.at))
    default: return stay(state)
  }
}

/** Where a pointer event puts a vertex: on another shape's border when asked for, else to a hundredth of a pixel, inside the image. */
function placed({ point, modifiers }: Pointer, view: ToolView): ImagePoint {
  const snapped = wantsSnap(modifiers) ? snapPoint(point, view) : null
  if (snapped) return snapped
  const { x, y } = clampPoint(point, view.extent)
  return { x: hundredth(x), y: hundredth(y) }
}

function place(points: Path, at: ImagePoint): PolygonState {
  return { kind: 'placing', points, at, crosses: crossesItself([...points, at.x, at.y]) }
}

/** A press on the first vertex closes; one on the last (the second half of a double click) adds nothing. */
function press(points: Path, event: Pointer, view: ToolView): PolygonState {
  const at = placed(event, view)
  if (closable(points) && nearFirst(points, event.point, view)) return { kind: 'pressing', points, at: pointAt(points, 0), closing: true }
  if (isClick(pointAt(points, pointCount(points) - 1), at, view)) return { kind: 'pressing', points, at, closing: false }
  return { kind: 'pressing', points: [...points, at.x, at.y], at, closing: false }
}

function withoutLast({ points, at }: Ring): PolygonState {
  return pointCount(points) <= 1 ? initial : place(points.slice(0, -2), at)
}

const trace = (state: Extract<PolygonState, { kind: 'tracing' }>, at: ImagePoint) => ({ ...state, at, trail: [...state.trail, at.x, at.y] })

function endTrace(state: Extract<PolygonState, { kind: 'tracing' }>, view: ToolView): StepResult<PolygonState> {
  const points = joinTrail(state, view)
  const back = nearFirst(points, state.at, view)
  // A stroke that comes home closes the ring; its last point would double the first.
  if (back && closable(points.slice(0, -2))) return complete({ points: points.slice(0, -2) }, view)
  return stay(place(points, state.at))
}

/** The vertices with the simplified stroke behind them. */
function joinTrail({ points, trail }: { readonly points: Path; readonly trail: Path }, view: ToolView): number[] {
  const stroke = simplifyPath([...points.slice(-2), ...trail], freehandTolerance / view.scale)
  return [...points, ...stroke.slice(2)]
}

const nearFirst = (points: Path, point: ImagePoint, view: ToolView): boolean => cssDistance(pointAt(points, 0), point, view) <= snapReach

/** Whether the points make a ring: three that differ and are not on one line. */
const closable = (points: Path): boolean => distinct(points).length >= 3 && ringArea(convexHull(points)) > 0

function complete({ points }: { readonly points: Path }, view: ToolView): StepResult<PolygonState> {
  if (!closable(points)) return stay(place(points, pointAt(points, pointCount(points) - 1)))
  const ring = distinct(points).flatMap(({ x, y }) => [x, y])
  return finishDrawing(initial, 'draw polygon', polygonOfRing(ring), view)
}
