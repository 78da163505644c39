import { QuorumError } from '#shared/contract/errors.ts'
import type { Head, Manifest } from '../manifest.ts'
import type { Clues, Guessed } from './clues.ts'
import { fixed, imageDeviation, imageMean, inputOf, numbered, sizeNotes, type Eye } from './eye.ts'

const imagenet = { mean: imageMean as [number, number, number], deviation: imageDeviation as [number, number, number] }

/** Models that answer with a map: one mask, a class a pixel, a text detector; or null. */
export function guessMap(clues: Clues, eye: Eye): Guessed | null {
  const { header, named } = clues
  const output = header.outputs.find(({ dims }) => dims.length === 4) ?? (header.outputs.length === 1 && header.outputs[0]!.type === 'int64' ? header.outputs[0]! : undefined)
  if (!output) return null
  const dims = output.dims.slice(1).map(fixed)
  if (/embedding/iu.test(output.name) || (dims[0] === 256 && dims[1] === 64 && dims[2] === 64)) {
    throw new QuorumError('unsupported', 'This looks like the encoder of a Segment Anything model, which needs its decoder too. Write a manifest that names both.')
  }
  if (dims[1] === 1 && dims[2] === 1) return null
  const isLast = output.dims.length === 4 && eye.layout === 'nhwc' && dims[2] !== null
  const channels = output.dims.length === 4 ? (isLast ? dims[2]! : dims[0] ?? null) : 1
  const maker = header.producers[output.name]
  if (channels === 1 && output.type === 'float32') return isTextDetector(clues, eye) ? textDetector(eye) : oneMask(clues, eye, output.name, maker === 'Sigmoid' ? 'none' : 'sigmoid')
  if (channels === null) return null
  const count = channels === 1 ? named.classes?.length ?? 0 : channels
  const classes = named.classes?.length === count && count > 0 ? [...named.classes] : numbered(Math.max(count, 2))
  const notes = [...(named.classes ? [] : [`The graph does not name its classes; they were numbered, and class 0 was taken as the background.`]), 'Colours were taken as RGB with ImageNet’s means.']
  const head: Head = { kind: 'semantic', output: output.name, layout: isLast ? 'nhwc' : 'nchw', background: named.classes ? null : 0 }
  return guessed('segment', head, classes, inputOf(eye, 512, imagenet, named.imageSize), clues, eye, notes)
}

/** PaddleOCR's detectors leave the sides free and call their input `x`. */
function isTextDetector({ header, fileName, named }: Clues, eye: Eye): boolean {
  return named.task === null && ((eye.width === null && header.inputs[0]?.name === 'x') || /(^|[^a-z])(det|dbnet|text)/u.test(fileName)) && !/seg|mask|matting|selfie/u.test(fileName)
}

function textDetector(eye: Eye): Guessed {
  return {
    task: 'text-detect', classes: ['text'], threshold: 0.6, overlap: 0.5, sure: false,
    notes: ['One map of pictures of any size was taken as a text detector’s (differentiable binarization), as PaddleOCR’s.'],
    head: { kind: 'db', binary: 0.3, boxScore: 0.6, unclip: 1.5, leastSide: 3 },
    input: { ...inputOf(eye, 960, { ...imagenet, channels: 'bgr' }), size: { kind: 'free', longest: 960, multipleOf: 32 } },
  }
}

function oneMask(clues: Clues, eye: Eye, output: string, activation: 'none' | 'sigmoid'): Guessed {
  const name = clues.named.classes?.[0] ?? (/selfie|person|human|portrait/u.test(clues.fileName) ? 'person' : 'object')
  const notes = [`The mask’s class was taken as “${name}”.`, 'Colours were taken as RGB, 0 … 1.', ...(activation === 'sigmoid' ? ['The graph does not end in a sigmoid, so one is applied.'] : [])]
  return guessed('segment', { kind: 'mask', output, activation }, [name], inputOf(eye, 256, {}, clues.named.imageSize), clues, eye, notes)
}

function guessed(task: Manifest['task'], head: Head, classes: string[], input: Manifest['input'] & { kind: 'image' }, clues: Clues, eye: Eye, notes: string[]): Guessed {
  return { task, head, classes, input, threshold: 0.5, overlap: 0.5, sure: false, notes: [...notes, ...sizeNotes(eye, input, clues.named.imageSize)] }
}
