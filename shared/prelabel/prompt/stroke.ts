import type { Path } from '#shared/geometry/ring.ts'
import { pointAt, pointCount } from '#shared/geometry/ring.ts'
import type { PromptPoint } from './prompt.ts'

/** A model hears a few points better than many: a stroke gives at most this many. */
export const mostStrokePoints = 8

/** Points at even distances along a stroke, its ends among them: one a `spacing` pixels, at least 1 and at most `most`. */
export function strokePoints(stroke: Path, positive: boolean, spacing: number, most = mostStrokePoints): PromptPoint[] {
  const n = pointCount(stroke)
  if (n === 0) return []
  const along = [0]
  for (let i = 1; i < n; i++) along.push(along[i - 1]! + Math.hypot(stroke[i * 2]! - stroke[i * 2 - 2]!, stroke[i * 2 + 1]! - stroke[i * 2 - 1]!))
  const length = along[n - 1]!
  const count = length === 0 ? 1 : Math.min(most, Math.max(2, Math.floor(length / spacing) + 1))
  return Array.from({ length: count }, (_, index) => ({ ...placeAt(stroke, along, count === 1 ? 0 : (length * index) / (count - 1)), positive }))
}

function placeAt(stroke: Path, along: readonly number[], distance: number): { readonly x: number; readonly y: number } {
  const after = along.findIndex((at) => at >= distance)
  if (after <= 0) return pointAt(stroke, after < 0 ? along.length - 1 : 0)
  const from = pointAt(stroke, after - 1), to = pointAt(stroke, after)
  const share = (distance - along[after - 1]!) / (along[after]! - along[after - 1]!)
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }
}
