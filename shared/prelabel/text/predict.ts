import { QuorumError } from '#shared/contract/errors.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import { normaliseAngle } from '#shared/geometry/angle.ts'
import type { Head, ImageInput, Manifest, RunSettings } from '../manifest.ts'
import type { Outcome, Prediction } from '../prediction.ts'
import type { ImageSample, Sample } from '../sample.ts'
import type { Session, Sessions, Texts } from '../tensor.ts'
import { wholeQuad } from './crop.ts'
import { detectLines, keepLines } from './detect.ts'
import type { FoundLine } from './db.ts'
import { inReadingOrder } from './order.ts'
import { recogniseLines, type RecognisedLine, type Recogniser } from './recognise.ts'

/** A detector of text alone (head `db`): outlines without words. */
export async function predictTextLines(manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings): Promise<Outcome> {
  if (manifest.head.kind !== 'db') throw wrongHead(manifest.head, 'db')
  const image = imageOf(sample)
  const { lines, notes } = await detectLines(graph(sessions, 'detector', 'model'), pictureInput(manifest), manifest.head, image)
  const said = [...notes]
  const kept = inReadingOrder(keepLines(lines, settings, said), lineOf)
  return { predictions: kept.map((line) => prediction(manifest, lineOf(line), line.score, null)), notes: said, embedding: null }
}

/** Detector and recogniser (head `ocr`): outlines with their words; the score is the mean confidence of the characters. */
export async function predictOcr(manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings, texts: Texts): Promise<Outcome> {
  const { head } = manifest
  if (head.kind !== 'ocr') throw wrongHead(head, 'ocr')
  const image = imageOf(sample)
  const { lines, notes } = await detectLines(graph(sessions, 'detector'), pictureInput(manifest), head, image)
  const found = lines.map(lineOf)
  const read = await recogniseLines(recogniserOf(manifest, sessions, texts), image, found)
  const said = [...notes, ...notesAbout(read, settings)]
  const rated = found.map((line, index) => ({ line: read[index]!.turned ? upright(line) : line, text: read[index]!.text, score: read[index]!.score }))
  const kept = inReadingOrder(keepLines(rated.filter(({ text }) => text !== ''), settings, said), ({ line }) => line)
  return { predictions: kept.map(({ line, text, score }) => prediction(manifest, line, score, text)), notes: said, embedding: null }
}

/** A recogniser alone (head `ctc`): the whole picture is one line. */
export async function predictLineText(manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings, texts: Texts): Promise<Outcome> {
  const image = imageOf(sample)
  const { width, height } = image
  if (width < 1 || height < 1) return { predictions: [], notes: ['The picture has no pixels.'], embedding: null }
  const line: TextLine = { kind: 'text-line', outline: { kind: 'polygon', parts: [[wholeQuad(image).flatMap(({ x, y }) => [x, y])]] }, baseline: null }
  const [read] = await recogniseLines(recogniserOf(manifest, sessions, texts), image, [line])
  const notes = notesAbout([read!], settings)
  if (read!.text === '' || read!.score < settings.threshold) return { predictions: [], notes, embedding: null }
  const predictions: Prediction[] = [{ ...prediction(manifest, line, read!.score, read!.text), geometry: { kind: 'item' } }]
  return { predictions, notes, embedding: null }
}

/** The recogniser of a model with head `ocr` or `ctc`, for `recogniseLine` and `recogniseLines`. Throws in words when a part is missing. */
export function recogniserOf(manifest: Manifest, sessions: Sessions, texts: Texts): Recogniser {
  const { head } = manifest
  if (head.kind !== 'ocr' && head.kind !== 'ctc') throw wrongHead(head, 'ocr or ctc')
  const characters = texts['characters']
  if (characters === undefined) throw new QuorumError('unsupported', `The model “${manifest.name}” has no characters file; a recogniser of text needs one.`)
  if (head.kind === 'ctc') return { session: graph(sessions, 'recogniser', 'model'), input: pictureInput(manifest), decoding: head, characters, classifier: null }
  const classifier = sessions['classifier']
  return {
    session: graph(sessions, 'recogniser'), input: head.recogniser, decoding: head, characters,
    classifier: head.classifier && classifier ? { session: classifier, input: head.classifier } : null,
  }
}

function notesAbout(read: readonly RecognisedLine[], { threshold }: RunSettings): string[] {
  const notes = []
  const broken = read.filter((line) => line.broken > 0).length
  if (broken > 0) notes.push(`The recogniser gave no number (NaN) in ${broken} of ${read.length} lines; those places count as empty.`)
  const empty = read.filter(({ text }) => text === '').length
  if (empty > 0) notes.push(`${lines(empty)} found without a character that could be read; left out.`)
  const weak = read.filter(({ text, score }) => text !== '' && score < threshold).length
  if (weak > 0) notes.push(`${lines(weak)} read with a confidence under ${threshold}; left out.`)
  return notes
}

const lines = (count: number): string => (count === 1 ? '1 line was' : `${count} lines were`)
const lineOf = ({ outline }: FoundLine): TextLine => ({ kind: 'text-line', outline, baseline: null })

/** A line that stands on its head is read from its other end. */
function upright(line: TextLine): TextLine {
  const { outline } = line
  if (outline.kind === 'polygon') return line
  const turned = outline.kind === 'rotated-box' ? outline
    : { kind: 'rotated-box' as const, cx: outline.x + outline.width / 2, cy: outline.y + outline.height / 2, width: outline.width, height: outline.height, angle: 0 }
  return { ...line, outline: { ...turned, angle: normaliseAngle(turned.angle + 180) } }
}

const prediction = ({ classes }: Manifest, line: TextLine, score: number, text: string | null): Prediction =>
  ({ className: classes[0] ?? 'text', score, geometry: line, text, margin: null, entropy: null })

function imageOf(sample: Sample): ImageSample {
  if (sample.kind !== 'image') throw new QuorumError('invalid-input', 'A model that reads text looks at pictures; this item is a sound.')
  return sample
}

function pictureInput({ input, name }: Manifest): ImageInput {
  if (input.kind !== 'image') throw new QuorumError('unsupported', `The manifest of “${name}” gives it sound as its input; a model that reads text needs a picture.`)
  return input
}

function graph(sessions: Sessions, ...names: readonly string[]): Session {
  const found = names.map((name) => sessions[name]).find((session) => session !== undefined)
  if (!found) throw new QuorumError('unsupported', `The model's file “${names[0]}” is missing.`)
  return found
}

const wrongHead = (head: Head, wanted: string): QuorumError => new QuorumError('unsupported', `This model's head is “${head.kind}”; reading text needs “${wanted}”.`)
