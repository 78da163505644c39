import { boxTool } from './box/boxTool.ts'
import { clickToSegmentTool } from './clickToSegment/clickToSegmentTool.ts'
import { panTool } from './pan/panTool.ts'
import { polygonTool } from './polygon/polygonTool.ts'
import { rotatedBoxTool } from './rotatedBox/rotatedBoxTool.ts'
import { selectedVertex, selectTool } from './select/selectTool.ts'
import type { VertexOf } from './select/state.ts'
import { textLineTool } from './textLine/textLineTool.ts'
import type { Hit, Preview, Question, StepResult, Tool, ToolEvent, ToolId, ToolView } from './tool.ts'

/** A tool together with the state it is in, for a canvas that need not know which tool it holds. Each step gives the next one. */
export interface RunningTool {
  readonly id: ToolId
  readonly step: (event: ToolEvent, view: ToolView) => Omit<StepResult<RunningTool>, 'state'> & { readonly next: RunningTool }
  readonly preview: (view: ToolView) => readonly Preview[]
  readonly marquee: ReturnType<Tool<unknown>['marquee']>
  readonly hint: string
  readonly cursor: (hits: readonly Hit[]) => string
  readonly busy: boolean
  /** The question that waits for a model's answer. */
  readonly question: Question | null
  /** The selected vertex, for the canvas to show; only the select tool has one. */
  readonly vertex: VertexOf | null
}

const starters: { readonly [Id in ToolId]: () => RunningTool } = {
  select: () => hold(selectTool, selectTool.initial, selectedVertex),
  pan: () => hold(panTool, panTool.initial),
  box: () => hold(boxTool, boxTool.initial),
  'rotated-box': () => hold(rotatedBoxTool, rotatedBoxTool.initial),
  polygon: () => hold(polygonTool, polygonTool.initial),
  'text-line': () => hold(textLineTool, textLineTool.initial),
  'click-to-segment': () => hold(clickToSegmentTool, clickToSegmentTool.initial),
}

/** The tool in its first state. */
export const startTool = (id: ToolId): RunningTool => starters[id]()

const noVertex = () => null

function hold<State>(tool: Tool<State>, state: State, vertexOf: (state: State) => VertexOf | null = noVertex): RunningTool {
  return {
    id: tool.id,
    step: (event, view) => {
      const { state: next, ...asks } = tool.step(state, event, view)
      return { ...asks, next: hold(tool, next, vertexOf) }
    },
    preview: (view) => tool.preview(state, view),
    marquee: tool.marquee(state),
    hint: tool.hint(state),
    cursor: (hits) => tool.cursor(state, hits),
    busy: tool.busy(state),
    question: tool.question?.(state) ?? null,
    vertex: vertexOf(state),
  }
}
