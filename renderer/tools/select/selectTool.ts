import { boundsBetween } from '#shared/geometry/bounds.ts'
import { meetsRectangle } from '#shared/geometry/meets.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { moveVertex, removeVertex, vertexAt } from '#shared/geometry/vertex.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import { editOf } from '../edited.ts'
import { cssDistance, finish, isClick, snapReach, stay } from '../gesture.ts'
import type { Hit, StepResult, Tool, ToolEvent, ToolView } from '../tool.ts'
import { changeOne, changesOf, editableOf, midpointOf, moveBy, splitEdge } from './changes.ts'
import { cursorOf, hintOf } from './words.ts'
import { idleState, type Dragging, type LastClick, type SelectState, type VertexOf } from './state.ts'

type In<Kind extends SelectState['kind']> = Extract<SelectState, { kind: Kind }>
type Step<State extends SelectState> = (state: State, event: ToolEvent, view: ToolView) => StepResult<SelectState>
type Down = Extract<ToolEvent, { type: 'pointer-down' }>

export const selectTool: Tool<SelectState> = {
  id: 'select',
  initial: idleState,
  step: (state, event, view) => {
    switch (state.kind) {
      case 'idle': return idle(state, event, view)
      case 'pointing': return pointing(state, event, view)
      default: return dragging(state, event, view)
    }
  },
  preview: (state, view) => {
    if (!isDragging(state)) return []
    return changesOf(state, view).map(([from, to]) => ({ geometry: to.geometry, replaces: from.id, open: false }))
  },
  marquee: (state) => (state.kind === 'marquee' && state.moved ? boundsBetween(state.start, state.at) : null),
  hint: hintOf,
  cursor: cursorOf,
  busy: (state) => state.kind !== 'idle',
}

/** The vertex that is selected, for the canvas to show. */
export const selectedVertex = (state: SelectState): VertexOf | null => (state.kind === 'idle' ? state.vertex : state.kind === 'moving-vertex' ? state.vertex : null)

const isDragging = (state: SelectState): state is Dragging => state.kind !== 'idle' && state.kind !== 'pointing'

// Idle

const idle: Step<In<'idle'>> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-down': return press(state, event, view)
    case 'complete': return insertOnEdge(state, view)
    case 'back': return state.vertex ? dropVertex(state, state.vertex, view) : stay(state)
    case 'nudge': return nudge(state, event, view)
    case 'cancel':
      if (state.vertex) return stay(idleState)
      return view.selection.length > 0 ? finish(idleState, null, []) : stay(idleState)
    default: return stay(state)
  }
}

/** What lies on top decides: a grip, the middle of an edge, a shape, or nothing. */
function press(state: In<'idle'>, event: Down, view: ToolView): StepResult<SelectState> {
  const top = event.hits[0]
  const drag = { start: event.point, at: event.point, modifiers: event.modifiers, moved: false }
  if (top?.kind === 'handle' && editableOf(top.annotation, view)) return stay(grab(top, drag))
  const edge = selectedEdge(top, view)
  if (edge && nearMiddle(edge, event.point, view)) return stay({ kind: 'moving-vertex', vertex: edge, inserts: true, ...drag })
  const stack = [...new Set(event.hits.map(({ annotation }) => annotation))]
  if (stack.length === 0) return stay({ kind: 'marquee', ...drag })
  const pointed: SelectState = { kind: 'pointing', start: event.point, modifiers: event.modifiers, stack, edge, previous: state.click }
  // A press on what is selected may begin a move of the whole selection, so it stays until the button is up.
  if (event.modifiers.shift || stack.some((id) => view.selection.includes(id))) return stay(pointed)
  return finish(pointed, null, [stack[0]!])
}

function grab(top: Extract<Hit, { kind: 'handle' }>, drag: { start: ImagePoint; at: ImagePoint; modifiers: Down['modifiers']; moved: boolean }): SelectState {
  const { annotation, handle } = top
  switch (handle.kind) {
    case 'side': return { kind: 'resizing', annotation, side: handle.side, ...drag }
    case 'rotate': return { kind: 'rotating', annotation, ...drag }
    case 'vertex': return { kind: 'moving-vertex', vertex: { annotation, part: handle.part, ring: handle.ring, index: handle.index }, inserts: false, ...drag }
  }
}

/** The edge under the pointer, when it is of a selected shape that is mine to change. */
function selectedEdge(top: Hit | undefined, view: ToolView): VertexOf | null {
  if (top?.kind !== 'edge' || !view.selection.includes(top.annotation) || !editableOf(top.annotation, view)) return null
  return { annotation: top.annotation, part: top.part, ring: top.ring, index: top.after }
}

function nearMiddle(edge: VertexOf, point: ImagePoint, view: ToolView): boolean {
  const middle = midpointOf(view.annotation(edge.annotation)!.geometry, edge)
  return middle !== null && cssDistance(middle, point, view) <= snapReach
}

/** A double click on an edge sets a vertex where it was. */
function insertOnEdge({ click }: In<'idle'>, view: ToolView): StepResult<SelectState> {
  if (!click?.edge || click.times < 2) return stay({ ...idleState })
  const { edge, point } = click
  const edit = editOf('insert vertex', changeOne(edge.annotation, view, (geometry) => splitEdge(geometry, edge, point)))
  return finish({ ...idleState, vertex: edit && { ...edge, index: edge.index + 1 } }, edit)
}

/** Backspace on a selected vertex. Where the shape cannot lose it, nothing happens. */
function dropVertex(state: In<'idle'>, vertex: VertexOf, view: ToolView): StepResult<SelectState> {
  const edit = view.selection.includes(vertex.annotation) ? editOf('remove vertex', changeOne(vertex.annotation, view, (geometry) => removeVertex(geometry, vertex))) : null
  return finish({ ...state, vertex: null, click: null }, edit)
}

function nudge(state: In<'idle'>, { dx, dy }: Extract<ToolEvent, { type: 'nudge' }>, view: ToolView): StepResult<SelectState> {
  const { vertex } = state
  if (!vertex || !view.selection.includes(vertex.annotation)) return finish(idleState, editOf('move', moveBy(dx, dy, view)))
  const pairs = changeOne(vertex.annotation, view, (geometry) => {
    const from = vertexAt(geometry, vertex)
    return from && moveVertex(geometry, vertex, { x: from.x + dx, y: from.y + dy })
  })
  return finish({ ...state, click: null }, editOf('move vertex', pairs))
}

// Pointing

const pointing: Step<In<'pointing'>> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-move': return isClick(state.start, event.point, view) ? stay(state) : startMoving(state, event, view)
    case 'pointer-up': return click(state, view)
    case 'cancel': return stay(idleState)
    default: return stay(state)
  }
}

function startMoving(state: In<'pointing'>, event: Extract<ToolEvent, { type: 'pointer-move' }>, view: ToolView): StepResult<SelectState> {
  const moving: SelectState = { kind: 'moving', start: state.start, at: event.point, modifiers: event.modifiers, moved: true }
  const held = state.stack.some((id) => view.selection.includes(id))
  return held ? stay(moving) : finish(moving, null, [...view.selection, state.stack[0]!])
}

/** Shift toggles the topmost; a click at the same place again goes on to what lies below. */
function click({ start, modifiers, stack, edge, previous }: In<'pointing'>, view: ToolView): StepResult<SelectState> {
  const again = previous !== null && isClick(previous.point, start, view) && sameStack(previous.stack, stack)
  const last: LastClick = { point: again ? previous.point : start, times: again ? previous.times + 1 : 1, stack, edge: edge ?? (again ? previous.edge : null) }
  const state: SelectState = { kind: 'idle', vertex: null, click: last }
  if (modifiers.shift) return finish(state, null, toggled(view.selection, stack[0]!))
  if (edge) return finish(state, null, [edge.annotation])
  const next = again ? stack[(stack.findIndex((id) => view.selection.includes(id)) + 1) % stack.length]! : stack[0]!
  return finish(state, null, [next])
}

const sameStack = (a: readonly AnnotationId[], b: readonly AnnotationId[]): boolean => a.length === b.length && a.every((id) => b.includes(id))

const toggled = (selection: readonly AnnotationId[], id: AnnotationId): AnnotationId[] =>
  selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]

// Dragging: marquee, move, resize, rotate, vertex

const dragging: Step<Dragging> = (state, event, view) => {
  switch (event.type) {
    case 'pointer-move': return stay(dragged(state, event, view))
    case 'pointer-up': return drop(dragged(state, event, view), view)
    case 'cancel': return stay({ ...idleState, vertex: state.kind === 'moving-vertex' && !state.inserts ? state.vertex : null })
    default: return stay(state)
  }
}

function dragged(state: Dragging, event: Extract<ToolEvent, { type: 'pointer-move' | 'pointer-up' }>, view: ToolView): Dragging {
  const moved = state.moved || !isClick(state.start, event.point, view)
  return { ...state, at: moved ? event.point : state.start, modifiers: event.modifiers, moved }
}

function drop(state: Dragging, view: ToolView): StepResult<SelectState> {
  switch (state.kind) {
    case 'marquee': return finish(idleState, null, caught(state, view))
    case 'moving-vertex': return dropVertexDrag(state, view)
    default: return finish(idleState, state.moved ? editOf(dragNames[state.kind], changesOf(state, view)) : null)
  }
}

const dragNames = { moving: 'move', resizing: 'resize', rotating: 'rotate' } as const

function dropVertexDrag(state: In<'moving-vertex'>, view: ToolView): StepResult<SelectState> {
  const { vertex, inserts, moved, modifiers } = state
  if (inserts) {
    const edit = editOf('insert vertex', changesOf(state, view))
    return finish({ ...idleState, vertex: edit && { ...vertex, index: vertex.index + 1 } }, edit)
  }
  if (!moved && modifiers.alt) return dropVertex(idleState, vertex, view)
  return finish({ ...idleState, vertex }, moved ? editOf('move vertex', changesOf(state, view)) : null)
}

/** What a marquee selects: what it meets, and with Shift what was selected before. A click on nothing selects nothing. */
function caught({ start, at, modifiers, moved }: In<'marquee'>, view: ToolView): AnnotationId[] {
  const rectangle = boundsBetween(start, at)
  const met = moved ? view.within(rectangle).filter(({ geometry }) => meetsRectangle(geometry, rectangle)).map(({ id }) => id) : []
  return modifiers.shift ? [...new Set([...view.selection, ...met])] : met
}
