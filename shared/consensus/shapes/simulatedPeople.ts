import type { Box, Polygon } from '#shared/model/geometry.ts'
import { normalFrom } from '#shared/consensus/random.ts'
import type { Sides } from './boxHabit.ts'

/** How a simulated person draws. Shares are of the thing's width or height; chances are 0 … 1. */
export interface Annotator {
  readonly person: string
  /** Standard deviation of each side (boxes) or of the outline (polygons): a share of the size, and pixels. */
  readonly jitter: number
  readonly jitterPixels: number
  /** Bias of left, top, right, bottom: a share of the size, and pixels; + is to the right and down. */
  readonly bias: Sides
  readonly biasPixels: Sides
  /** Pixels between the border and the outline, + outside; only of hard things. */
  readonly margin?: number | undefined
  /** Chance that a box is off five times as far as usual. */
  readonly gross: number
  readonly recall: number
  /** Marks an item of what is not there. */
  readonly spurious: number
  /** Chance of another label. */
  readonly confusion: number
  /** Chance of drawing a thing as two halves. */
  readonly splits: number
}

export interface Thing { readonly id: string; readonly label: string; readonly outline: Polygon; readonly box: Box }

/** A smooth function of the angle with a standard deviation near `size`: six harmonics that grow weaker. */
export function waves(size: number, random: () => number): (angle: number) => number {
  const parts = Array.from({ length: 6 }, (_, at) => ({ of: at + 1, size: (size * normalFrom(random)) / (1 + at / 2) / 1.3, turn: random() * 2 * Math.PI }))
  return (angle) => Math.max(-0.8, parts.reduce((sum, { of, size, turn }) => sum + size * Math.cos(of * angle + turn), 0))
}
