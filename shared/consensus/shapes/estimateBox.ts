import type { Box } from '#shared/model/geometry.ts'
import { biasAt, biasVariance, boxOfSides, grown, noHabits, sides, sidesOf, type BoxHabit, type BoxHabits, type Side, type Sides } from './boxHabit.ts'
import { sharesOf, trust, weightedMedian } from './robust.ts'

/** One box of one person; `weight` says how much the person counts beside their habits, 0 or more, 1 when left out. */
export interface DrawnBox { readonly person: string; readonly box: Box; readonly weight?: number | undefined }

export interface BoxEstimate {
  readonly box: Box
  /** One standard deviation of left, top, right, bottom in pixels: the true side lies within 1.645 of them in 9 cases of 10. */
  readonly deviations: Sides
  /** One share a box, in the order given; they add up to 1. */
  readonly weights: number[]
}

/** How much wider the deviations are than the habits alone make them, because these are learned themselves: so that nine in ten is what the simulation shows. */
const learned = 1.05

interface Member { readonly sides: Sides; readonly habit: BoxHabit; readonly weight: number }
interface SideEstimate { readonly value: number; readonly variance: number; readonly precisions: readonly number[]; readonly misfit: number }

/**
 * The box that several people drew. From each side a person's learned bias is taken off; what is left is averaged by each person's
 * precision for that side, less for a member that lies far off (`trust`), so that one drags nothing. The deviation holds the noise
 * of the members, how sure their biases are and how sure the zero of all biases is; it grows where the members of this box lie
 * farther apart than is usual, and shrinks a little where they are closer.
 *
 * One box: it, corrected. All boxes equal, by two people or more: that box as it is. Two boxes of one person count as one between
 * them. Boxes without width or height are boxes like others. Only weights of 0: all count alike. No box: an error.
 */
export function estimateBox(boxes: readonly DrawnBox[], habits: BoxHabits = noHabits): BoxEstimate {
  if (boxes.length === 0) throw new Error('An estimate needs at least one box')
  const members = membersOf(boxes, habits)
  const together = [0, 1].map((axis) => weightedMedian(boxes.map(({ box }, at) => ({ value: axis === 0 ? box.width : box.height, weight: members[at]!.weight }))))
  let size = together
  let found: SideEstimate[] = []
  for (let round = 0; round < 3; round++) {
    found = sides.map((side) => estimateSide(members, side, size[side % 2]!, habits))
    size = [Math.max(0, found[2]!.value - found[0]!.value), Math.max(0, found[3]!.value - found[1]!.value)]
  }
  const weights = sharesOf(boxes.map((_, at) => sides.reduce<number>((sum, side) => sum + sharesOf(found[side]!.precisions)[at]! / 4, 0)))
  const spread = spreadOf(found, boxes.length)
  const deviations = found.map(({ variance }, side) => learned * Math.sqrt(variance * spread + grown(habits.anchor, size[side % 2]!) ** 2)) as unknown as Sides
  const first = boxes[0]!.box
  const agreed = new Set(boxes.map(({ person }) => person)).size > 1 && boxes.every(({ box }) => sidesOf(box).every((value, side) => value === sidesOf(first)[side]))
  return { box: agreed ? first : boxOfSides(found.map(({ value }) => value) as unknown as Sides), deviations, weights }
}

function membersOf(boxes: readonly DrawnBox[], { people, stranger }: BoxHabits): Member[] {
  const count = new Map<string, number>()
  for (const { person } of boxes) count.set(person, (count.get(person) ?? 0) + 1)
  const some = boxes.some(({ weight = 1 }) => weight > 0)
  return boxes.map(({ person, box, weight = 1 }) => ({ sides: sidesOf(box), habit: people.get(person) ?? stranger, weight: (some ? weight : 1) / count.get(person)! }))
}

function estimateSide(members: readonly Member[], side: Side, size: number, habits: BoxHabits): SideEstimate {
  const count = members.length
  const values = new Float64Array(count), variances = new Float64Array(count), doubts = new Float64Array(count), precisions = members.map(() => 0)
  // Between boxes that have no size at all any small noise will do.
  const noise = grown(habits.noise, size) || 1e-3
  members.forEach(({ sides, habit }, at) => {
    values[at] = sides[side] - biasAt(habit, side, size)
    variances[at] = (habit.scale[side] * noise) ** 2
    doubts[at] = biasVariance(habit, side, size)
  })
  let value = weightedMedian(members.map(({ weight }, at) => ({ value: values[at]!, weight })))
  let variance = 0, misfit = 0
  for (let round = 0; round < 30; round++) {
    let sum = 0, first = 0, second = 0
    misfit = 0
    for (let at = 0; at < count; at++) {
      const away = (values[at]! - value) ** 2, usual = variances[at]! + doubts[at]!
      const u = count > 1 ? trust((away + variance) / usual) : 1
      const own = variances[at]! / u + doubts[at]!
      const precision = precisions[at] = members[at]!.weight / own
      sum += precision
      first += precision * values[at]!
      // A weight says how much a person counts, not how exactly they draw: the variance is that of the weighted mean.
      second += precision ** 2 * own
      misfit += (u * away) / usual
    }
    const before = value
    value = first / sum
    variance = second / sum ** 2
    if (round > 0 && Math.abs(value - before) < 1e-6 * noise) break
  }
  return { value, variance, precisions, misfit }
}

/** How much farther apart the members lie than their habits say (Birge 1932), drawn to 1 as by 12 sides that are as usual. */
function spreadOf(found: readonly SideEstimate[], count: number): number {
  const usual = 12
  return (usual + found.reduce((sum, { misfit }) => sum + misfit, 0)) / (usual + 4 * (count - 1))
}
