import type { HeadOf } from '../manifest.ts'
import type { Decoded } from '../prediction.ts'
import type { Tensor } from '../tensor.ts'
import { bestClasses, scoresAt } from './best.ts'
import { boxesOf, type Candidates } from './candidates.ts'
import { leaveOutUnknown } from './endToEnd.ts'
import { classesOf, floatsOf, mismatch, numbersOf, outputOf, outputsOf, shapeOf, type Reading } from './reading.ts'

type Named = [string, Tensor]

/** SSD and what ends like it: boxes, and the scores of all classes or the best class of each. */
export function decodeSsd(head: HeadOf<'ssd'>, reading: Reading): Decoded {
  const known = classesOf(reading)
  const [boxesName, boxes] = boxOutput(reading, head.boxes)
  const count = rowsOf(boxesName, boxes, 4), data = floatsOf(boxesName, boxes)
  const { width, height } = reading.place.frame
  const [across, down] = head.unit === 'share' ? [width, height] : [1, 1]
  const [x1, y1, x2, y2] = head.order === 'xyxy' ? [0, 1, 2, 3] as const : [1, 0, 3, 2] as const
  const box = (index: number, into: Float64Array): void => {
    const at = index * 4
    into.set([data[at + x1]! * across, data[at + y1]! * down, data[at + x2]! * across, data[at + y2]! * down])
  }
  const scored = head.classes === null ? allClasses(head, reading, boxesName, count, known) : bestOnly({ ...head, classes: head.classes }, reading, count, known)
  return boxesOf({ ...scored, box }, reading)
}

type Scored = Omit<Candidates, 'box'>

function allClasses(head: HeadOf<'ssd'>, reading: Reading, boxesName: string, count: number, known: number): Scored {
  const columns = known + (head.background ? 1 : 0)
  const [name, tensor] = head.scores === null ? otherOutput(reading, boxesName, columns) : outputOf(reading, head.scores, 'scores')
  if (rowsOf(name, tensor, columns) !== count) throw mismatch(`The output \`${name}\` has ${shapeOf(tensor.dims)} where ${count} × ${columns} is expected, as \`${boxesName}\` has ${count} boxes.`)
  const table = { data: floatsOf(name, tensor), at: head.background ? 1 : 0, count, step: columns, classes: known, classStep: 1, activation: 'none' as const }
  return { ...bestClasses(table), final: false, classScores: (index) => scoresAt(table, index) }
}

function bestOnly(head: HeadOf<'ssd'> & { classes: string }, reading: Reading, count: number, known: number): Scored {
  const [scoresName, scoreTensor] = outputOf(reading, head.scores ?? 'scores', 'scores')
  const [classesName, classTensor] = outputOf(reading, head.classes, 'classes')
  for (const [name, tensor] of [[scoresName, scoreTensor], [classesName, classTensor]] as const) {
    if (tensor.data.length !== count) throw mismatch(`The output \`${name}\` has ${shapeOf(tensor.dims)} where ${count} values are expected, one a box.`)
  }
  const scores = Float32Array.from(floatsOf(scoresName, scoreTensor)), shift = head.background ? 1 : 0
  const classes = Int32Array.from(numbersOf(classTensor), (value) => Math.round(value) - shift)
  const meant = head.count === null ? count : Math.round(numbersOf(outputOf(reading, head.count, 'the number of boxes')[1])[0] ?? 0)
  scores.fill(-1, Math.max(0, Math.min(meant, count)))
  leaveOutUnknown(scores, classes, known, reading)
  return { scores, classes, final: true, classScores: () => null }
}

/** The boxes: the output of that name, or the one whose last dimension is 4. */
export function boxOutput(reading: Reading, name: string | null): Named {
  if (name !== null) return outputOf(reading, name, 'boxes')
  const found = outputsOf(reading).filter(([, { dims }]) => dims.length >= 2 && dims.at(-1) === 4)
  if (found.length === 1) return found[0]!
  throw mismatch(`${found.length === 0 ? 'No output' : 'More than one output'} of the model has 4 as its last dimension, so its boxes are not known; name the output in the manifest’s head. It has ${describe(reading)}.`)
}

/** The output besides the boxes with this many columns. */
export function otherOutput(reading: Reading, boxesName: string, columns: number): Named {
  const found = outputsOf(reading).filter(([name, { dims }]) => name !== boxesName && dims.at(-1) === columns)
  if (found.length === 1) return found[0]!
  throw mismatch(`${found.length === 0 ? 'No output' : 'More than one output'} of the model has ${columns} as its last dimension, one a class; it has ${describe(reading)}. The manifest’s list of classes does not belong to this graph, or its head should name the output.`)
}

const describe = (reading: Reading): string => outputsOf(reading).map(([name, { dims }]) => `\`${name}\` ${shapeOf(dims)}`).join(', ')

/** Rows of a table with so many columns; a batch of more than one is refused. */
export function rowsOf(name: string, { dims, data }: Tensor, columns: number): number {
  if (dims.at(-1) !== columns) throw mismatch(`The output \`${name}\` has ${shapeOf(dims)} where N × ${columns} is expected.`)
  if (dims.length >= 3 && dims[0] !== 1) throw mismatch(`The output \`${name}\` has ${shapeOf(dims)}: a batch of ${dims[0]} where one picture was given.`)
  return Math.floor(data.length / columns)
}
