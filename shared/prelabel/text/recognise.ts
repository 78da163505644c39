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
import { turnedOver } from './angle.ts'

export interface Recogniser {
  readonly session: Session
  readonly input: ImageInput
  readonly decoding: { readonly blank: number; readonly space: boolean; readonly activation: 'none' | 'softmax'; readonly beam?: number | undefined }
  /** The characters file, as it stands. */
  readonly characters: string
  readonly classifier: { readonly session: Session; readonly input: ImageInput } | null
}

/** What stands in a line; `turned`: it stood on its head and was read the other way. */
export interface RecognisedLine extends ReadText { readonly turned: boolean }

/** Lines a batch, as PaddleOCR takes them, and the most pixels across a batch, so that long lines don't fill the memory. */
const batchLines = 6
const batchPixels = 12_000

/** The text of some lines of a picture, in the order given. Lines without an area are empty. Throws in words when the files don't fit each other. */
export async function recogniseLines(recogniser: Recogniser, sample: ImageSample, lines: readonly TextLine[]): Promise<RecognisedLine[]> {
  const found: RecognisedLine[] = lines.map(() => ({ text: '', characters: [], score: 0, broken: 0, turned: false }))
  const crops = lines.flatMap((line, index) => {
    const picture = cropOf(sample, line, recogniser.input)
    return picture ? [{ index, picture }] : []
  })
  const turned = await turnedOver(recogniser.classifier, crops.map(({ picture }) => picture))
  const upright = crops.map(({ index, picture }, place) => ({ index, turned: turned[place]!, picture: turned[place] ? onItsHead(picture) : picture }))
  for (const batch of batchesOf(upright)) {
    const scores = await scoresOf(recogniser, batch.map(({ picture }) => picture))
    const characters = charactersFor(recogniser.characters, recogniser.decoding, scores[0]?.classes ?? 0)
    batch.forEach((line, place) => { found[line.index] = { ...read(scores[place]!, characters, recogniser), turned: line.turned } })
  }
  return found
}

/** The text of one line: what the page asks for when somebody has drawn it. */
export async function recogniseLine(recogniser: Recogniser, sample: ImageSample, line: TextLine): Promise<RecognisedLine> {
  const [found] = await recogniseLines(recogniser, sample, [line])
  return found!
}

function read(scores: CtcScores, characters: readonly string[], { decoding: { blank, activation, beam } }: Recogniser): ReadText {
  const probabilities = activation === 'softmax' ? softmaxRows(scores) : scores
  return beam ? decodeBeam(probabilities, characters, blank, beam) : decodeGreedy(probabilities, characters, blank)
}

/** The line upright at the recogniser's height, its width in proportion; one much higher than wide is turned left first. */
function cropOf({ picture, width, height }: ImageSample, line: TextLine, { size }: ImageInput): Picture | null {
  if (size.kind === 'free') throw new Error('The manifest gives the recogniser a free size; lines of text need the size `line` or `fixed`.')
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
function batchesOf<Line extends { readonly picture: Picture }>(lines: readonly Line[]): Line[][] {
  const batches: Line[][] = []
  for (const line of lines.toSorted((a, b) => a.picture.width - b.picture.width)) {
    const last = batches.at(-1)
    if (last && last.length < batchLines && (last.length + 1) * line.picture.width <= batchPixels) last.push(line)
    else batches.push([line])
  }
  return batches
}

async function scoresOf({ session, input }: Recogniser, pictures: readonly Picture[]): Promise<CtcScores[]> {
  const { size } = input
  if (size.kind === 'free') return []
  const widest = Math.max(...pictures.map(({ width }) => width))
  const width = size.kind === 'line' ? Math.max(size.leastWidth, widest) : size.width
  return splitScores(await session.run(feedOf(session, input, pictureTensor(pictures, input, width, size.height))), pictures.length)
}

function splitScores(outputs: Tensors, lines: number): CtcScores[] {
  const found = Object.values(outputs).find((tensor) => tensor.type === 'float32' && tensor.dims.length === 3)
  if (found?.type !== 'float32' || found.dims[0] !== lines) {
    const shape = Object.values(outputs).map(({ dims }) => `[${dims.join(', ')}]`).join(' and ')
    throw new Error(`The recogniser gave ${shape || 'nothing'} for ${lines} lines instead of [${lines}, steps, classes]. Check that the file is a recogniser of text (CTC).`)
  }
  const [, steps, classes] = found.dims as [number, number, number]
  return Array.from({ length: lines }, (_, index) => ({ steps, classes, data: found.data.subarray(index * steps * classes, (index + 1) * steps * classes) }))
}
