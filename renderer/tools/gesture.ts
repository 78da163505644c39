import type { ImagePoint } from '#shared/geometry/point.ts'
import type { StepResult, ToolView } from './tool.ts'
import type { Edit } from './edited.ts'

/** Below this many CSS pixels a drag is a click. */
export const clickSlop = 3
/** Within this many CSS pixels a point snaps, or meets the first vertex. */
export const snapReach = 6

/** The distance of two points in CSS pixels. */
export const cssDistance = (a: ImagePoint, b: ImagePoint, view: ToolView): number => Math.hypot(a.x - b.x, a.y - b.y) * view.scale
export const isClick = (a: ImagePoint, b: ImagePoint, view: ToolView): boolean => cssDistance(a, b, view) < clickSlop

/** The result of a step that only changes the state. */
export const stay = <State>(state: State): StepResult<State> => ({ state })

/** The result of a gesture's end; without an edit nothing is saved. */
export const finish = <State>(state: State, edit: Edit | null, select?: StepResult<State>['select']): StepResult<State> => ({
  state, ...(edit && { commit: edit }), ...(select && { select }),
})
