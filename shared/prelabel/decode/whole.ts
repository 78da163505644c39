import type { HeadOf } from '../manifest.ts'
import type { Prediction } from '../prediction.ts'
import { certaintyOf, sigmoid, softmax } from './distribution.ts'
import { classesOf, floatsOf, mismatch, outputOf, shapeOf, type Reading } from './reading.ts'

/** [1, C] scores: the best class, or with `multiple` every class, whose score reaches the threshold; the best first. */
export function decodeClasses(head: HeadOf<'classes'>, reading: Reading): Prediction[] {
  const { manifest, settings, notes } = reading
  const known = classesOf(reading)
  const [name, tensor] = outputOf(reading, head.output, 'class scores')
  if (tensor.data.length !== known) throw mismatch(`The output \`${name}\` has ${shapeOf(tensor.dims)} where 1 × ${known} is expected, as the manifest names ${known} classes.`)
  const scores = Float64Array.from(floatsOf(name, tensor))
  if (!scores.every(Number.isFinite)) {
    notes.push('The model gave class scores that are not finite (NaN or infinite), so no class was taken.')
    return []
  }
  if (head.activation === 'softmax') softmax(scores)
  if (head.activation === 'sigmoid') scores.forEach((score, at) => { scores[at] = sigmoid(score) })
  if (scores.some((score) => score > 1.01 || score < -0.01)) throw mismatch(`The output \`${name}\` has scores that are not between 0 and 1. The manifest’s head should say \`activation: softmax\` or \`sigmoid\`.`)
  const certainty = certaintyOf(scores)
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b).filter((at) => scores[at]! >= settings.threshold)
  return order.slice(0, head.multiple ? settings.mostDetections : 1).map((at) => ({
    className: manifest.classes[at]!, score: Math.min(Math.max(scores[at]!, 0), 1), geometry: { kind: 'item' }, text: null,
    // With several answers each class stands alone: how far it is from the toss of a coin.
    ...(head.multiple ? alone(scores[at]!) : certainty),
  }))
}

/** A yes-or-no answer: the lead over its opposite, and its entropy. */
function alone(score: number) {
  const yes = Math.min(Math.max(score, 0), 1)
  return certaintyOf([yes, 1 - yes])
}

/**
 * The picture as a vector of length 1: [1, D] as it is, [1, D, H, W] as the mean over its places, [1, T, D] as the mean over its tokens.
 * Throws in words when it is not finite or has no direction.
 */
export function decodeEmbedding(head: HeadOf<'embedding'>, reading: Reading): number[] {
  const [name, tensor] = outputOf(reading, head.output, 'the embedding')
  const data = floatsOf(name, tensor), dims = [...tensor.dims]
  if (dims.length > 1 && dims[0] !== 1) throw mismatch(`The output \`${name}\` has ${shapeOf(dims)}: a batch of ${dims[0]} where one picture was given.`)
  const vector = dims.length === 4 ? means(data, dims[1]!, dims[2]! * dims[3]!, dims[2]! * dims[3]!, 1)
    : dims.length === 3 ? means(data, dims[2]!, dims[1]!, 1, dims[2]!)
    : Array.from(data)
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  if (!Number.isFinite(length) || length === 0) throw mismatch(`The output \`${name}\` of “${reading.manifest.name}” is ${length === 0 ? 'all zeros' : 'not finite (NaN or infinite)'}, so the picture has no embedding.`)
  return vector.map((value) => value / length)
}

function means(data: Float32Array, size: number, count: number, step: number, placeStep: number): number[] {
  return Array.from({ length: size }, (_, at) => {
    let sum = 0
    for (let place = 0; place < count; place++) sum += data[at * step + place * placeStep]!
    return sum / count
  })
}
