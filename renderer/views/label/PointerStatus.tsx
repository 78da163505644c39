import { useStore } from 'zustand'
import { pointerStore } from './pointer.ts'
import { words } from './words.ts'

/** Its place is kept while the pointer is elsewhere, so that nothing beside it moves. */
export function PointerStatus() {
  const point = useStore(pointerStore, (state) => state.point)
  return <span className="pointer">{point === null ? '' : words.cursor(point.x, point.y)}</span>
}
