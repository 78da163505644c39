import type { HeadOf } from '../manifest.ts'
import type { Decoded } from '../prediction.ts'
import type { Tensor } from '../tensor.ts'
import { bestClasses, scoresAt, type ScoreTable } from './best.ts'
import { boxesOf } from './candidates.ts'
import { softmax } from './distribution.ts'
import { classesOf, floatsOf, mismatch, outputsOf, shapeOf, type Reading } from './reading.ts'
import { cellsOf } from './yolo.ts'

/** One stride's scores and distances: where they lie and how far apart. */
interface Level { readonly scores: ScoreTable; readonly distances: Float32Array; readonly at: number; readonly step: number; readonly columnStep: number; readonly first: number }

/**
 * NanoDet and others with generalized focal loss: the distance to each side (left, top, right, bottom) is the mean of a distribution over
 * 0 … bins − 1, in strides (Li et al. 2020, eq. 5), from the point (column + offset, row + offset) · stride. The offset is ½ in NanoDet
 * (gfl_head.py, get_single_level_center_point) and 0 in NanoDet-Plus (nanodet_plus_head.py, get_single_level_center_priors); grids are
 * rounded up, cells row by row. Boxes are cut to the input before suppression, as NanoDet does (distance2bbox with max_shape).
 */
export function decodeNanodet(head: HeadOf<'nanodet'>, reading: Reading): Decoded {
  const classes = classesOf(reading), { width, height } = reading.place.frame
  const cells = cellsOf(head.strides, width, height, Math.ceil)
  const levels = levelsOf(head, reading, classes)
  const scores = new Float32Array(cells.count), best = new Int32Array(cells.count), levelOf = new Uint8Array(cells.count)
  levels.forEach((level, number) => {
    const found = bestClasses(level.scores)
    scores.set(found.scores, level.first)
    best.set(found.classes, level.first)
    levelOf.fill(number, level.first, level.first + level.scores.count)
  })
  const bins = new Float64Array(head.bins)
  const distance = (level: Level, index: number, side: number): number => {
    const at = level.at + (index - level.first) * level.step + side * head.bins * level.columnStep
    for (let i = 0; i < head.bins; i++) bins[i] = level.distances[at + i * level.columnStep]!
    softmax(bins)
    let mean = 0
    for (let i = 0; i < head.bins; i++) mean += i * bins[i]!
    return mean
  }
  const box = (index: number, into: Float64Array): void => {
    const level = levels[levelOf[index]!]!, stride = cells.stride[index]!
    const x = cells.x[index]! + head.offset, y = cells.y[index]! + head.offset
    into[0] = Math.max((x - distance(level, index, 0)) * stride, 0)
    into[1] = Math.max((y - distance(level, index, 1)) * stride, 0)
    into[2] = Math.min((x + distance(level, index, 2)) * stride, width)
    into[3] = Math.min((y + distance(level, index, 3)) * stride, height)
  }
  return boxesOf({ scores, classes: best, final: false, box, classScores: (index) => scoresAt(levels[levelOf[index]!]!.scores, index - levels[levelOf[index]!]!.first) }, reading)
}

function levelsOf(head: HeadOf<'nanodet'>, reading: Reading, classes: number): Level[] {
  const { width, height } = reading.place.frame
  const counts = head.strides.map((stride) => Math.ceil(width / stride) * Math.ceil(height / stride))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const firsts = counts.map((_, level) => counts.slice(0, level).reduce((sum, count) => sum + count, 0))
  const named = outputsNamed(head, reading)
  const both = classes + 4 * head.bins
  const whole = named.map((output) => gridOf(output, total, both)).find((grid) => grid !== null)
  if (whole) {
    return counts.map((count, level) => ({
      first: firsts[level]!, distances: whole.data, step: whole.step, columnStep: whole.columnStep, at: firsts[level]! * whole.step + classes * whole.columnStep,
      scores: { data: whole.data, at: firsts[level]! * whole.step, count, step: whole.step, classes, classStep: whole.columnStep, activation: head.activation },
    }))
  }
  const free = [...named]
  const take = (count: number, columns: number, what: string) => {
    const at = free.findIndex((output) => gridOf(output, count, columns) !== null)
    if (at < 0) throw mismatch(`The model has no output of ${count} × ${columns} for the ${what}; it has ${named.map(([name, { dims }]) => `\`${name}\` ${shapeOf(dims)}`).join(', ')}. The manifest’s classes, strides or bins do not belong to this graph.`)
    return gridOf(free.splice(at, 1)[0]!, count, columns)!
  }
  // All scores before all distances, so that equal shapes go by their order.
  const scores = counts.map((count, level) => take(count, classes, `class scores of stride ${head.strides[level]}`))
  const distances = counts.map((count, level) => take(count, 4 * head.bins, `distances of stride ${head.strides[level]}`))
  return counts.map((count, level) => ({
    first: firsts[level]!, distances: distances[level]!.data, at: 0, step: distances[level]!.step, columnStep: distances[level]!.columnStep,
    scores: { data: scores[level]!.data, at: 0, count, step: scores[level]!.step, classes, classStep: scores[level]!.columnStep, activation: head.activation },
  }))
}

/** The outputs that the head names, in its order; all where it names none. */
function outputsNamed(head: HeadOf<'nanodet'>, reading: Reading): [string, Tensor][] {
  const all = outputsOf(reading)
  if (head.outputs.length === 0) return all
  return head.outputs.map((name) => all.find(([other]) => other === name) ?? missing(name, all))
}

function missing(name: string, all: readonly [string, Tensor][]): never {
  throw mismatch(`The model has no output \`${name}\`; it has ${all.map(([other]) => `\`${other}\``).join(', ')}.`)
}

/** A table of `count` cells × `columns`: [1, count, columns], [1, columns, count] or [1, columns, rows, cells a row]; null when it is neither. */
function gridOf([name, tensor]: [string, Tensor], count: number, columns: number): { data: Float32Array, step: number, columnStep: number } | null {
  const dims = tensor.dims.filter((dim, at) => at > 0 || dim !== 1)
  const rest = dims.slice(1).reduce((product, dim) => product * dim, 1)
  if (dims.length === 2 && dims[0] === count && dims[1] === columns) return { data: floatsOf(name, tensor), step: columns, columnStep: 1 }
  if (dims.length >= 2 && dims[0] === columns && rest === count) return { data: floatsOf(name, tensor), step: 1, columnStep: count }
  return null
}
