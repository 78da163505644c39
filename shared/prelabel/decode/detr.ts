import type { HeadOf } from '../manifest.ts'
import type { Decoded } from '../prediction.ts'
import { bestClasses, scoresAt } from './best.ts'
import { boxesOf } from './candidates.ts'
import { softmax } from './distribution.ts'
import { boxOutput, otherOutput, rowsOf } from './ssd.ts'
import { classesOf, floatsOf, mismatch, outputOf, outputsOf, shapeOf, type Reading } from './reading.ts'

/**
 * DETR (Carion et al. 2020: softmax with "nothing" last) and RT-DETR, Deformable DETR (sigmoid): a box per query as centre and size in shares
 * of the input. Queries are a set: nothing is suppressed. RT-DETR as Ultralytics exports it has boxes and scores in one output.
 */
export function decodeDetr(head: HeadOf<'detr'>, reading: Reading): Decoded {
  const classes = classesOf(reading)
  const nothing = head.activation === 'softmax' ? 1 : 0
  const { boxes, scores } = tablesOf(head, reading, classes + nothing)
  const data = head.activation === 'softmax' ? shares(scores, classes + nothing) : scores.data
  const table = {
    data, at: head.activation === 'softmax' ? 0 : scores.at, count: scores.count, step: head.activation === 'softmax' ? classes + nothing : scores.step,
    classes, classStep: 1, activation: head.activation === 'sigmoid' ? 'sigmoid' as const : 'none' as const,
  }
  const { width, height } = reading.place.frame
  const box = (index: number, into: Float64Array): void => {
    const at = index * boxes.step, x = boxes.data[at]! * width, y = boxes.data[at + 1]! * height
    const halfWidth = boxes.data[at + 2]! * width / 2, halfHeight = boxes.data[at + 3]! * height / 2
    into.set([x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight])
  }
  return boxesOf({ ...bestClasses(table), final: true, box, classScores: (index) => scoresAt(table, index) }, reading)
}

interface Rows { readonly data: Float32Array; readonly at: number; readonly count: number; readonly step: number }

function tablesOf(head: HeadOf<'detr'>, reading: Reading, columns: number): { boxes: Rows, scores: Rows } {
  const all = outputsOf(reading)
  const together = head.boxes === null && head.logits === null && all.length === 1 ? all[0] : undefined
  if (together) {
    const [name, tensor] = together, data = floatsOf(name, tensor)
    const count = rowsOf(name, tensor, 4 + columns), step = 4 + columns
    return { boxes: { data, at: 0, count, step }, scores: { data, at: 4, count, step } }
  }
  const [boxesName, boxes] = boxOutput(reading, head.boxes)
  const [name, logits] = head.logits === null ? otherOutput(reading, boxesName, columns) : outputOf(reading, head.logits, 'logits')
  const count = rowsOf(boxesName, boxes, 4)
  if (rowsOf(name, logits, columns) !== count) throw mismatch(`The output \`${name}\` has ${shapeOf(logits.dims)} where ${count} × ${columns} is expected, as \`${boxesName}\` has ${count} boxes.`)
  return { boxes: { data: floatsOf(boxesName, boxes), at: 0, count, step: 4 }, scores: { data: floatsOf(name, logits), at: 0, count, step: columns } }
}

/** Every row through a softmax; rows that are not finite stay so. */
function shares({ data, at, count, step }: Rows, columns: number): Float32Array {
  const out = new Float32Array(count * columns)
  for (let row = 0; row < count; row++) {
    out.set(data.subarray(at + row * step, at + row * step + columns), row * columns)
    softmax(out, row * columns, columns)
  }
  return out
}
