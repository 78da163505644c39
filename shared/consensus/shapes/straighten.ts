import type { Polygon } from '#shared/model/geometry.ts'
import { corrected, type BoxHabit } from './boxHabit.ts'
import { momentBox } from './momentBox.ts'

/** The outline as the person would have drawn it without their bias: its moment box is corrected, the points go with it. */
export function straightened(outline: Polygon, habit: BoxHabit): Polygon {
  const from = momentBox(outline)
  if (!from) return outline
  const to = corrected(from, habit)
  if (from.width === 0 || from.height === 0 || to.width === 0 || to.height === 0) return outline
  const place = (value: number, at: number) => (at % 2 === 0 ? to.x + ((value - from.x) / from.width) * to.width : to.y + ((value - from.y) / from.height) * to.height)
  return { kind: 'polygon', parts: outline.parts.map((part) => part.map((ring) => ring.map(place))) }
}
