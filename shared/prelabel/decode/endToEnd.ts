import type { HeadOf } from '../manifest.ts'
import type { Decoded } from '../prediction.ts'
import { boxesOf } from './candidates.ts'
import { classesOf, dimsOf, floatsOf, mismatch, outputOf, shapeOf, type Reading } from './reading.ts'
import type { Masked } from './yolo.ts'

/** Where a row's numbers stand. */
const boxFirst = { box: 0, score: 4, class: 5, columns: 6 }
/** YOLO v7's `--end2end` for ONNX Runtime: the picture's number, the box, the class, the score. */
const pictureFirst = { box: 1, score: 6, class: 5, columns: 7 }

/** [1, N, 6] or [N, 7]: a box, its score and its class, suppressed already; rows of padding have the score 0. */
export function decodeEndToEnd(head: HeadOf<'end-to-end'>, reading: Reading): Decoded {
  return boxesOf(rankedCandidates(reading, null, head.boxes, 0), reading)
}

/** Such rows, with `extra` mask coefficients after them. */
export function rankedCandidates(reading: Reading, output: string | null, boxes: 'xyxy' | 'xywh', extra: number): Masked {
  const known = classesOf(reading)
  const [name, tensor] = outputOf(reading, output, 'boxes')
  const [count, columns] = dimsOf(name, tensor, 2) as [number, number]
  const row = columns === pictureFirst.columns && extra === 0 ? pictureFirst : boxFirst
  if (columns !== row.columns + extra) throw mismatch(`The output \`${name}\` has ${shapeOf([count, columns])} where N × ${6 + extra} is expected: 4 numbers of the box, the score, the class${extra > 0 ? ` and ${extra} mask coefficients` : ''}.`)
  const data = floatsOf(name, tensor)
  const scores = new Float32Array(count), classes = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const score = data[i * columns + row.score]!, classIndex = data[i * columns + row.class]!
    scores[i] = Number.isFinite(score) && Number.isFinite(classIndex) ? score : NaN
    classes[i] = Math.round(classIndex)
  }
  leaveOutUnknown(scores, classes, known, reading)
  const box = (index: number, into: Float64Array): void => {
    const at = index * columns + row.box, a = data[at]!, b = data[at + 1]!, c = data[at + 2]!, d = data[at + 3]!
    if (boxes === 'xyxy') into.set([a, b, c, d])
    else into.set([a - c / 2, b - d / 2, a + c / 2, b + d / 2])
  }
  const coefficients = (index: number) => Float64Array.from(data.subarray(index * columns + 6, index * columns + 6 + extra))
  return { scores, classes, final: true, box, classScores: () => null, coefficients }
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
