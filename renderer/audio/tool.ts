import { createStore } from 'zustand/vanilla'
import type { AudioTool } from './segmentTool.ts'

/** The sound tool in hand; it stays from item to item. */
export const audioTool = createStore<{ readonly tool: AudioTool }>(() => ({ tool: 'segment' }))
