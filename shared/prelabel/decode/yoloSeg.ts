import type { HeadOf } from '../manifest.ts'
import type { Prediction } from '../prediction.ts'
import type { Tensor } from '../tensor.ts'
import { boxPrediction, keep, type Kept } from './candidates.ts'
import { gridOver, outlineOf, sampleField, smoothing, type Field } from './outline.ts'
import { dimsOf, floatsOf, mismatch, outputsOf, shapeOf, type Reading } from './reading.ts'
import { yoloCandidates } from './yolo.ts'

/**
 * YOLO v8 … v12 for segmentation: a mask is the sum of prototypes weighted by the box' coefficients, enlarged to the item's pixels, cut to the
 * box, and inside where it is above 0 (Bolya et al. 2019, YOLACT, eq. 1; enlarged before it is cut, as Ultralytics' process_mask_native does).
 */
export function decodeYoloSeg(head: HeadOf<'yolo-seg'>, reading: Reading): Prediction[] {
  const [prototypesName, tensor] = prototypesOf(head, reading)
  const [count, height, width] = dimsOf(prototypesName, tensor, 3) as [number, number, number]
  const boxes = Object.keys(reading.outputs).filter((name) => name !== prototypesName && reading.outputs[name]!.dims.length <= 3)
  const output = boxes.length === 1 ? boxes[0]! : boxes.includes('output0') ? 'output0' : null
  const candidates = yoloCandidates(reading, { transposed: head.transposed, activation: 'none', output }, count)
  const prototypes = { data: floatsOf(prototypesName, tensor), count, width, height }
  let bad = 0, empty = 0
  const predictions = keep(candidates, reading).flatMap((kept): Prediction[] => {
    const coefficients = candidates.coefficients(kept.index)
    if (!coefficients.every(Number.isFinite)) { bad++; return [] }
    const geometry = maskOf(prototypes, coefficients, kept, reading)
    if (geometry === null) { empty++; return [] }
    return [{ ...boxPrediction(candidates, kept, reading), geometry }]
  })
  if (bad > 0) reading.notes.push(`The model gave mask coefficients that are not finite for ${bad} objects; they were left out.`)
  if (empty > 0) reading.notes.push(`${empty} ${empty === 1 ? 'box has' : 'boxes have'} an empty mask and ${empty === 1 ? 'was' : 'were'} left out.`)
  return predictions
}

function prototypesOf(head: HeadOf<'yolo-seg'>, reading: Reading): [string, Tensor] {
  const all = outputsOf(reading)
  const found = head.prototypes === null ? all.filter(([, { dims }]) => dims.length === 4) : all.filter(([name]) => name === head.prototypes)
  // Raw maps may stand beside them: prototypes are the finest.
  const finest = found.toSorted((a, b) => b[1].dims.at(-1)! - a[1].dims.at(-1)!)[0]
  if (!finest) throw mismatch(`The model has no output of mask prototypes (1 × M × H × W); it has ${all.map(([name, { dims }]) => `\`${name}\` ${shapeOf(dims)}`).join(', ')}. Is it a model that detects only?`)
  return finest
}

interface Prototypes extends Field { readonly count: number }

function maskOf(prototypes: Prototypes, coefficients: Float64Array, kept: Kept, { place }: Reading) {
  const field = combine(prototypes, coefficients, kept, place.frame)
  const grid = gridOver(kept.item)
  const values = sampleField(field, grid, place)
  const inside = Uint8Array.from(values, (value) => (value > 0 ? 1 : 0))
  const cell = place.frame.width / prototypes.width * (place.frame.itemWidth / place.frame.contentWidth)
  return outlineOf(inside, grid, place, { tolerance: smoothing(grid), leastArea: cell * cell })
}

/** The weighted sum, only where the box can see it; 0 elsewhere. */
function combine({ data, count, width, height }: Prototypes, coefficients: Float64Array, { model }: Kept, frame: { width: number, height: number }): Field {
  const out = new Float32Array(width * height)
  const left = within(Math.floor(model[0] * width / frame.width) - 2, width), right = within(Math.ceil(model[2] * width / frame.width) + 2, width)
  const top = within(Math.floor(model[1] * height / frame.height) - 2, height), bottom = within(Math.ceil(model[3] * height / frame.height) + 2, height)
  for (let k = 0; k < count; k++) {
    const weight = coefficients[k]!, plane = k * width * height
    for (let row = top; row < bottom; row++) for (let i = row * width + left; i < row * width + right; i++) out[i]! += weight * data[plane + i]!
  }
  return { width, height, data: out }
}

const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
