import { QuorumError } from '#shared/contract/errors.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import { lineFrame } from '#shared/geometry/lineFrame.ts'
import type { Quad } from '#shared/geometry/homography.ts'
import type { ImageInput } from '../manifest.ts'
import type { ImageSample, Picture } from '../sample.ts'
import type { Session, Tensors } from '../tensor.ts'
import { charactersFor } from './characters.ts'
import { cropQuad } from './crop.ts'
import { decodeBeam } from './ctcBeam.ts'
import { decodeGreedy, softmaxRows, type CtcScores, type ReadText } from './ctc.ts'
import { feedOf } from './detect.ts'
import { tallFrom } from './outline.ts'
import { pictureTensor } from './pictureTensor.ts'
import { withSpaces } from './spaces.ts'
import { turnedOver } from './angle.ts'

export interface Recogniser {
  readonly session: Session
  readonly input: ImageInput
  readonly decoding: { readonly blank: number; readonly space: boolean; readonly activation: 'none' | 'softmax'; readonly beam?: number | undefined }
  /** The characters file, as it stands. */
  readonly characters: string
  readonly classifier: { readonly session: Session; readonly input: ImageInput } | null
}

/** What stands in a line, without spaces around it; `turned`: it stood on its head and was read the other way. */
export interface RecognisedLine extends ReadText { readonly turned: boolean }

/** Lines a batch, as PaddleOCR takes them, and the most pixels across a batch, so that long lines don't fill the memory. */
const batchLines = 6
const batchPixels = 12_000

/** A reading that is less sure than this is tried the other way up as well, which then counts when it is so much surer. */
const unsure = 0.8
const surerBy = 0.1

/**
 * The text of some lines of a picture, in the order given. Lines without an area are empty. A line that the classifier of the
 * angle takes for upside down, or that reads badly, is read both ways and the surer reading counts: the classifier errs with long lines.
 * Throws in words when the files don't fit each other.
 */
export async function recogniseLines(recogniser: Recogniser, sample: ImageSample, lines: readonly TextLine[]): Promise<RecognisedLine[]> {
  const crops = lines.flatMap((line, index): Crop[] => {
    const picture = cropOf(sample, line, recogniser.input)
    return picture ? [{ index, picture }] : []
  })
  const over = await turnedOver(recogniser.classifier, crops.map(({ picture }) => picture))
  const upright = await readAll(recogniser, crops)
  const doubtful = crops.flatMap((crop, place) => {
    const { score } = upright.get(crop.index)!
    return over[place] || score < unsure ? [{ crop: { ...crop, picture: onItsHead(crop.picture) }, least: over[place] ? score : score + surerBy }] : []
  })
  const turned = await readAll(recogniser, doubtful.map(({ crop }) => crop))
  const better = new Map(doubtful.filter(({ crop, least }) => turned.get(crop.index)!.score > least).map(({ crop }) => [crop.index, turned.get(crop.index)!]))
  return lines.map((_, index) => {
    const read = better.get(index) ?? upright.get(index) ?? { text: '', characters: [], score: 0, broken: 0 }
    return { ...read, text: read.text.trim(), turned: better.has(index) }
  })
}

/** What stands in each crop, by the index of its line. */
async function readAll(recogniser: Recogniser, crops: readonly Crop[]): Promise<Map<number, ReadText>> {
  const found = new Map<number, ReadText>()
  for (const batch of batchesOf(crops)) {
    const { scores, padded } = await scoresOf(recogniser, batch.map(({ picture }) => picture))
    const characters = charactersFor(recogniser.characters, recogniser.decoding, scores[0]?.classes ?? 0)
    batch.forEach(({ index, picture }, place) => found.set(index, read(scores[place]!, characters, recogniser, { line: picture, padded })))
  }
  return found
}

interface Crop { readonly index: number; readonly picture: Picture }

/** The text of one line: what the page asks for when somebody has drawn it. */
export async function recogniseLine(recogniser: Recogniser, sample: ImageSample, line: TextLine): Promise<RecognisedLine> {
  const [found] = await recogniseLines(recogniser, sample, [line])
  return found!
}

function read(scores: CtcScores, characters: readonly string[], { decoding: { blank, activation, beam } }: Recogniser, picture: { readonly line: Picture; readonly padded: number }): ReadText {
  const probabilities = activation === 'softmax' ? softmaxRows(scores) : scores
  const text = beam ? decodeBeam(probabilities, characters, blank, beam) : decodeGreedy(probabilities, characters, blank)
  return withSpaces(text, { scores: probabilities, space: characters.lastIndexOf(' '), ...picture })
}

/** The line upright at the recogniser's height, its width in proportion; one much higher than wide is turned left first. */
function cropOf({ picture, width, height }: ImageSample, line: TextLine, { size }: ImageInput): Picture | null {
  if (size.kind === 'free') throw new QuorumError('unsupported', 'The manifest gives the recogniser a free size; lines of text need the size `line` or `fixed`.')
  const frame = lineFrame(line)
  const scaleX = picture.width / width, scaleY = picture.height / height
  const quad = frame.quad.map(({ x, y }) => ({ x: x * scaleX, y: y * scaleY })) as unknown as Quad
  const tall = frame.height >= tallFrom * frame.width
  const [a, b, c, d] = quad
  const ratio = tall ? frame.height / frame.width : frame.width / frame.height
  const most = size.kind === 'line' ? size.mostWidth : size.width
  const across = Math.max(1, Math.min(most, Math.ceil(size.height * ratio)))
  return Number.isFinite(across) ? cropQuad(picture, tall ? [b, c, d, a] : quad, across, size.height) : null
}

function onItsHead({ width, height, data }: Picture): Picture {
  const out = new Uint8ClampedArray(data.length)
  for (let from = 0, to = data.length - 3; from < data.length; from += 3, to -= 3) {
    out[to] = data[from]!
    out[to + 1] = data[from + 1]!
    out[to + 2] = data[from + 2]!
  }
  return { width, height, data: out }
}

/** Lines of like width together, so that little is padded. */
function batchesOf(lines: readonly Crop[]): Crop[][] {
  const batches: Crop[][] = []
  for (const line of lines.toSorted((a, b) => a.picture.width - b.picture.width)) {
    const last = batches.at(-1)
    if (last && last.length < batchLines && (last.length + 1) * line.picture.width <= batchPixels) last.push(line)
    else batches.push([line])
  }
  return batches
}

/** The scores of each line, and the width in pixels that their steps cover. */
async function scoresOf({ session, input }: Recogniser, pictures: readonly Picture[]): Promise<{ scores: CtcScores[]; padded: number }> {
  const { size } = input
  if (size.kind === 'free') return { scores: [], padded: 0 }
  const widest = Math.max(...pictures.map(({ width }) => width))
  const width = size.kind === 'line' ? Math.max(size.leastWidth, widest) : size.width
  return { scores: splitScores(await session.run(feedOf(session, input, pictureTensor(pictures, input, width, size.height))), pictures.length), padded: width }
}

function splitScores(outputs: Tensors, lines: number): CtcScores[] {
  const found = Object.values(outputs).find((tensor) => tensor.type === 'float32' && tensor.dims.length === 3)
  if (found?.type !== 'float32' || found.dims[0] !== lines) {
    const shape = Object.values(outputs).map(({ dims }) => `[${dims.join(', ')}]`).join(' and ')
    throw new QuorumError('unsupported', `The recogniser gave ${shape || 'nothing'} for ${lines} lines instead of [${lines}, steps, classes]. Check that the file is a recogniser of text (CTC).`)
  }
  const [, steps, classes] = found.dims as [number, number, number]
  return Array.from({ length: lines }, (_, index) => ({ steps, classes, data: found.data.subarray(index * steps * classes, (index + 1) * steps * classes) }))
}
