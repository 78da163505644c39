import { boundsBetween, boundsOf, clampPoint, containsPoint, unionAll } from '#shared/geometry/bounds.ts'
import { boxOfBounds } from '#shared/geometry/box.ts'
import type { Bounds, ImagePoint } from '#shared/geometry/point.ts'
import { rounded } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { adding, updating } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { editedByHuman, type Provenance } from '#shared/model/provenance.ts'
import type { Prompt } from '#shared/prelabel/prompt/prompt.ts'
import { boundsOfCutout } from '#shared/prelabel/prompt/cutout.ts'
import { strokePoints } from '#shared/prelabel/prompt/stroke.ts'
import { edited } from '../edited.ts'
import { isClick, stay } from '../gesture.ts'
import type { CutoutSettings, Found, Modifiers, Preview, Question, StepResult, Tool, ToolEvent, ToolView } from '../tool.ts'
import { areaOf, isRefinable, shapeOf } from './shape.ts'
import { cleared, initial, promptOf, type ClickToSegmentState, type Press, type Shown } from './state.ts'
import { clickToSegmentWords as words } from './words.ts'

export type { ClickToSegmentState } from './state.ts'

type State = ClickToSegmentState
type Result = StepResult<State>

/** The names under which its gestures go to the log. */
export const segmentObject = 'segment object'
export const refineShape = 'refine shape'

/** A point of a stroke every so many CSS pixels. */
const strokeSpacing = 24
const plainSettings: CutoutSettings = { tolerance: 1, output: 'polygon' }

/**
 * Clicks, strokes and boxes become a shape with a model's help. The tool asks (`question`) and goes on when the answer comes as an
 * event; what is shown before the model is ready is kept and answered then.
 */
export const clickToSegmentTool: Tool<State> = {
  id: 'click-to-segment',
  initial,
  step: (state, event, view) => {
    switch (event.type) {
      case 'pointer-down': return stay({ ...state, press: pressOf(event.point, event.modifiers, view), failure: null })
      case 'pointer-move': return stay(moved(state, event, view))
      case 'pointer-up': return stay(released(state, event.point, view))
      case 'complete': return complete(state, view)
      case 'cancel': return cancel(state, view)
      case 'back': return stay(withoutLast(state, view))
      case 'answer': return answered(state, event.number, event.found, view)
      case 'no-answer': return stay(event.number === state.question?.number ? { ...state, question: null, accepting: false, failure: state.question.hover ? null : event.why } : state)
      case 'preparing': return stay({ ...state, preparing: event.what })
      case 'nudge': return stay(state)
    }
  },
  preview,
  marquee: () => null,
  hint,
  cursor: () => 'crosshair',
  busy: (state) => state.shown.length > 0 || state.press !== null,
  question: ({ question }) => question,
}

function pressOf(point: ImagePoint, { shift, alt, mod }: Modifiers, view: ToolView): Press {
  const start = clampPoint(point, view.extent)
  return { kind: 'pointing', start, at: start, positive: !shift && !alt, stroke: mod || shift || alt, trail: [start.x, start.y] }
}

function moved(state: State, { point, modifiers }: Extract<ToolEvent, { type: 'pointer-move' }>, view: ToolView): State {
  if (state.press) return { ...state, press: dragged(state.press, point, view) }
  if (state.shown.length > 0) return state
  const target = targetOf(state, view)?.id ?? null
  if (target !== null || modifiers.shift || modifiers.alt) return { ...state, target, hover: null, question: null }
  return hovering({ ...state, target }, point, view)
}

function dragged(press: Press, point: ImagePoint, view: ToolView): Press {
  const at = clampPoint(point, view.extent)
  if (press.kind === 'pointing' && isClick(press.start, at, view)) return press
  const kind = press.stroke ? 'stroking' : 'boxing'
  return { ...press, kind, at, trail: [...press.trail, at.x, at.y] }
}

/** Asks what the pointer is on; outside the image nothing is. What was found stays in sight until the next is. */
function hovering(state: State, point: ImagePoint, view: ToolView): State {
  const inside = view.extent === null || containsPoint(view.extent, point)
  if (!inside) return { ...state, hover: null, question: null }
  return asking({ ...state, hover: stillOn(state, point) }, { points: [{ ...point, positive: true }], box: null }, { hover: true })
}

/** The mask under the pointer, as long as the pointer stays within its bounds. */
function stillOn({ hover }: State, { x, y }: ImagePoint): State['hover'] {
  return hover?.found && containsPoint(boundsOfCutout(hover.found.cutout), { x, y }) ? hover : null
}

function released(state: State, point: ImagePoint, view: ToolView): State {
  if (!state.press) return state
  const press = dragged(state.press, point, view)
  const shown = shownBy(press, view)
  const without = { ...state, press: null }
  // What the pointer rested on is answered already.
  if (press.kind === 'pointing' && press.positive && state.shown.length === 0 && state.hover?.found && isClick(state.hover.at, press.start, view)) {
    return { ...without, shown: [shown], question: null, answered: { number: state.hover.number, found: state.hover.found }, hover: null, target: null }
  }
  const target = state.shown.length === 0 ? targetOf(state, view) : null
  if (!press.positive && state.shown.length === 0 && !target) return { ...without, failure: words.firstWhatBelongs }
  return withShown({ ...without, hover: null, target: target?.id ?? state.target }, shown, view)
}

function shownBy(press: Press, view: ToolView): Shown {
  if (press.kind === 'boxing') return { kind: 'box', box: boundsBetween(press.start, press.at) }
  if (press.kind === 'stroking') return { kind: 'points', points: strokePoints(press.trail, press.positive, strokeSpacing / view.scale) }
  return { kind: 'points', points: [{ ...press.start, positive: press.positive }] }
}

function withShown(state: State, shown: Shown, view: ToolView): State {
  return askingAll({ ...state, shown: [...state.shown, shown] }, state.answered?.found ? state.answered.number : null, view)
}

/** Asks for all that is shown: from the answer before, else from the shape that is refined. */
function askingAll(state: State, previous: number | null, view: ToolView): State {
  const target = state.target === null ? undefined : view.annotation(state.target)
  const prompt = promptOf(state.shown)
  return asking(state, { ...prompt, box: prompt.box ?? (target ? boxAround(target, prompt) : null) }, { previous, start: target && previous === null ? areaOf(target.geometry) : null })
}

/**
 * A shape that is refined is boxed as well, with what is said to belong to it: with points alone, and with none that belong above all, a
 * model goes its own way and leaves the shape behind.
 */
const boxAround = ({ geometry }: Annotation, { points }: Prompt): Bounds | null =>
  unionAll([boundsOf(geometry), ...points.filter(({ positive }) => positive).map((point) => boundsBetween(point, point))])

function asking(state: State, prompt: Prompt, { hover = false, start = null, previous = null }: Partial<Question>): State {
  const number = state.asked + 1
  return { ...state, asked: number, accepting: false, failure: null, question: { number, prompt, previous, start, hover } }
}

/** The last click, stroke or box goes; the rest is asked anew from the beginning. A box that is being dragged goes first. */
function withoutLast(state: State, view: ToolView): State {
  if (state.press) return { ...state, press: null }
  const shown = state.shown.slice(0, -1)
  if (shown.length === 0) return state.shown.length === 0 ? state : cleared(state)
  return askingAll({ ...state, shown, answered: null }, null, view)
}

function answered(state: State, number: number, found: Found | null, view: ToolView): Result {
  if (number !== state.question?.number) return stay(state)
  const { question } = state
  if (question.hover) {
    const [at] = question.prompt.points
    return stay({ ...state, question: null, hover: at ? { number, found, at } : null })
  }
  const next = { ...state, question: null, answered: { number, found } }
  return state.accepting ? complete({ ...next, accepting: false }, view) : stay(next)
}

function cancel(state: State, view: ToolView): Result {
  if (state.press) return stay({ ...state, press: null })
  if (state.shown.length > 0) return stay(cleared(state))
  // With nothing under way, a selected shape is let go, so that the next click begins a new one.
  return targetOf(state, view) ? { state, select: [] } : stay(state)
}

function complete(state: State, view: ToolView): Result {
  if (state.press || state.shown.length === 0) return stay({ ...state, press: null })
  if (state.question) return stay({ ...state, accepting: true })
  const found = state.answered?.found
  if (!found) return stay(state)
  const geometry = rounded(shapeOf(found.cutout, view.cutouts ?? plainSettings))
  const origin = { ...found.origin, settings: { ...found.origin.settings, prompts: promptOf(state.shown), ...view.cutouts } }
  const target = state.target === null ? undefined : view.annotation(state.target)
  return target ? refined(state, target, geometry, origin) : added(state, geometry, origin, view)
}

/** The shape is the person's; that a model cut it out stays on record. */
function added(state: State, geometry: Geometry, origin: Found['origin'], view: ToolView): Result {
  const annotation: Annotation = { ...view.create(geometry), provenance: { by: 'human', origin } }
  return { state: { ...cleared(state), accepted: annotation.id }, commit: { name: segmentObject, diff: adding(annotation) }, select: [annotation.id] }
}

function refined(state: State, target: Annotation, geometry: Geometry, origin: Found['origin']): Result {
  const was = editedByHuman(target.provenance)
  const provenance: Provenance = { by: 'human', origin: was.by === 'human' && was.origin ? was.origin : origin }
  const to = { ...edited(target, { geometry }), provenance }
  return { state: { ...cleared(state), accepted: target.id }, commit: { name: refineShape, diff: updating([target, to]) }, select: [target.id] }
}

/** The one selected shape, where clicks can refine it and it was not just made here. */
function targetOf(state: State, view: ToolView): Annotation | null {
  const [id, ...others] = view.selection
  if (id === undefined || others.length > 0 || id === state.accepted) return null
  const annotation = view.annotation(id)
  return annotation && isRefinable(annotation) && view.editable(annotation) ? annotation : null
}

function preview(state: State, view: ToolView): readonly Preview[] {
  const settings = view.cutouts ?? plainSettings
  const prompts = promptOf(state.shown).points
  const found = state.shown.length > 0 ? state.answered?.found : state.hover?.found
  const cut: Preview[] = found ? [{ geometry: shapeOf(found.cutout, settings), replaces: state.shown.length > 0 ? state.target : null, open: false, tentative: state.shown.length === 0, prompts }] : []
  const marks: Preview[] = !found && prompts.length > 0 ? [{ geometry: { kind: 'points', points: prompts.flatMap(({ x, y }) => [x, y]) }, replaces: null, open: false, prompts }] : []
  return [...cut, ...marks, ...pressPreview(state.press)]
}

function pressPreview(press: Press | null): Preview[] {
  if (press?.kind === 'boxing') return [{ geometry: boxOfBounds(boundsBetween(press.start, press.at)), replaces: null, open: false, tentative: true }]
  if (press?.kind === 'stroking') return [{ geometry: { kind: 'polyline', points: [...press.trail] }, replaces: null, open: false, tentative: true }]
  return []
}

function hint(state: State): string {
  const { press, shown, preparing, failure, accepting, question, answered } = state
  if (press?.kind === 'boxing') return words.box
  if (press?.kind === 'stroking') return press.positive ? words.stroke : words.strokeNot
  if (failure !== null) return failure
  if (preparing !== null) return shown.length > 0 ? words.kept(preparing) : words.preparing(preparing)
  if (accepting) return words.accepting
  if (shown.length === 0) return state.target === null ? words.idle : words.refine
  if (question) return words.asking
  return answered && !answered.found ? words.nothing : words.shown
}
