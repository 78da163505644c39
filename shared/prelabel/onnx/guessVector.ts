import type { ImageInput } from '../manifest.ts'
import type { Port } from '../tensor.ts'
import type { Clues, Guessed } from './clues.ts'
import { fixed, imageDeviation, imageMean, inputOf, numbered, sizeNotes, type Eye } from './eye.ts'

/** Classes of common sets: ImageNet-1k (with a background), -21k, -22k, CIFAR, Places. */
const usualCounts = new Set([10, 100, 365, 1000, 1001, 21_841, 21_843])

/** Models that answer with one vector or one line: classes, embeddings, the characters of a line; or null. */
export function guessVector(clues: Clues, eye: Eye): Guessed | null {
  const { header, named } = clues
  const output = header.outputs.find(({ name }) => /embed|feature|pooler/iu.test(name)) ?? header.outputs.find(({ dims }) => dims.length >= 2)
  if (!output) return null
  if (isLine(output, eye, clues)) return line(eye)
  const size = vectorSize(output)
  if (size === null) return null
  const maker = header.producers[output.name]
  const isEmbedding = /embed|feature|pooler|last_hidden/iu.test(output.name) || output.dims.length === 3 || /clip|dino|embed/u.test(clues.fileName)
  const isClasses = named.task === 'classify' || named.classes?.length === size || maker === 'Softmax' || maker === 'Sigmoid' || usualCounts.has(size) || /logits|prob|score|class/iu.test(output.name)
  return isClasses && !(isEmbedding && named.classes === null) ? classifier(clues, eye, output, size, maker) : embedder(clues, eye, output)
}

const vectorSize = ({ dims }: Port): number | null => {
  if (dims.length === 2 || (dims.length === 4 && dims[2] === 1 && dims[3] === 1)) return fixed(dims[1])
  return dims.length === 3 ? fixed(dims[2]) : null
}

function isLine({ dims }: Port, { height }: Eye, { fileName }: Clues): boolean {
  return dims.length === 3 && ((height !== null && height >= 32 && height <= 64) || /(^|[^a-z])rec([^a-z]|$)|ocr/u.test(fileName))
}

function line(eye: Eye): Guessed {
  const input = inputOf(eye, 48, { channels: 'bgr', fit: 'top-left', pad: [127.5, 127.5, 127.5], scale: 1 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] })
  return {
    task: 'text-recognise', classes: ['text'], threshold: 0.5, overlap: 0.5, sure: false,
    notes: ['Scores a step were taken as a line of text’s with 0 as the blank, as PaddleOCR’s. The file of its characters has to be added to the manifest as `characters`.'],
    head: { kind: 'ctc', blank: 0, space: true, activation: 'none' },
    input: { ...input, size: { kind: 'line', height: eye.height ?? 48, leastWidth: 48, mostWidth: eye.width ?? 3200 } },
  }
}

const imagenet: Partial<ImageInput> = { fit: 'crop', mean: imageMean as [number, number, number], deviation: imageDeviation as [number, number, number] }
const clip: Partial<ImageInput> = { fit: 'crop', mean: [0.481_454_66, 0.457_827_5, 0.408_210_73], deviation: [0.268_629_54, 0.261_302_58, 0.275_777_11] }

function classifier(clues: Clues, eye: Eye, output: Port, size: number, maker: string | undefined): Guessed {
  const { named } = clues
  const isUltralytics = named.task === 'classify', hasNames = named.classes?.length === size
  const activation = maker === 'Softmax' || maker === 'Sigmoid' ? 'none' : 'softmax'
  const notes = [
    ...(hasNames ? [] : [`The graph does not name its ${size} classes; they were numbered.`]), ...(isUltralytics ? [] : ['Colours were taken as RGB with ImageNet’s means, the middle of the picture.']),
    ...(activation === 'softmax' ? ['The graph does not end in a softmax, so one is applied.'] : []),
  ]
  const input = inputOf(eye, 224, isUltralytics ? { fit: 'crop' } : imagenet, named.imageSize)
  return {
    task: 'classify', head: { kind: 'classes', output: output.name, activation, multiple: maker === 'Sigmoid' }, classes: hasNames ? [...named.classes!] : numbered(size), input,
    threshold: 0.3, overlap: 0.5, sure: notes.length === 0, notes: [...notes, ...sizeNotes(eye, input, named.imageSize)],
  }
}

function embedder(clues: Clues, eye: Eye, output: Port): Guessed {
  const isClip = /clip/u.test(clues.fileName), input = inputOf(eye, 224, isClip ? clip : imagenet, clues.named.imageSize)
  return {
    task: 'embed', head: { kind: 'embedding', output: output.name }, classes: [], input, threshold: 0, overlap: 0.5, sure: false,
    notes: [`The output \`${output.name}\` was taken as an embedding.`, `Colours were taken as RGB with ${isClip ? 'CLIP’s' : 'ImageNet’s'} means, the middle of the picture.`, ...sizeNotes(eye, input, clues.named.imageSize)],
  }
}
