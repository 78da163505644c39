import type { HandleId, Hit } from '../tool.ts'
import type { SelectState } from './state.ts'

/** The status bar's line for each state of the select tool. */
export function hintOf(state: SelectState): string {
  switch (state.kind) {
    case 'idle': return state.vertex ? '⌫ removes the vertex, arrows move it, Esc lets go' : 'Click selects, again goes below, Shift adds, drag on nothing selects an area'
    case 'pointing': return 'Drag moves'
    case 'marquee': return 'Selects what it touches, Shift adds, Esc cancels'
    case 'moving': return 'Shift: along one axis, Esc cancels'
    case 'resizing': return 'Shift: keep proportions, Alt: from the centre, Esc cancels'
    case 'rotating': return 'Shift: steps of 15°, Esc cancels'
    case 'moving-vertex': return 'Alt snaps to other shapes, Esc cancels'
  }
}

const sideCursors = { n: 'ns-resize', s: 'ns-resize', e: 'ew-resize', w: 'ew-resize', ne: 'nesw-resize', sw: 'nesw-resize', nw: 'nwse-resize', se: 'nwse-resize' }

/** The CSS cursor for what is under the pointer, or for the drag under way. */
export function cursorOf(state: SelectState, hits: readonly Hit[]): string {
  switch (state.kind) {
    case 'moving': return 'move'
    case 'resizing': return sideCursors[state.side]
    case 'rotating': case 'moving-vertex': return 'grabbing'
    case 'marquee': return 'default'
    default: return hitCursor(hits[0])
  }
}

function hitCursor(hit: Hit | undefined): string {
  if (hit === undefined) return 'default'
  if (hit.kind === 'shape') return 'move'
  return hit.kind === 'edge' ? 'copy' : handleCursor(hit.handle)
}

function handleCursor(handle: HandleId): string {
  if (handle.kind === 'side') return sideCursors[handle.side]
  return handle.kind === 'rotate' ? 'grab' : 'pointer'
}
