import { adding } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { finish } from './gesture.ts'
import type { StepResult, ToolView } from './tool.ts'

/** The end of a drawing gesture: the new annotation is saved and selected. */
export function finishDrawing<State>(state: State, name: string, geometry: Geometry, view: ToolView): StepResult<State> {
  const annotation = view.create(geometry)
  return finish(state, { name, diff: adding(annotation) }, [annotation.id])
}
