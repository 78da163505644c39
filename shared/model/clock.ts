import { z } from 'zod'

/**
 * A hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014) as text whose order is the clock's order:
 * 12 hex digits of milliseconds, 4 of a counter, 8 characters naming the copy of the project that made it.
 */
export const Clock = z.string().regex(/^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-z]{8}$/u, 'must be a clock reading').brand<'clock'>()
export type Clock = z.infer<typeof Clock>

const counterLimit = 0xffff

/** The reading after `last`, at wall time `nowMs`: later than both, even when the wall clock stands or goes back. */
export function tick(last: Clock | null, nowMs: number, node: string): Clock {
  const wall = Math.max(0, Math.floor(nowMs))
  if (last === null) return format(wall, 0, node)
  const lastWall = wallMs(last)
  if (wall > lastWall) return format(wall, 0, node)
  const counter = parseInt(last.slice(13, 17), 16)
  return counter < counterLimit ? format(lastWall, counter + 1, node) : format(lastWall + 1, 0, node)
}

/** The wall time of a reading in milliseconds since 1970. */
export const wallMs = (clock: Clock): number => parseInt(clock.slice(0, 12), 16)

function format(wall: number, counter: number, node: string): Clock {
  return `${wall.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${node}` as Clock
}
