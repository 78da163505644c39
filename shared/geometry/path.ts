import type { ImagePoint } from './point.ts'
import type { Path } from './ring.ts'

/** The path with point `index` at another place; unchanged when there is no such point. */
export function movePoint(path: Path, index: number, { x, y }: ImagePoint): number[] {
  const moved = [...path]
  if (index >= 0 && index * 2 + 1 < path.length) moved.splice(index * 2, 2, x, y)
  return moved
}

/** The path with a new point behind point `after`; -1 puts it in front. */
export const insertPoint = (path: Path, after: number, { x, y }: ImagePoint): number[] => [...path].toSpliced((after + 1) * 2, 0, x, y)

export const removePoint = (path: Path, index: number): number[] => [...path].toSpliced(index * 2, 2)
