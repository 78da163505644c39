import type { HeadOf } from '../manifest.ts'
import type { Prediction } from '../prediction.ts'
import { sigmoid } from './distribution.ts'
import { gridOver, outlineOf, sampleField, smoothing } from './outline.ts'
import { floatsOf, mismatch, noteNotFinite, outputOf, shapeOf, type Reading } from './reading.ts'

/** One mask for the whole picture as a polygon; its score is the mean probability inside. The class is the manifest's first. */
export function decodeMask(head: HeadOf<'mask'>, reading: Reading): Prediction[] {
  const { manifest, place, settings, notes } = reading
  const [name, tensor] = outputOf(reading, head.output, 'the mask')
  const [height, width] = planeOf(name, tensor.dims)
  const data = Float32Array.from(floatsOf(name, tensor))
  let bad = 0
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) { bad++; data[i] = 0 } else if (head.activation === 'sigmoid') data[i] = sigmoid(data[i]!)
  }
  noteNotFinite(notes, bad, data.length, 'pixels')
  const { itemWidth, itemHeight } = place.frame
  const grid = gridOver([0, 0, itemWidth, itemHeight])
  const values = sampleField({ width, height, data }, grid, place)
  const binary = head.binary ?? 0.5
  let sum = 0, count = 0
  const inside = Uint8Array.from(values, (value) => {
    if (value < binary) return 0
    sum += value
    count++
    return 1
  })
  if (count === 0) return []
  if (sum / count > 1.01) throw mismatch(`The output \`${name}\` goes beyond 1, and the probability of a mask lies between 0 and 1. The manifest’s head should say \`activation: sigmoid\`.`)
  const score = Math.min(sum / count, 1)
  const geometry = outlineOf(inside, grid, place, { tolerance: smoothing(grid), leastArea: (head.leastShare ?? 0.0005) * itemWidth * itemHeight })
  if (geometry === null || score < settings.threshold) return []
  return [{ className: manifest.classes[0] ?? manifest.name, score, geometry, text: null, margin: null, entropy: null }]
}

/** Height and width of [1, 1, H, W], [1, H, W, 1], [1, H, W] or [H, W]. */
function planeOf(name: string, dims: readonly number[]): [number, number] {
  const rest = dims.length === 4 && dims[1] === 1 ? dims.slice(2) : dims.length === 4 && dims[3] === 1 ? dims.slice(1, 3) : dims.length === 3 ? dims.slice(1) : dims
  if (rest.length !== 2 || (dims.length > 2 && dims[0] !== 1) || rest[0]! < 1 || rest[1]! < 1) throw mismatch(`The output \`${name}\` has ${shapeOf(dims)} where one mask is expected: 1 × 1 × H × W.`)
  return rest as [number, number]
}
