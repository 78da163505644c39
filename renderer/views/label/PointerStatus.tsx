import { useStore } from 'zustand'
import { pointerStore } from './pointer.ts'
import { words } from './words.ts'

export function PointerStatus() {
  const point = useStore(pointerStore, (state) => state.point)
  return point === null ? null : <span className="pointer">{words.cursor(point.x, point.y)}</span>
}
