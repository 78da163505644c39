import type { HeadOf } from '../manifest.ts'
import type { Prediction } from '../prediction.ts'
import { boxesOf } from './candidates.ts'
import { classesOf, dimsOf, floatsOf, mismatch, outputOf, shapeOf, type Reading } from './reading.ts'

/** [1, N, 6]: a box, its score and its class, suppressed already; rows of padding have the score 0. */
export function decodeEndToEnd(head: HeadOf<'end-to-end'>, reading: Reading): Prediction[] {
  const classCount = classesOf(reading)
  const [name, tensor] = outputOf(reading, null, 'boxes')
  const [count, columns] = dimsOf(name, tensor, 2) as [number, number]
  if (columns !== 6) throw mismatch(`The output \`${name}\` has ${shapeOf([count, columns])} where N × 6 is expected: 4 numbers of the box, the score, the class.`)
  const data = floatsOf(name, tensor)
  const scores = new Float32Array(count), classes = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const score = data[i * 6 + 4]!, classIndex = data[i * 6 + 5]!
    scores[i] = Number.isFinite(score) && Number.isFinite(classIndex) ? score : NaN
    classes[i] = Math.round(classIndex)
  }
  leaveOutUnknown(scores, classes, classCount, reading)
  const box = (index: number, into: Float64Array): void => {
    const at = index * 6, a = data[at]!, b = data[at + 1]!, c = data[at + 2]!, d = data[at + 3]!
    if (head.boxes === 'xyxy') into.set([a, b, c, d])
    else into.set([a - c / 2, b - d / 2, a + c / 2, b + d / 2])
  }
  return boxesOf({ scores, classes, final: true, box, classScores: () => null }, reading)
}

/** Scores of classes that the manifest does not name become −1, and are noted where they would have counted. */
export function leaveOutUnknown(scores: Float32Array, classes: Int32Array, known: number, { settings, notes }: Reading): void {
  let unknown = 0
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i]! >= settings.threshold) || (classes[i]! >= 0 && classes[i]! < known)) continue
    scores[i] = -1
    unknown++
  }
  if (unknown > 0) notes.push(`${unknown} ${unknown === 1 ? 'box is' : 'boxes are'} of a class that the manifest’s list of ${known} does not have; left out.`)
}
