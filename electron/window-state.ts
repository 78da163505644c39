import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** Where the window was, in the screen's points, and how it looked: so that the next one opens there without a flash. */
export const WindowState = z.object({
  x: z.int().nullable(), y: z.int().nullable(),
  width: z.int().min(640).max(16_384), height: z.int().min(400).max(16_384),
  maximized: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type WindowState = z.infer<typeof WindowState>

interface Area { x: number, y: number, width: number, height: number }

const first: WindowState = { x: null, y: null, width: 1440, height: 900, maximized: false, theme: 'system' }

/** Never fails: a missing or damaged file is a first start. */
export function readWindowState(path: string): WindowState {
  try {
    return WindowState.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return first
  }
}

/** Not worth an error where the disk is full or read-only. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state))
  } catch {
    return
  }
}

/** The state on the screens there are now: no larger than the first, and not on one that was unplugged. */
export function fitted(state: WindowState, screens: Area[]): WindowState {
  const largest = screens[0]
  if (!largest) return state
  const width = Math.min(state.width, largest.width)
  const height = Math.min(state.height, largest.height)
  const { x, y } = state
  const visible = x !== null && y !== null && screens.some((screen) =>
    x + width / 2 > screen.x && x + width / 2 < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height)
  return { ...state, width, height, x: visible ? x : null, y: visible ? y : null }
}
