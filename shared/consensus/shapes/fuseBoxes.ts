import { noHabits, sides, sidesOf, type Sides } from './boxHabit.ts'
import { estimateBox, type BoxEstimate, type DrawnBox } from './estimateBox.ts'
import { sharesOf } from './robust.ts'
import { weightedBoxesFusion } from './weightedBoxes.ts'

/**
 * The box that several people drew, by weighted boxes fusion instead of by their habits: each person is a source whose score is their weight over the
 * greatest; of the fused boxes the one with the most score is taken, and who is not in it weighs 0. The deviation of a side is that of the weighted mean,
 * from how far its boxes lie apart. One box, or none with an area: as `estimateBox` has it without habits. No box: an error.
 */
export function fuseBoxes(boxes: readonly DrawnBox[]): BoxEstimate {
  const most = Math.max(...boxes.map(({ weight = 1 }) => weight))
  const scores = boxes.map(({ weight = 1 }) => (most > 0 ? weight / most : 1))
  const [best] = weightedBoxesFusion(boxes.map(({ box }, at) => [{ box, label: '', score: scores[at]! }]))
  if (!best || best.members.length < 2) return best && boxes.length > 1 ? alone(boxes, best.members[0]!.source) : estimateBox(boxes, noHabits)
  const inside = new Set(best.members.map(({ source }) => source))
  const weights = sharesOf(scores.map((score, at) => (inside.has(at) ? score : 0)))
  return { box: best.box, weights, deviations: sides.map((side) => deviationOf(boxes.map(({ box }) => sidesOf(box)[side]), sidesOf(best.box)[side], weights, inside.size)) as unknown as Sides }
}

/** Where no two boxes meet enough to be fused, the one of the person who counts most. */
function alone(boxes: readonly DrawnBox[], at: number): BoxEstimate {
  const { deviations } = estimateBox([boxes[at]!], noHabits)
  return { box: boxes[at]!.box, deviations, weights: boxes.map((_, other) => (other === at ? 1 : 0)) }
}

/** One standard deviation of a weighted mean, in pixels: the weighted variance of the values (of n, over n − 1) times the sum of the squared weights. */
function deviationOf(values: readonly number[], mean: number, weights: readonly number[], count: number): number {
  const variance = values.reduce((sum, value, at) => sum + weights[at]! * (value - mean) ** 2, 0) * (count / (count - 1))
  return Math.sqrt(variance * weights.reduce((sum, weight) => sum + weight ** 2, 0))
}
