import type { Box } from '#shared/model/geometry.ts'

/** Left, top, right, bottom. */
export type Sides = readonly [number, number, number, number]
export const sides = [0, 1, 2, 3] as const
export type Side = (typeof sides)[number]

/** How one person draws boxes. Shares are of the object's width (left, right) or height (top, bottom); + is to the right and down. */
export interface BoxHabit {
  /** Boxes it was learned from: those that someone else drew too, or that have a gold box. */
  readonly marks: number
  /** What to take off each side at the project's usual size, as a share; and one standard deviation about it. */
  readonly bias: Sides
  readonly deviation: Sides
  /** The two parts of the bias: side = true side + share · size + pixels. */
  readonly share: Sides
  readonly pixels: Sides
  /** How sure the bias is: variance of the share, covariance, variance of the pixels. */
  readonly doubt: readonly [Doubt, Doubt, Doubt, Doubt]
  /** Deviation over that of everybody, `noise`. */
  readonly scale: Sides
}
export type Doubt = readonly [share: number, both: number, pixels: number]

/** A number that grows with the object: the root of (share · size)² + pixels². */
export interface Growing { readonly share: number; readonly pixels: number }

export interface BoxHabits {
  readonly people: ReadonlyMap<string, BoxHabit>
  /** Of a person about whom nothing is known. */
  readonly stranger: BoxHabit
  /** Standard deviation of everybody's sides. */
  readonly noise: Growing
  /** What nobody can know of the biases from people alone, because all may share one: how uncertain their zero is. */
  readonly anchor: Growing
  /** Of polygons and masks, where some were drawn. Left out: as their boxes. */
  readonly outlines?: OutlineHabits | undefined
  /** The median of the objects' widths and heights, in pixels. */
  readonly size: number
}

/** How people draw polygons and masks. */
export interface OutlineHabits {
  /** Of their moment boxes (`momentBox`): where an outline as a whole lies and how large it is. */
  readonly boxes: BoxHabits
  /** Pixels that somebody draws beside the border, + outside; see `learnMargins`. */
  readonly margins: ReadonlyMap<string, number>
  /** How rough the border is: deviation over that of everybody, by person; see `learnAreas`. */
  readonly scales: ReadonlyMap<string, number>
}

const flat = (value: number): Sides => [value, value, value, value]
const freeOfBias = (doubt: Doubt, deviation: number): BoxHabit => ({
  marks: 0, bias: flat(0), deviation: flat(deviation), share: flat(0), pixels: flat(0), doubt: [doubt, doubt, doubt, doubt], scale: flat(1),
})

/** What a person is held to do of whom nothing is known: the biases of all, once each. */
export function strangerWith(bias: Growing, noise: Growing, size: number): BoxHabit {
  return freeOfBias([bias.share ** 2, 0, bias.pixels ** 2], grown(noise, size) / (size || 1))
}

/** Before anything was learned: 4 % of the size to each side and no known bias. */
export const noHabits: BoxHabits = {
  people: new Map(), stranger: freeOfBias([0.02 ** 2, 0, 0], 0.04), noise: { share: 0.04, pixels: 0 }, anchor: { share: 0, pixels: 0 }, size: 100,
}

export const grown = ({ share, pixels }: Growing, size: number): number => Math.sqrt((share * size) ** 2 + pixels ** 2)
export const sidesOf = ({ x, y, width, height }: Box): Sides => [x, y, x + width, y + height]

/** The box of four sides; where left and right (or top and bottom) have changed places, both stand in the middle and the box is 0 wide. */
export function boxOfSides([left, top, right, bottom]: Sides): Box {
  const x = left <= right ? left : (left + right) / 2, y = top <= bottom ? top : (top + bottom) / 2
  return { kind: 'box', x, y, width: Math.max(0, right - left), height: Math.max(0, bottom - top) }
}

/** The bias of a side in pixels, and its variance, for an object of a size. */
export const biasAt = (habit: BoxHabit, side: Side, size: number): number => habit.share[side] * size + habit.pixels[side]
export function biasVariance(habit: BoxHabit, side: Side, size: number): number {
  const [share, both, pixels] = habit.doubt[side]
  return Math.max(0, share * size * size + 2 * both * size + pixels)
}

/** A person's box with their bias taken off: the size that, drawn with the bias, gives theirs. */
export function corrected(box: Box, habit: BoxHabit): Box {
  const { share, pixels } = habit
  const width = Math.max(0, (box.width - pixels[2] + pixels[0]) / Math.max(0.5, 1 + share[2] - share[0]))
  const height = Math.max(0, (box.height - pixels[3] + pixels[1]) / Math.max(0.5, 1 + share[3] - share[1]))
  const size = [width, height, width, height] as const
  const [left, top, right, bottom] = sidesOf(box).map((value, side) => value - biasAt(habit, side as Side, size[side]!)) as unknown as Sides
  return boxOfSides([left, top, right, bottom])
}
