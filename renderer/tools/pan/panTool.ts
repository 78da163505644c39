import { stay } from '../gesture.ts'
import type { Tool } from '../tool.ts'

/** Moving the view is the canvas' own work; this tool changes nothing. */
export interface PanState { readonly kind: 'idle' }

const idle: PanState = { kind: 'idle' }

export const panTool: Tool<PanState> = {
  id: 'pan',
  initial: idle,
  step: () => stay(idle),
  preview: () => [],
  marquee: () => null,
  hint: () => 'Drag moves the picture, the wheel zooms',
  cursor: () => 'grab',
  busy: () => false,
}
