import type { HeadOf } from '../manifest.ts'
import type { Frame } from '../picture/frame.ts'
import { softmax } from './distribution.ts'
import { classesOf, floatsOf, mismatch, noteNotFinite, numbersOf, outputOf, shapeOf, type Reading } from './reading.ts'
import { refine } from './refine.ts'

/** No class: padding, numbers that are not finite, the background. */
export const nothing = -1

/** A map of classes, and what the graph said about each place. */
export interface ClassMap {
  readonly width: number; readonly height: number; readonly classes: Int32Array
  /** The shares of the classes at a place, overwritten by the next call; null where the graph gives the class only. */
  scoresAt(place: number): Float64Array | null
}

/** Reads the output, and makes coarse scores finer where the item is larger than they are. Throws in words when it is not what the head says. */
export function classMapOf(head: HeadOf<'semantic'>, reading: Reading): ClassMap {
  const known = classesOf(reading)
  const [name, tensor] = outputOf(reading, head.output, 'the classes of pixels')
  const { dims } = tensor
  if (dims.length >= 3 && dims[0] !== 1) throw mismatch(`The output \`${name}\` has ${shapeOf(dims)}: a batch of ${dims[0]} where one picture was given.`)
  const shape = dims.length === 4 ? dims.slice(1) : dims.length === 3 ? [1, ...dims.slice(1)] : [1, ...dims]
  const [channels, height, width] = head.layout === 'nhwc' && dims.length === 4 ? [shape[2]!, shape[0]!, shape[1]!] : shape as [number, number, number]
  if (shape.length !== 3 || !(width >= 1 && height >= 1)) throw mismatch(`The output \`${name}\` has ${shapeOf(dims)} where 1 × classes × H × W or 1 × H × W is expected.`)
  const background = head.background ?? nothing
  if (channels === 1) return { width, height, classes: givenClasses(numbersOf(tensor), known, background, reading), scoresAt: () => null }
  if (channels !== known) throw mismatch(`The output \`${name}\` has ${channels} channels where the manifest names ${known} classes (${shapeOf(dims)}, ${head.layout}).`)
  return scoredClasses(floatsOf(name, tensor), { channels, width, height, background, last: head.layout === 'nhwc' }, reading)
}

function givenClasses(values: Float32Array, known: number, background: number, { notes }: Reading): Int32Array {
  let bad = 0
  const classes = Int32Array.from(values, (value) => {
    const isKnown = Number.isInteger(value) && value >= 0 && value < known
    if (!isKnown) bad++
    return isKnown && value !== background ? value : nothing
  })
  if (bad > 0) notes.push(`${bad} of ${values.length} pixels are of a class that the manifest’s list of ${known} does not have; left out.`)
  return classes
}

interface Shape { readonly channels: number; readonly width: number; readonly height: number; readonly background: number; readonly last: boolean }

function scoredClasses(data: Float32Array, { channels, width, height, background, last }: Shape, { notes, place }: Reading): ClassMap {
  const size = width * height, [step, classStep] = last ? [channels, 1] : [1, size]
  const best = bestOf(data, channels, size, step, classStep)
  noteNotFinite(notes, best.reduce((bad, which) => bad + (which < 0 ? 1 : 0), 0), size, 'pixels')
  const times = finenessOf(width, height, place.frame)
  const classes = refine({ width, height, channels, data, step, classStep, best }, times)
  for (let i = 0; i < classes.length; i++) if (classes[i] === background) classes[i] = nothing
  const shares = new Float64Array(channels)
  const scoresAt = (at: number): Float64Array => {
    const column = Math.floor((at % (width * times)) / times), row = Math.floor(Math.floor(at / (width * times)) / times)
    for (let c = 0, from = (row * width + column) * step; c < channels; c++, from += classStep) shares[c] = data[from]!
    return asShares(shares)
  }
  return { width: width * times, height: height * times, classes, scoresAt }
}

function bestOf(data: Float32Array, channels: number, size: number, step: number, classStep: number): Int32Array {
  const classes = new Int32Array(size), best = new Float32Array(size).fill(-Infinity)
  for (let c = 0; c < channels; c++) {
    for (let i = 0, at = c * classStep; i < size; i++, at += step) {
      const value = data[at]!
      if (value - value !== 0) { best[i] = NaN; classes[i] = nothing } else if (value > best[i]!) { best[i] = value; classes[i] = c }
    }
  }
  return classes
}

/** Places of a map along its longer side, and times finer, at most. */
const mostPlaces = 1024, mostTimes = 8

/** How many times finer a map is worth reckoning: to about 1½ item pixels a place. */
function finenessOf(width: number, height: number, frame: Frame): number {
  const cell = Math.min(frame.width / width * frame.itemWidth / frame.contentWidth, frame.height / height * frame.itemHeight / frame.contentHeight)
  return Math.max(1, Math.min(Math.floor(cell / 1.5), mostTimes, Math.floor(mostPlaces / Math.max(width, height))))
}

/** Scores that are not shares already (0 … 1, sum 1) are logits, and go through a softmax. */
function asShares(scores: Float64Array): Float64Array {
  let sum = 0, least = Infinity
  for (let c = 0; c < scores.length; c++) {
    sum += scores[c]!
    least = Math.min(least, scores[c]!)
  }
  if (least < 0 || Math.abs(sum - 1) > 0.01) softmax(scores)
  return scores
}
