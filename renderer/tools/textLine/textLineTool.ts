import { clampPoint } from '#shared/geometry/bounds.ts'
import { distinct } from '#shared/geometry/crossing.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { polygonOfRing } from '#shared/geometry/polygon.ts'
import { ringArea, type Path } from '#shared/geometry/ring.ts'
import { hundredth } from '#shared/geometry/transform.ts'
import type { Geometry, TextLine } from '#shared/model/geometry.ts'
import { boxTool, type BoxState } from '../box/boxTool.ts'
import { finishDrawing } from '../draw.ts'
import { isClick, stay } from '../gesture.ts'
import { polygonTool, type PolygonState } from '../polygon/polygonTool.ts'
import { rotatedBoxTool, type RotatedBoxState } from '../rotatedBox/rotatedBoxTool.ts'
import type { Preview, StepResult, Tool, ToolEvent, ToolView } from '../tool.ts'
import { textLineWords as words } from './words.ts'

/** The name under which a new line goes to the log; whoever shows the text field waits for it. */
export const drawTextLine = 'draw text line'

export type TextLineState =
  | { readonly kind: 'idle' }
  /** A drag from corner to corner. */
  | { readonly kind: 'box'; readonly box: BoxState }
  /** With Shift: a drag along the text, then a click for its height. */
  | { readonly kind: 'rotated'; readonly rotated: RotatedBoxState }
  /** Four clicks, clockwise from where reading begins. */
  | { readonly kind: 'quad'; readonly points: Path; readonly at: ImagePoint }
  /** With Alt: any number of points, closed with Enter or on the first. */
  | { readonly kind: 'polygon'; readonly polygon: PolygonState }

const initial: TextLineState = { kind: 'idle' }

/** Draws text lines. The order of a new one is the next on the page; its baseline is left to those who need one. */
export const textLineTool: Tool<TextLineState> = {
  id: 'text-line',
  initial,
  step: (state, event, view) => {
    if (event.type === 'cancel') return stay(initial)
    const inner = asLines(view)
    switch (state.kind) {
      case 'idle': return event.type === 'pointer-down' ? begin(event, inner) : stay(state)
      case 'box': return inBox(state.box, event, inner)
      case 'rotated': return within(rotatedBoxTool, state.rotated, event, inner, (rotated) => ({ kind: 'rotated', rotated }))
      case 'polygon': return within(polygonTool, state.polygon, event, inner, (polygon) => ({ kind: 'polygon', polygon }))
      case 'quad': return inQuad(state, event, inner)
    }
  },
  preview: (state, view) => previewOf(state, asLines(view)),
  marquee: () => null,
  hint: (state) => {
    switch (state.kind) {
      case 'idle': return words.idle
      case 'quad': return words.quad(state.points.length / 2)
      case 'box': return boxTool.hint(state.box)
      case 'rotated': return rotatedBoxTool.hint(state.rotated)
      case 'polygon': return polygonTool.hint(state.polygon)
    }
  },
  cursor: () => 'crosshair',
  busy: (state) => state.kind !== 'idle',
}

/** The view in which every shape that is made becomes the outline of a line. */
const asLines = (view: ToolView): ToolView => Object.create(view, { create: { value: (geometry: Geometry) => view.create(lineOf(geometry)) } }) as ToolView

function lineOf(geometry: Geometry): Geometry {
  if (geometry.kind !== 'box' && geometry.kind !== 'rotated-box' && geometry.kind !== 'polygon') return geometry
  return { kind: 'text-line', outline: geometry, baseline: null } satisfies TextLine
}

type Down = Extract<ToolEvent, { type: 'pointer-down' }>

function begin(event: Down, view: ToolView): StepResult<TextLineState> {
  if (event.modifiers.shift) return within(rotatedBoxTool, rotatedBoxTool.initial, plain(event), view, (rotated) => ({ kind: 'rotated', rotated }))
  if (event.modifiers.alt) return within(polygonTool, polygonTool.initial, plain(event), view, (polygon) => ({ kind: 'polygon', polygon }))
  return inBox(boxTool.initial, event, view)
}

/** The key that chose the shape means nothing more to it. */
const plain = <E extends ToolEvent>(event: E): E => ('modifiers' in event ? { ...event, modifiers: { ...event.modifiers, shift: false, alt: false } } : event)

function within<State>(
  tool: Tool<State>, state: State, event: ToolEvent, view: ToolView, wrap: (state: State) => TextLineState,
): StepResult<TextLineState> {
  const { state: next, commit, select } = tool.step(state, plain(event), view)
  return {
    state: tool.busy(next) ? wrap(next) : initial,
    ...(commit && { commit: { ...commit, name: drawTextLine } }), ...(select && { select }),
  }
}

/** A drag makes a box; a click without one was the first corner of a quadrilateral. */
function inBox(box: BoxState, event: ToolEvent, view: ToolView): StepResult<TextLineState> {
  const result = within(boxTool, box, event, view, (next) => ({ kind: 'box', box: next }))
  if (result.state.kind !== 'box' || result.state.box.kind !== 'stretching') return result
  const { x, y } = result.state.box.start
  return stay({ kind: 'quad', points: [x, y], at: { x, y } })
}

function inQuad(state: Extract<TextLineState, { kind: 'quad' }>, event: ToolEvent, view: ToolView): StepResult<TextLineState> {
  switch (event.type) {
    case 'pointer-move': return stay({ ...state, at: placed(event.point, view) })
    case 'pointer-down': {
      const at = placed(event.point, view)
      const last = { x: state.points.at(-2)!, y: state.points.at(-1)! }
      return stay(isClick(last, at, view) ? { ...state, at } : { ...state, points: [...state.points, at.x, at.y], at })
    }
    case 'pointer-up': return state.points.length === 8 ? completeQuad(state.points, view) : stay(state)
    case 'back': return stay(state.points.length > 2 ? { ...state, points: state.points.slice(0, -2) } : initial)
    default: return stay(state)
  }
}

function placed(point: ImagePoint, view: ToolView): ImagePoint {
  const { x, y } = clampPoint(point, view.extent)
  return { x: hundredth(x), y: hundredth(y) }
}

function completeQuad(points: Path, view: ToolView): StepResult<TextLineState> {
  if (distinct(points).length < 4 || ringArea(points) === 0) return stay({ kind: 'quad', points: points.slice(0, -2), at: { x: points[6]!, y: points[7]! } })
  return finishDrawing<TextLineState>(initial, drawTextLine, lineOf(polygonOfRing(points)), view)
}

function previewOf(state: TextLineState, view: ToolView): readonly Preview[] {
  switch (state.kind) {
    case 'idle': return []
    case 'box': return boxTool.preview(state.box, view)
    case 'rotated': return rotatedBoxTool.preview(state.rotated, view)
    case 'polygon': return polygonTool.preview(state.polygon, view)
    case 'quad': return [{ geometry: polygonOfRing([...state.points, state.at.x, state.at.y]), replaces: null, open: true }]
  }
}
