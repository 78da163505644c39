import { mismatch, noteNotFinite, type Reading } from './reading.ts'
import { certaintyOf, unknownCertainty } from './distribution.ts'
import { sceneOf } from './scene.ts'
import { select } from './select.ts'
import { suppress } from './suppress.ts'
import type { Decoded, Prediction } from '../prediction.ts'

/** All that a detector proposes for one picture, before anything is left out. */
export interface Candidates {
  /** The best class' score of each, NaN where the numbers are not finite. */
  readonly scores: Float32Array
  /** The best class of each. */
  readonly classes: ArrayLike<number>
  /** Writes x1, y1, x2, y2 in model pixels. */
  box(index: number, into: Float64Array): void
  /** The scores of all classes; null where the graph gives the best one only. */
  classScores(index: number): ArrayLike<number> | null
  /** The graph has done non-maximum suppression, or needs none. */
  readonly final: boolean
}

/** A candidate that stays: its place among the candidates, and its box in model pixels and in the item's. */
export interface Kept {
  readonly index: number; readonly classIndex: number; readonly score: number
  readonly model: readonly [number, number, number, number]
  readonly item: readonly [number, number, number, number]
}

/**
 * What stays after the threshold, non-maximum suppression class by class, and the limit. Boxes that are not finite are counted in the notes;
 * those without an area within the item are nothing. Millions of candidates cost linear time.
 */
export function keep(candidates: Candidates, reading: Reading): Kept[] {
  const { settings, notes, manifest } = reading
  const { scores } = candidates
  let bad = countNaN(scores)
  const { chosen, passed } = select(scores, settings.threshold)
  if (chosen.length > 0 && scores[chosen[0]!]! > 1.01) {
    throw mismatch(`The scores of “${manifest.name}” go up to ${scores[chosen[0]!]!.toPrecision(3)}, and a score lies between 0 and 1. The manifest’s head should say \`activation: sigmoid\`, or it is not the right head.`)
  }
  if (passed > chosen.length) notes.push(`${passed} boxes reach the threshold; only the best ${chosen.length} were looked at. Raise the threshold.`)
  const boxes = new Float64Array(chosen.length * 4), one = new Float64Array(4)
  const places: number[] = []
  for (const index of chosen) {
    candidates.box(index, one)
    if (!Number.isFinite(one[0]! + one[1]! + one[2]! + one[3]!)) { bad++; continue }
    if (!(one[2]! > one[0]! && one[3]! > one[1]!)) continue
    boxes.set(one, places.length * 4)
    places.push(index)
  }
  noteNotFinite(notes, bad, scores.length, 'boxes')
  return limited(candidates, places, boxes.subarray(0, places.length * 4), reading)
}

function countNaN(scores: Float32Array): number {
  let count = 0
  for (let i = 0; i < scores.length; i++) if (Number.isNaN(scores[i])) count++
  return count
}

function limited(candidates: Candidates, places: readonly number[], boxes: Float64Array, { settings, notes, place }: Reading): Kept[] {
  const classes = Int32Array.from(places, (index) => candidates.classes[index]!)
  const most = settings.mostDetections
  const order = candidates.final ? places.map((_, at) => at) : suppress(boxes, classes, settings.overlap, most + 1)
  if (order.length > most) notes.push(`There are more than ${most} detections; the best ${most} were kept.`)
  return order.slice(0, most).flatMap((at): Kept[] => {
    const [x1, y1, x2, y2] = [boxes[at * 4]!, boxes[at * 4 + 1]!, boxes[at * 4 + 2]!, boxes[at * 4 + 3]!]
    const item = place.boxToItem(x1, y1, x2, y2)
    if (!(item[2] > item[0] && item[3] > item[1])) return []
    return [{ index: places[at]!, classIndex: classes[at]!, score: Math.min(candidates.scores[places[at]!]!, 1), model: [x1, y1, x2, y2], item }]
  })
}

/** A kept box as a prediction. */
export function boxPrediction(candidates: Candidates, { index, classIndex, score, item: [x1, y1, x2, y2] }: Kept, { manifest }: Reading): Prediction {
  const scores = candidates.classScores(index)
  return {
    className: manifest.classes[classIndex] ?? String(classIndex), score, text: null, ...(scores ? certaintyOf(scores) : unknownCertainty),
    geometry: { kind: 'box', x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
  }
}

/** Candidates as predictions of boxes, and what they say of the picture as a whole. */
export function boxesOf(candidates: Candidates, reading: Reading): Decoded {
  return { predictions: keep(candidates, reading).map((kept) => boxPrediction(candidates, kept, reading)), embedding: sceneOf(candidates, reading.manifest.classes.length) }
}
