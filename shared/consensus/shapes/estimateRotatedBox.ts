import { normaliseAngle, rotatePoint } from '#shared/geometry/angle.ts'
import type { Box, RotatedBox } from '#shared/model/geometry.ts'
import { noHabits, type BoxHabits, type Sides } from './boxHabit.ts'
import { estimateBox } from './estimateBox.ts'
import { median, sharesOf, trust } from './robust.ts'

export interface DrawnRotatedBox { readonly person: string; readonly box: RotatedBox; readonly weight?: number | undefined }

export interface RotatedBoxEstimate {
  readonly box: RotatedBox
  /** One standard deviation of the sides in the box's own frame (those that are left, top, right, bottom at angle 0), in pixels. */
  readonly deviations: Sides
  /** One standard deviation of the angle, in degrees. */
  readonly angleDeviation: number
  readonly weights: number[]
}

/** People's boxes in one frame: turned by −angle about the origin, each with its sides named alike. */
interface Aligned { readonly angle: number; readonly deviation: number; readonly boxes: readonly Box[]; readonly turns: readonly number[] }

/**
 * The rotated box that several people drew: their common direction, then the sides in that frame as `estimateBox` does. A box turned by half is the same,
 * and so is one turned by a quarter with width and height changed: the angle is averaged on the circle of 90° and each box turned to
 * it by quarters; the answer then has the quarter that most have (by weight; of equals the smaller turn). Angles far off count less.
 */
export function estimateRotatedBox(boxes: readonly DrawnRotatedBox[], habits: BoxHabits = noHabits): RotatedBoxEstimate {
  const weights = boxes.map(({ weight = 1 }) => weight)
  const { angle, deviation, boxes: own, turns } = align(boxes.map(({ box }) => box), weights)
  const quarter = mostOf(turns, weights)
  const frame = angle + quarter * 90
  const renamed = own.map((box) => turnBack(box, quarter))
  const found = estimateBox(boxes.map(({ person, weight }, at) => ({ person, weight, box: renamed[at]! })), habits)
  const { x, y, width, height } = found.box
  const centre = rotatePoint({ x: x + width / 2, y: y + height / 2 }, { x: 0, y: 0 }, frame)
  const box: RotatedBox = { kind: 'rotated-box', cx: centre.x, cy: centre.y, width, height, angle: normaliseAngle(frame) }
  const first = boxes[0]!.box
  const same = boxes.every(({ box }) => (['cx', 'cy', 'width', 'height', 'angle'] as const).every((key) => box[key] === first[key]))
  return { box: same && new Set(boxes.map(({ person }) => person)).size > 1 ? first : box, deviations: found.deviations, angleDeviation: deviation, weights: found.weights }
}

/** Each rotated box as a box in the frame of all, for learning habits from; see `learnBoxes`. */
export function alignRotated(boxes: readonly RotatedBox[]): Box[] {
  const weights = boxes.map(() => 1)
  const { boxes: own, turns } = align(boxes, weights)
  return own.map((box) => turnBack(box, mostOf(turns, weights)))
}

function align(boxes: readonly RotatedBox[], given: readonly number[]): Aligned {
  // A box that is nearly square, or has no size, says little of its direction.
  const clear = boxes.map(({ width, height }) => 0.05 + Math.abs(width - height) / (width + height || 1))
  let weights = sharesOf(given.map((weight, at) => weight * clear[at]!))
  let angle = 0, deviation = 0
  for (let round = 0; round < 10; round++) {
    angle = meanOfQuarters(boxes, weights)
    const off = boxes.map((box) => quarterOff(box.angle - angle))
    const usual = Math.max((1.4826 * median(off.map(Math.abs))) ** 2 * (boxes.length / Math.max(1, boxes.length - 1)), 0.01)
    deviation = Math.sqrt(usual * weights.reduce((sum, weight) => sum + weight ** 2, 0))
    if (boxes.length > 2) weights = sharesOf(off.map((degrees, at) => given[at]! * clear[at]! * trust(degrees ** 2 / usual)))
  }
  const turns = boxes.map((box) => (((Math.round((box.angle - angle) / 90) % 4) + 4) % 4))
  const inFrame = boxes.map((box, at): Box => {
    const centre = rotatePoint({ x: box.cx, y: box.cy }, { x: 0, y: 0 }, -angle)
    const [width, height] = turns[at]! % 2 === 0 ? [box.width, box.height] : [box.height, box.width]
    return { kind: 'box', x: centre.x - width / 2, y: centre.y - height / 2, width, height }
  })
  return { angle, deviation, boxes: inFrame, turns }
}

/** How far an angle is from the next multiple of 90°, −45 to 45. */
const quarterOff = (degrees: number): number => degrees - 90 * Math.round(degrees / 90)

/** The mean direction on the circle of 90°; where there is none (two boxes 45° apart), the first's. */
function meanOfQuarters(boxes: readonly RotatedBox[], weights: readonly number[]): number {
  let x = 0, y = 0
  boxes.forEach(({ angle }, at) => {
    x += weights[at]! * Math.cos((angle * 4 * Math.PI) / 180)
    y += weights[at]! * Math.sin((angle * 4 * Math.PI) / 180)
  })
  return Math.hypot(x, y) < 1e-9 ? quarterOff(Math.min(...boxes.map(({ angle }) => angle))) : (Math.atan2(y, x) * 180) / Math.PI / 4
}

function mostOf(turns: readonly number[], weights: readonly number[]): number {
  const sums = [0, 0, 0, 0]
  turns.forEach((turn, at) => { sums[turn]! += weights[at]! })
  return sums.findIndex((sum) => sum >= Math.max(...sums) - 1e-12)
}

/** The same box seen from a frame that is turned on by so many quarters. */
function turnBack({ x, y, width, height }: Box, quarters: number): Box {
  const centre = rotatePoint({ x: x + width / 2, y: y + height / 2 }, { x: 0, y: 0 }, -90 * quarters)
  const [w, h] = quarters % 2 === 0 ? [width, height] : [height, width]
  return { kind: 'box', x: centre.x - w / 2, y: centre.y - h / 2, width: w, height: h }
}
