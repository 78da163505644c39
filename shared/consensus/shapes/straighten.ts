import type { Polygon } from '#shared/model/geometry.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { corrected, type OutlineHabits } from './boxHabit.ts'
import { momentBox } from './momentBox.ts'
import { outlineAbove, simplifySafely } from './outline.ts'
import { outlineDistances } from './outlineDistance.ts'
import { cellsIn, gridOver } from './votes.ts'

const cells = 2 ** 12

/** The outline as the person would have drawn it without their habits: the margin is taken off, then its moment box is corrected and the points go with it. */
export function straightened(outline: Polygon, person: string, { boxes, margins }: OutlineHabits): Polygon {
  const inner = withoutMargin(outline, margins.get(person) ?? 0)
  const from = momentBox(inner), habit = boxes.people.get(person) ?? boxes.stranger
  if (!from || [...habit.share, ...habit.pixels].every((bias) => bias === 0)) return inner
  const to = corrected(from, habit)
  if (from.width === 0 || from.height === 0 || to.width === 0 || to.height === 0) return inner
  const place = (value: number, at: number) => (at % 2 === 0 ? to.x + ((value - from.x) / from.width) * to.width : to.y + ((value - from.y) / from.height) * to.height)
  return { kind: 'polygon', parts: inner.parts.map((part) => part.map((ring) => ring.map(place))) }
}

/** The border moved inwards by so many pixels (outwards where negative). Where that would change the parts or holes, or leave less than half, the outline stays as it is. */
export function withoutMargin(outline: Polygon, pixels: number): Polygon {
  const bounds = boundsOf(outline)
  if (pixels === 0 || !bounds) return outline
  const grid = gridOver(bounds, cells, 2 + Math.ceil(Math.max(0, -pixels)))
  const moved = outlineAbove(outlineDistances(outline, grid, cellsIn(outline, grid)), pixels / grid.cell, grid)
  const rings = ({ parts }: Polygon) => parts.map((part) => part.length).sort().join()
  if (!moved || rings(moved) !== rings(outline) || polygonArea(moved) < 0.5 * polygonArea(outline)) return outline
  return simplifySafely(moved, 0.1 * grid.cell)
}
