import type { HeadOf } from '../manifest.ts'
import type { Decoded } from '../prediction.ts'
import { bestClasses, scoresAt, type ScoreTable } from './best.ts'
import { boxesOf, type Candidates } from './candidates.ts'
import { sigmoid } from './distribution.ts'
import { classesOf, dimsOf, floatsOf, mismatch, outputOf, shapeOf, type Reading } from './reading.ts'

/** A table of candidates × columns in either order: `step` to the next candidate, `columnStep` to the next column. */
interface Table { readonly name: string; readonly data: Float32Array; readonly count: number; readonly step: number; readonly columnStep: number }

/** Reads [1, columns, N], or [1, N, columns] when transposed, and refuses another number of columns in words. */
function tableOf(reading: Reading, output: string | null, columns: number, transposed: boolean, meaning: string): Table {
  const [name, tensor] = outputOf(reading, output, 'boxes')
  const [rows, across] = dimsOf(name, tensor, 2) as [number, number]
  const [found, count] = transposed ? [across, rows] : [rows, across]
  if (found !== columns) {
    const hint = count === columns ? ' It looks transposed: change `transposed` in the manifest’s head.' : ' The list of classes or the head in the manifest does not belong to this graph.'
    throw mismatch(`The output \`${name}\` has ${shapeOf([rows, across])} where ${transposed ? `N × ${columns}` : `${columns} × N`} is expected: ${meaning}.${hint}`)
  }
  return { name, data: floatsOf(name, tensor), count, step: transposed ? columns : 1, columnStep: transposed ? 1 : count }
}

/** Centre and size in columns 0 … 3, as corners. */
const centred = ({ data, step, columnStep }: Table) => (index: number, into: Float64Array): void => {
  const at = index * step, x = data[at]!, y = data[at + columnStep]!, halfWidth = data[at + 2 * columnStep]! / 2, halfHeight = data[at + 3 * columnStep]! / 2
  into[0] = x - halfWidth
  into[1] = y - halfHeight
  into[2] = x + halfWidth
  into[3] = y + halfHeight
}

const scoresFrom = ({ data, count, step, columnStep }: Table, column: number, classes: number, activation: 'none' | 'sigmoid'): ScoreTable =>
  ({ data, at: column * columnStep, count, step, classes, classStep: columnStep, activation })

/** Candidates with coefficients of masks. */
export interface Masked extends Candidates { coefficients(index: number): Float64Array }

interface Form { readonly transposed: boolean; readonly activation: 'none' | 'sigmoid'; readonly output: string | null; readonly hasObjectness: boolean }

/** YOLO's table: the box, the objectness where there is one, class scores, and `extra` mask coefficients. */
export function yoloCandidates(reading: Reading, { transposed, activation, output, hasObjectness }: Form, extra: number): Masked {
  const classes = classesOf(reading), first = hasObjectness ? 5 : 4
  const meaning = `4 numbers of the box${hasObjectness ? ', the objectness' : ''}, ${classes} class ${classes === 1 ? 'score' : 'scores'}${extra > 0 ? ` and ${extra} mask coefficients` : ''}`
  const table = tableOf(reading, output, first + classes + extra, transposed, meaning)
  const scores = scoresFrom(table, first, classes, activation)
  const scored = hasObjectness ? weighted(table, scores, activation) : { ...bestClasses(scores), classScores: (index: number) => scoresAt(scores, index) }
  return {
    ...scored, final: false, box: centred(table),
    coefficients: (index) => Float64Array.from({ length: extra }, (_, k) => table.data[index * table.step + (first + classes + k) * table.columnStep]!),
  }
}

export function decodeYolo(head: HeadOf<'yolo'>, reading: Reading): Decoded {
  return boxesOf(yoloCandidates(reading, { ...head, output: onlyBoxes(reading), hasObjectness: false }, 0), reading)
}

/** YOLO v5 exports may carry raw maps beside the decoded output: `output0`, or the one with three dimensions. */
function onlyBoxes({ outputs }: Reading): string | null {
  const names = Object.keys(outputs)
  if (names.length < 2) return null
  const flat = names.filter((name) => outputs[name]!.dims.length === 3)
  return flat.length === 1 ? flat[0]! : names.includes('output0') ? 'output0' : null
}

/** The score is objectness times class score (Redmon et al. 2016, eq. 1). */
function weighted(table: Table, scores: ScoreTable, activation: 'none' | 'sigmoid'): Pick<Candidates, 'scores' | 'classes' | 'classScores'> {
  const best = bestClasses(scores)
  const objectness = (index: number) => {
    const value = table.data[index * table.step + 4 * table.columnStep]!
    return activation === 'sigmoid' ? sigmoid(value) : value
  }
  for (let i = 0; i < table.count; i++) {
    const score = best.scores[i]! * objectness(i)
    best.scores[i] = Number.isFinite(score) ? score : NaN
  }
  return { ...best, classScores: (index) => scoresAt(scores, index).map((score) => score * objectness(index)) }
}

/** YOLO v5 … v7. */
export function decodeYoloObjectness({ activation }: HeadOf<'yolo-objectness'>, reading: Reading): Decoded {
  return boxesOf(yoloCandidates(reading, { transposed: true, activation, output: onlyBoxes(reading), hasObjectness: true }, 0), reading)
}

/**
 * YOLOX (Ge et al. 2021): offsets to the corner of a cell and logarithms of the size, both in strides; cells row by row, a stride after the
 * other (YOLOX, yolox/utils/demo_utils.py, demo_postprocess). Objectness and class scores come through their sigmoids.
 */
export function decodeYolox(head: HeadOf<'yolox'>, reading: Reading): Decoded {
  const classes = classesOf(reading)
  const table = tableOf(reading, null, 5 + classes, true, `4 numbers of the box, the objectness and ${classes} class scores`)
  const { width, height } = reading.place.frame
  const cells = cellsOf(head.strides, width, height, Math.floor)
  if (cells.count !== table.count) throw mismatch(`The output \`${table.name}\` has ${table.count} boxes where an input of ${width} × ${height} with strides ${head.strides.join(', ')} has ${cells.count}.`)
  const { data } = table, columns = 5 + classes
  const box = (index: number, into: Float64Array): void => {
    const at = index * columns, stride = cells.stride[index]!
    const x = (data[at]! + cells.x[index]!) * stride, y = (data[at + 1]! + cells.y[index]!) * stride
    const halfWidth = Math.exp(data[at + 2]!) * stride / 2, halfHeight = Math.exp(data[at + 3]!) * stride / 2
    into.set([x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight])
  }
  return boxesOf({ ...weighted(table, scoresFrom(table, 5, classes, 'none'), 'none'), final: false, box }, reading)
}

/** The cells of all strides: their column, row and stride. */
export interface Cells { readonly count: number; readonly x: Uint16Array; readonly y: Uint16Array; readonly stride: Uint16Array }

/** Cells of grids over the input, row by row, a stride after the other; `round` says what becomes of a last cell that is cut. */
export function cellsOf(strides: readonly number[], width: number, height: number, round: (value: number) => number): Cells {
  const sizes = strides.map((stride) => ({ stride, columns: round(width / stride), rows: round(height / stride) }))
  const count = sizes.reduce((sum, { columns, rows }) => sum + columns * rows, 0)
  const cells = { count, x: new Uint16Array(count), y: new Uint16Array(count), stride: new Uint16Array(count) }
  let at = 0
  for (const { stride, columns, rows } of sizes) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at++) {
        cells.x[at] = column
        cells.y[at] = row
        cells.stride[at] = stride
      }
    }
  }
  return cells
}
