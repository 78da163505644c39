import { boxTool, type BoxState } from './box/boxTool.ts'
import { clickToSegmentTool, type ClickToSegmentState } from './clickToSegment/clickToSegmentTool.ts'
import { panTool, type PanState } from './pan/panTool.ts'
import { polygonTool, type PolygonState } from './polygon/polygonTool.ts'
import { rotatedBoxTool, type RotatedBoxState } from './rotatedBox/rotatedBoxTool.ts'
import { selectTool } from './select/selectTool.ts'
import type { SelectState } from './select/state.ts'
import { textLineTool, type TextLineState } from './textLine/textLineTool.ts'
import type { Tool, ToolId } from './tool.ts'

/** Each tool with the type of its state. */
export interface ToolStates {
  readonly select: SelectState
  readonly pan: PanState
  readonly box: BoxState
  readonly 'rotated-box': RotatedBoxState
  readonly polygon: PolygonState
  readonly 'text-line': TextLineState
  readonly 'click-to-segment': ClickToSegmentState
}

export const tools: { readonly [Id in ToolId]: Tool<ToolStates[Id]> } = {
  select: selectTool, pan: panTool, box: boxTool, 'rotated-box': rotatedBoxTool, polygon: polygonTool, 'text-line': textLineTool,
  'click-to-segment': clickToSegmentTool,
}

/** How the toolbar shows a tool: its accessible name, its default key, and the name of its icon in lucide. */
export interface ToolEntry { readonly id: ToolId; readonly name: string; readonly key: string; readonly icon: string }

/** In the order of the toolbar. */
export const toolbar: readonly ToolEntry[] = [
  { id: 'select', name: 'Select', key: 'V', icon: 'mouse-pointer-2' },
  { id: 'pan', name: 'Pan', key: 'H', icon: 'hand' },
  { id: 'box', name: 'Box', key: 'B', icon: 'square' },
  { id: 'rotated-box', name: 'Rotated box', key: 'R', icon: 'diamond' },
  { id: 'polygon', name: 'Polygon', key: 'P', icon: 'pentagon' },
  { id: 'click-to-segment', name: 'Click to segment', key: 'S', icon: 'wand-sparkles' },
  { id: 'text-line', name: 'Text line', key: 'T', icon: 'text-cursor-input' },
]
