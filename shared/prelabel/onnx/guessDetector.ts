import { QuorumError } from '#shared/contract/errors.ts'
import type { Head, ImageInput, Manifest } from '../manifest.ts'
import type { Port } from '../tensor.ts'
import { cocoClasses } from './coco.ts'
import type { Clues, Guessed } from './clues.ts'
import { fixed, imageDeviation, imageMean, inputOf, numbered, sizeNotes, type Eye } from './eye.ts'

const grey114: [number, number, number] = [114, 114, 114]
/** Ultralytics: letterboxed on grey, RGB, 0 … 1. */
const letterboxed: Partial<ImageInput> = { fit: 'letterbox', pad: grey114 }

interface Finding { head: Head; classes: string[]; input: ImageInput; threshold: number; overlap: number; task?: Manifest['task']; assumed: string[] }

/** Detectors and YOLO's segmenters, or null. */
export function guessDetector(clues: Clues, eye: Eye): Guessed | null {
  const { task } = clues.named
  if (task === 'pose' || task === 'obb') throw new QuorumError('unsupported', `This model finds ${task === 'pose' ? 'keypoints' : 'rotated boxes'} (its task is “${task}”), which cannot be drafted yet.`)
  if (task === 'classify') return null
  const found = segmenter(clues, eye) ?? pairs(clues, eye) ?? levels(clues, eye) ?? single(clues, eye)
  if (!found) return null
  const { assumed, task: guessedTask, ...parts } = found
  const notes = [...assumed, ...sizeNotes(eye, found.input, clues.named.imageSize)]
  return { task: guessedTask ?? 'detect', sure: assumed.length === 0, notes, ...parts }
}

/** Names from the metadata; COCO's for 80 classes; else numbers, which the person is told. */
function classesFor(count: number, { named }: Clues, assumed: string[]): string[] {
  if (named.classes?.length === count) return [...named.classes]
  if (named.classes) assumed.push(`The metadata names ${named.classes.length} classes, and the output has ${count}; the names were not used.`)
  if (count === 80) { assumed.push('The 80 classes were taken to be COCO’s.'); return [...cocoClasses] }
  assumed.push(`The graph does not name its ${count} classes; they were numbered.`)
  return numbered(count)
}

const dimsOf = (port: Port): (number | null)[] => port.dims.slice(1).map(fixed)

/** [1, 4 + C + M, N] and prototypes [1, M, H, W]. */
function segmenter(clues: Clues, eye: Eye): Finding | null {
  const { outputs } = clues.header
  const prototypes = outputs.find(({ dims }) => dims.length === 4 && (fixed(dims[1]) ?? 0) >= 4)
  const boxes = outputs.find(({ dims }) => dims.length === 3)
  if (!prototypes || !boxes || (clues.named.task !== 'segment' && outputs.length !== 2)) return null
  const coefficients = fixed(prototypes.dims[1])!, [rows, columns] = dimsOf(boxes)
  const found = segmentRows(clues, rows ?? null, columns ?? null, coefficients)
  if (found.count < 1) return null
  const assumed: string[] = []
  return {
    task: 'segment', head: { kind: 'yolo-seg', transposed: found.transposed, prototypes: prototypes.name, rows: found.rows }, classes: classesFor(found.count, clues, assumed),
    input: inputOf(eye, 640, letterboxed, clues.named.imageSize), threshold: 0.25, overlap: 0.7, assumed,
  }
}

function segmentRows(clues: Clues, rows: number | null, columns: number | null, coefficients: number): { rows: 'scores' | 'objectness' | 'ranked', transposed: boolean, count: number } {
  const names = clues.named.classes?.length ?? null
  // Two classes with scores have as many columns as a row with its class; then only few rows, or a word of the metadata, tell.
  if (columns === 6 + coefficients && (clues.named.isEndToEnd || names !== 2) && (rows ?? 0) <= 1000) return { rows: 'ranked', transposed: true, count: names ?? 80 }
  if (names !== null && columns === 5 + names + coefficients && rows !== 4 + names + coefficients) return { rows: 'objectness', transposed: true, count: names }
  const transposed = isTransposed(rows, columns, clues, coefficients)
  return { rows: 'scores', transposed, count: ((transposed ? columns : rows) ?? 0) - 4 - coefficients }
}

/** Which of two dimensions is that of the columns: the one that the names explain, else the smaller. */
function isTransposed(rows: number | null, columns: number | null, { named }: Clues, extra: number): boolean {
  const wanted = named.classes ? 4 + named.classes.length + extra : null
  if (wanted !== null && rows === wanted && columns !== wanted) return false
  if (wanted !== null && columns === wanted && rows !== wanted) return true
  if (rows === null || columns === null) return rows === null
  return columns < rows
}

/** Boxes in one output, scores in another: DETR, RT-DETR, SSD, and graphs with suppression. */
function pairs(clues: Clues, eye: Eye): Finding | null {
  const { outputs } = clues.header
  if (outputs.length < 2 || outputs.length > 4) return null
  const named = (pattern: RegExp) => outputs.find(({ name }) => pattern.test(name))
  const boxes = named(/^(pred_|detection_|det_|output_)?boxes(:0)?$|^dets$/iu) ?? only(outputs.filter(({ dims }) => dims.length >= 2 && dims.at(-1) === 4))
  const classes = named(/^(detection_|det_)?(classes|labels)(:0)?$/iu), count = named(/num_detections|^num_dets/iu)
  if (!boxes) return null
  const others = outputs.filter((port) => port !== boxes && port !== classes && port !== count)
  const scores = named(/^(detection_|det_|pred_)?(scores|logits)(:0)?$/iu) ?? only(others)
  if (!scores || scores === boxes) return null
  if (classes && classes !== boxes && classes !== scores) return ranked(clues, eye, { boxes, scores, classes, count: count ?? null })
  const columns = fixed(scores.dims.at(-1))
  if (columns === null || scores.dims.length !== 3) return null
  const isDetr = /logits|pred_/iu.test(`${scores.name} ${boxes.name}`) || /detr/u.test(`${clues.fileName} ${clues.header.producer.toLowerCase()}`)
  return isDetr ? detr(clues, eye, boxes, scores, columns) : ssd(clues, eye, boxes, scores, columns)
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

function ranked(clues: Clues, eye: Eye, { boxes, scores, classes, count }: { boxes: Port, scores: Port, classes: Port, count: Port | null }): Finding {
  const isTensorflow = /^detection_/iu.test(boxes.name) || /^num_detections/iu.test(count?.name ?? '')
  const sized = clues.header.inputs.some(({ name }) => name === 'orig_target_sizes')
  const assumed = [isTensorflow ? 'Boxes were taken as shares (y1, x1, y2, x2) and classes as counted from 1, as TensorFlow’s detectors give them.' : 'Boxes were taken as x1, y1, x2, y2 in pixels of the input.']
  // YOLO's exports with suppression (num_dets, det_boxes …) count classes from 0, as RT-DETR's do.
  const isYolo = /^num_dets/iu.test(count?.name ?? ''), background = isTensorflow || (!sized && !isYolo)
  if (!isTensorflow && background) assumed.push('Class 0 was taken as the background, as torchvision’s detectors have it.')
  const names = clues.named.classes ? [...clues.named.classes] : classesFor(sized || isYolo ? 80 : 90, clues, assumed)
  return {
    head: { kind: 'ssd', boxes: boxes.name, scores: scores.name, classes: classes.name, count: count?.name ?? null, order: isTensorflow ? 'yxyx' : 'xyxy', unit: isTensorflow ? 'share' : 'pixels', background },
    classes: names, input: inputOf(eye, 640, isYolo ? letterboxed : {}, clues.named.imageSize), threshold: 0.5, overlap: 0.5, assumed,
  }
}

function detr(clues: Clues, eye: Eye, boxes: Port, scores: Port, columns: number): Finding {
  // A list of classes that is one shorter has "nothing" beside it; DETR's own COCO graphs have 91 + 1 columns.
  const softmax = clues.named.classes ? columns === clues.named.classes.length + 1 : columns === 92 || columns === 251
  const assumed = [`The scores were taken through a ${softmax ? 'softmax with “nothing” as its last class, as DETR’s' : 'sigmoid, as RT-DETR’s'}.`]
  return {
    head: { kind: 'detr', logits: scores.name, boxes: boxes.name, activation: softmax ? 'softmax' : 'sigmoid' }, classes: classesFor(softmax ? columns - 1 : columns, clues, assumed),
    input: inputOf(eye, softmax ? 800 : 640, softmax ? imagenet : {}, clues.named.imageSize), threshold: 0.5, overlap: 0.5, assumed,
  }
}

const imagenet: Partial<ImageInput> = { mean: imageMean as [number, number, number], deviation: imageDeviation as [number, number, number] }

function ssd(clues: Clues, eye: Eye, boxes: Port, scores: Port, columns: number): Finding | null {
  const background = clues.named.classes ? columns === clues.named.classes.length + 1 : true
  const count = columns - (background ? 1 : 0)
  if (count < 1) return null
  const assumed = ['Boxes were taken as shares (x1, y1, x2, y2).', ...(background ? ['Class 0 was taken as the background.'] : [])]
  return {
    head: { kind: 'ssd', boxes: boxes.name, scores: scores.name, classes: null, count: null, order: 'xyxy', unit: 'share', background }, classes: classesFor(count, clues, assumed),
    input: inputOf(eye, 300, { scale: 1, mean: [127, 127, 127], deviation: [128, 128, 128] }, clues.named.imageSize), threshold: 0.5, overlap: 0.45, assumed,
  }
}

/** Points of grids over the input. */
const cells = (width: number, height: number, strides: readonly number[], round: (value: number) => number): number =>
  strides.reduce((sum, stride) => sum + round(width / stride) * round(height / stride), 0)

/** NanoDet's levels one by one: as many outputs of scores as of distances. */
function levels(clues: Clues, eye: Eye): Finding | null {
  const { outputs } = clues.header
  if (outputs.length < 6 || outputs.length % 2 !== 0 || eye.width === null || eye.height === null) return null
  const shapes = outputs.map((port) => ({ port, count: fixed(port.dims[1]), columns: fixed(port.dims[2]) }))
  if (shapes.some(({ port, count, columns }) => port.dims.length !== 3 || count === null || columns === null)) return null
  const strides = [...new Set(shapes.map(({ count }) => Math.round(Math.sqrt(eye.width! * eye.height! / count!))))].sort((a, b) => a - b)
  const columns = [...new Set(shapes.map((shape) => shape.columns!))]
  const distances = columns.find((value) => value === 32) ?? Math.min(...columns)
  const classes = columns.find((value) => value !== distances)
  if (columns.length !== 2 || classes === undefined || distances % 4 !== 0 || strides.length * 2 !== outputs.length) return null
  const assumed = ['Distances were taken from the middle of each cell (offset ½), as NanoDet’s.']
  return {
    head: { kind: 'nanodet', strides, bins: distances / 4, offset: 0.5, activation: isSigmoid(clues, shapes.find((shape) => shape.columns === classes)!.port) ? 'none' : 'sigmoid', outputs: [] },
    classes: classesFor(classes, clues, assumed), input: inputOf(eye, 416, nanodetInput, clues.named.imageSize), threshold: 0.35, overlap: 0.6, assumed,
  }
}

const isSigmoid = ({ header }: Clues, port: Port): boolean => header.producers[port.name] === 'Sigmoid'
/** NanoDet: BGR, 0 … 255, ImageNet's means (config: `normalize: [[103.53, 116.28, 123.675], [57.375, 57.12, 58.395]]`). */
const nanodetInput: Partial<ImageInput> = { channels: 'bgr', scale: 1, mean: [103.53, 116.28, 123.675], deviation: [57.375, 57.12, 58.395] }

/** One table of boxes. */
function single(clues: Clues, eye: Eye): Finding | null {
  const tables = clues.header.outputs.filter(({ dims, type }) => dims.length === 3 && type === 'float32')
  const table = tables.length === 1 ? tables[0]! : tables.find(({ name }) => name === 'output0' || name === 'output')
  if (!table) return suppressedRows(clues, eye)
  const [rows, columns] = dimsOf(table) as [number | null, number | null]
  const width = eye.width ?? clues.named.imageSize?.[1] ?? null, height = eye.height ?? clues.named.imageSize?.[0] ?? null
  const { named } = clues, image = named.imageSize
  // A count of cells is a proof; the rest goes by likeness.
  if (width !== null && height !== null && !(columns === 6 && named.isEndToEnd)) {
    const known = gridded(clues, eye, { rows, columns, width, height })
    if (known) return known
  }
  if (columns === 6 && isObjectnessOfOne(clues)) return objectness(clues, eye, 1, [])
  if (columns === 6 && (named.isEndToEnd || named.task !== null || (rows ?? 0) <= 1000) && rows !== 4 + (named.classes?.length ?? -1)) {
    const assumed: string[] = []
    const classes = named.classes ? [...named.classes] : classesFor(80, clues, assumed)
    return { head: { kind: 'end-to-end', boxes: 'xyxy' }, classes, input: inputOf(eye, 640, letterboxed, image), threshold: 0.25, overlap: 0.7, assumed }
  }
  // Names that do not fit what the graph gives are not believed; that it detects is.
  return (named.classes ? byNames(clues, eye, rows, columns, named.classes.length) : null) ?? (named.classes === null || named.task === 'detect' ? byShape(clues, eye, rows, columns) : null)
}

/**
 * Six columns are a ranked box, or a box with objectness and one class. A graph that ranks has operators for it, and exports that write down their
 * task (Ultralytics since v8) have no objectness.
 */
const isObjectnessOfOne = ({ header: { operators }, named }: Clues): boolean =>
  named.classes?.length === 1 && named.task === null && !named.isEndToEnd && !('TopK' in operators) && !('NonMaxSuppression' in operators)

/** [N, 7] after the graph's own suppression, as YOLO v7 exports it. */
function suppressedRows(clues: Clues, eye: Eye): Finding | null {
  const { outputs, operators } = clues.header
  if (outputs.length !== 1 || outputs[0]!.dims.length !== 2 || fixed(outputs[0]!.dims[1]) !== 7 || !('NonMaxSuppression' in operators)) return null
  const assumed = ['Rows of seven numbers were taken as YOLO v7’s: the picture, the box, the class, the score.']
  const classes = clues.named.classes ? [...clues.named.classes] : classesFor(80, clues, assumed)
  return { head: { kind: 'end-to-end', boxes: 'xyxy' }, classes, input: inputOf(eye, 640, letterboxed, clues.named.imageSize), threshold: 0.25, overlap: 0.7, assumed }
}

/** Tables whose number of rows or columns is that of the cells of a grid, which tells the family. */
function gridded(clues: Clues, eye: Eye, { rows, columns, width, height }: { rows: number | null, columns: number | null, width: number, height: number }): Finding | null {
  if (rows === null || columns === null || columns < 5 || isStrip(width, height)) return null
  const { named } = clues, assumed: string[] = []
  const yolox = cells(width, height, [8, 16, 32], Math.floor), four = [8, 16, 32, 64]
  const count = (extra: number) => named.classes === null || named.classes.length === columns - extra
  if (columns > 33 && rows === cells(width, height, four, Math.ceil) && count(32)) {
    const port = clues.header.outputs[0]!
    if (!('Sigmoid' in clues.header.operators)) assumed.push('The graph has no sigmoid, so one is applied to its scores.')
    return {
      head: { kind: 'nanodet', strides: four, bins: 8, offset: 0, activation: 'Sigmoid' in clues.header.operators ? 'none' : 'sigmoid', outputs: [port.name] }, classes: classesFor(columns - 32, clues, assumed),
      input: inputOf(eye, 416, nanodetInput, named.imageSize), threshold: 0.35, overlap: 0.6, assumed,
    }
  }
  if (rows === 3 * yolox && columns > 5 && count(5)) return objectness(clues, eye, columns - 5, assumed)
  if (named.classes !== null) return rows === yolox || columns === yolox ? byNames(clues, eye, rows, columns, named.classes.length) : null
  if (columns === yolox && rows > 4) return plainYolo(clues, eye, false, rows - 4)
  if (rows === yolox && columns > 5) {
    assumed.push('Boxes on a grid with objectness were taken as YOLOX’s: BGR, 0 … 255, top left.')
    return {
      head: { kind: 'yolox', strides: [8, 16, 32] }, classes: classesFor(columns - 5, clues, assumed),
      input: inputOf(eye, 640, { channels: 'bgr', fit: 'top-left', pad: grey114, scale: 1 }, named.imageSize), threshold: 0.3, overlap: 0.45, assumed,
    }
  }
  return null
}

/** A line of text is as low as the smallest detectors' pictures, but long; its steps can be as many as a grid's cells (63 characters on 32 × 96). */
const isStrip = (width: number, height: number): boolean => height <= 64 && width >= 2 * height

function objectness(clues: Clues, eye: Eye, count: number, assumed: string[]): Finding {
  return { head: { kind: 'yolo-objectness', activation: 'none' }, classes: classesFor(count, clues, assumed), input: inputOf(eye, 640, letterboxed, clues.named.imageSize), threshold: 0.25, overlap: 0.45, assumed }
}

function byNames(clues: Clues, eye: Eye, rows: number | null, columns: number | null, count: number): Finding | null {
  const assumed: string[] = []
  if (rows !== 4 + count && columns === 5 + count) return objectness(clues, eye, count, assumed)
  if (rows !== 4 + count && columns !== 4 + count) return null
  const classes = [...clues.named.classes!], isDetr = /rt-?detr/u.test(`${clues.named.description} ${clues.fileName}`)
  if (isDetr && rows !== 4 + count) return { head: { kind: 'detr', logits: null, boxes: null, activation: 'none' }, classes, input: inputOf(eye, 640, {}, clues.named.imageSize), threshold: 0.25, overlap: 0.7, assumed }
  const transposed = isTransposed(rows, columns, clues, 0)
  return { head: { kind: 'yolo', transposed, activation: 'none' }, classes, input: inputOf(eye, 640, letterboxed, clues.named.imageSize), threshold: 0.25, overlap: 0.7, assumed }
}

/** Nobody names classes: few columns, many boxes. */
function byShape(clues: Clues, eye: Eye, rows: number | null, columns: number | null): Finding | null {
  const transposed = isTransposed(rows, columns, clues, 0)
  const width = transposed ? columns : rows, count = (width ?? 0) - 4, boxes = transposed ? rows : columns
  // Lines of text and tokens of transformers are tables too: boxes are many more than their columns.
  if (count < 1 || (boxes !== null && boxes < 4 * width! && boxes < 300) || (eye.height !== null && eye.height <= 64)) return null
  return plainYolo(clues, eye, transposed, count)
}

function plainYolo(clues: Clues, eye: Eye, transposed: boolean, count: number): Finding {
  const assumed = ['One table of boxes was taken as YOLO v8’s: RGB, 0 … 1, letterboxed.']
  return { head: { kind: 'yolo', transposed, activation: 'none' }, classes: classesFor(count, clues, assumed), input: inputOf(eye, 640, letterboxed, clues.named.imageSize), threshold: 0.25, overlap: 0.7, assumed }
}
