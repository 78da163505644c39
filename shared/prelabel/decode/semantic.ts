import type { HeadOf } from '../manifest.ts'
import type { Prediction } from '../prediction.ts'
import type { Place } from '../picture/place.ts'
import { certaintyOf, softmax, unknownCertainty, type Certainty } from './distribution.ts'
import { outlineOf } from './outline.ts'
import { classesOf, floatsOf, mismatch, noteNotFinite, numbersOf, outputOf, shapeOf, type Reading } from './reading.ts'
import { regionsOf, type Region } from './regions.ts'

/** No class: padding, numbers that are not finite, the background. */
const nothing = -1

/** Places of a region that its score is measured at, at most. */
const mostMeasured = 2000

/** A map of classes, and what the graph said about each place. */
interface ClassMap { readonly width: number; readonly height: number; readonly classes: Int32Array; scoresAt(place: number): Float64Array | null }

/**
 * A class a pixel as regions: each that hangs together by its sides is a polygon. Its score, margin and entropy are means over its pixels.
 * Regions of the background, smaller than `leastShare` of the picture, or below the threshold are left out; the small ones are counted in the notes.
 */
export function decodeSemantic(head: HeadOf<'semantic'>, reading: Reading): Prediction[] {
  const { place, settings, notes, manifest } = reading
  const map = mapOf(head, reading)
  leaveOutPadding(map, place)
  const cell = cellOf(map, place)
  const { regions, map: numbers } = regionsOf(map.classes, map.width, map.height, nothing)
  const leastArea = (head.leastShare ?? 0.0005) * place.frame.itemWidth * place.frame.itemHeight
  const large = regions.filter(({ area }) => area * cell.width * cell.height >= leastArea)
  if (large.length < regions.length) notes.push(`${regions.length - large.length} regions smaller than ${Math.round(leastArea)} square pixels were left out.`)
  const found = large.flatMap((region): Prediction[] => {
    const { score, ...certainty } = certaintyIn(map, numbers, region)
    const geometry = score < settings.threshold ? null : polygonOf(region, numbers, map, place, leastArea)
    return geometry ? [{ className: manifest.classes[region.value]!, score, geometry, text: null, ...certainty }] : []
  })
  const best = found.toSorted((a, b) => b.score - a.score)
  if (best.length > settings.mostDetections) notes.push(`There are more than ${settings.mostDetections} regions; the best ${settings.mostDetections} were kept.`)
  return best.slice(0, settings.mostDetections)
}

function mapOf(head: HeadOf<'semantic'>, reading: Reading): ClassMap {
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

function scoredClasses(data: Float32Array, { channels, width, height, background, last }: Shape, { notes }: Reading): ClassMap {
  const size = width * height, [step, classStep] = last ? [channels, 1] : [1, size]
  const classes = new Int32Array(size), best = new Float32Array(size).fill(-Infinity)
  for (let c = 0; c < channels; c++) {
    for (let i = 0, at = c * classStep; i < size; i++, at += step) {
      const value = data[at]!
      if (value - value !== 0) best[i] = NaN
      else if (value > best[i]!) { best[i] = value; classes[i] = c }
    }
  }
  let bad = 0
  for (let i = 0; i < size; i++) {
    if (Number.isNaN(best[i])) bad++
    if (Number.isNaN(best[i]) || classes[i] === background) classes[i] = nothing
  }
  noteNotFinite(notes, bad, size, 'pixels')
  return { width, height, classes, scoresAt: (place) => asShares(Float64Array.from({ length: channels }, (_, c) => data[place * step + c * classStep]!)) }
}

/** Scores that are not shares already (0 … 1, sum 1) are logits, and go through a softmax. */
function asShares(scores: Float64Array): Float64Array {
  let sum = 0, least = Infinity
  for (const score of scores) { sum += score; least = Math.min(least, score) }
  if (least < 0 || Math.abs(sum - 1) > 0.01) softmax(scores)
  return scores
}

/** Cells whose middle is not in the picture are nothing. */
function leaveOutPadding({ width, height, classes }: ClassMap, { frame }: Place): void {
  for (let row = 0, i = 0; row < height; row++) {
    const y = (row + 0.5) * frame.height / height - frame.top, outside = y < 0 || y > frame.contentHeight
    for (let column = 0; column < width; column++, i++) {
      const x = (column + 0.5) * frame.width / width - frame.left
      if (outside || x < 0 || x > frame.contentWidth) classes[i] = nothing
    }
  }
}

/** The size of a cell in item pixels. */
function cellOf({ width, height }: ClassMap, { frame }: Place): { width: number, height: number } {
  return { width: frame.width / width * frame.itemWidth / frame.contentWidth, height: frame.height / height * frame.itemHeight / frame.contentHeight }
}

function polygonOf(region: Region, numbers: Int32Array, map: ClassMap, place: Place, leastArea: number) {
  const width = region.right - region.left + 1, height = region.bottom - region.top + 1
  const inside = new Uint8Array(width * height)
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to++) inside[to] = numbers[(row + region.top) * map.width + column + region.left] === region.number ? 1 : 0
  }
  const cell = cellOf(map, place)
  const grid = {
    x: place.toItemX(region.left * place.frame.width / map.width), y: place.toItemY(region.top * place.frame.height / map.height), width, height, step: 1,
  }
  return outlineOf(inside, grid, place, { tolerance: 0.75 * Math.max(cell.width, cell.height), leastArea }, cell)
}

/** Means over the pixels of a region, or over evenly spread ones of a large region. */
function certaintyIn(map: ClassMap, numbers: Int32Array, region: Region): { score: number } & Certainty {
  const stride = Math.max(1, Math.floor(region.area / mostMeasured))
  let seen = 0, count = 0, score = 0, margin = 0, entropy = 0
  for (let row = region.top; row <= region.bottom; row++) {
    for (let column = region.left; column <= region.right; column++) {
      const place = row * map.width + column
      if (numbers[place] !== region.number || seen++ % stride !== 0) continue
      const scores = map.scoresAt(place)
      if (scores === null) return { score: 1, ...unknownCertainty }
      const certainty = certaintyOf(scores)
      count++
      score += scores[region.value]!
      margin += certainty.margin ?? 0
      entropy += certainty.entropy ?? 0
    }
  }
  return { score: Math.min(score / count, 1), margin: margin / count, entropy: entropy / count }
}
