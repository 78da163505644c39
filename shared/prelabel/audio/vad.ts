import { QuorumError } from '#shared/contract/errors.ts'
import type { AudioInput, HeadOf, Manifest, RunSettings } from '../manifest.ts'
import type { Outcome } from '../prediction.ts'
import type { AudioSample, Sample } from '../sample.ts'
import type { Session, Sessions, Tensor, Tensors } from '../tensor.ts'
import { settledEnds } from './ends.ts'
import { resample } from './resample.ts'
import { speechStretches } from './speech.ts'

/** Where somebody speaks (head `vad`): stretches with the mean probability as their score. */
export async function predictSpeech(manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings): Promise<Outcome> {
  const { head } = manifest
  if (head.kind !== 'vad') throw new QuorumError('unsupported', `This model's head is “${head.kind}”; finding speech needs “vad”.`)
  const { session, input, sound } = readied(manifest, sessions, sample)
  if (sound.samples.length === 0) return { predictions: [], notes: ['The sound has no samples.'], embedding: null }
  const { sampleRate, window } = input
  const { probabilities, broken } = await speechProbabilities(session, input, head, resample(sound.samples, sound.sampleRate, sampleRate))
  const heard = speechStretches(probabilities, window / sampleRate, sound.samples.length / sound.sampleRate, { ...head, threshold: settings.threshold })
  const found = head.settleMs === undefined ? heard : settledEnds(heard, sound, head.settleMs / 1000)
  const notes = broken > 0 ? [`The model gave no number (NaN) for ${broken} of ${probabilities.length} windows; they count as silence.`] : []
  if (found.length > settings.mostDetections) notes.push(`${found.length - settings.mostDetections} stretches after the first ${settings.mostDetections} were left out.`)
  return {
    predictions: found.slice(0, settings.mostDetections).map(({ start, end, score }) => (
      { className: manifest.classes[0] ?? 'speech', score, geometry: { kind: 'stretch', start, end }, text: null, margin: null, entropy: null })),
    notes, embedding: null,
  }
}

export interface SpeechProbabilities { readonly probabilities: Float32Array; readonly broken: number }

/**
 * The probability of speech a window of the model's own rate; the last window is filled up with silence. Each window is preceded
 * by the last `context` samples of the one before. After a window that gave NaN the state begins anew, so that it does not spread.
 */
export async function speechProbabilities(session: Session, input: AudioInput, head: HeadOf<'vad'>, samples: Float32Array): Promise<SpeechProbabilities> {
  const { window, context } = input
  const windows = Math.ceil(samples.length / window)
  const probabilities = new Float32Array(windows)
  let state = emptyState(head), broken = 0
  for (let index = 0; index < windows; index++) {
    const data = new Float32Array(context + window)
    const from = index * window - context
    data.set(samples.subarray(Math.max(0, from), Math.min(samples.length, from + data.length)), Math.max(0, -from))
    const outputs = await session.run(feeds(session, input, head, data, state))
    const probability = numberOf(outputs, head)
    const next = outputs[head.nextState]
    if (next?.type !== 'float32') throw new QuorumError('unsupported', `The model gave no state “${head.nextState}” to carry on. Check the names in its manifest.`)
    const sound = !Number.isNaN(probability) && !next.data.some(Number.isNaN)
    if (!sound) broken++
    probabilities[index] = sound ? probability : 0
    state = sound ? next : emptyState(head)
  }
  return { probabilities, broken }
}

const emptyState = ({ stateDims }: HeadOf<'vad'>): Tensor =>
  ({ type: 'float32', dims: stateDims, data: new Float32Array(stateDims.reduce((product, side) => product * side, 1)) })

function feeds(session: Session, input: AudioInput, head: HeadOf<'vad'>, data: Float32Array, state: Tensor): Tensors {
  const name = input.name ?? session.inputs.find((port) => port.name !== head.state && port.name !== head.rate)?.name ?? 'input'
  const rate: Tensors = head.rate === null ? {} : { [head.rate]: { type: 'int64', dims: [], data: BigInt64Array.of(BigInt(input.sampleRate)) } }
  return { [name]: { type: 'float32', dims: [1, data.length], data }, [head.state]: state, ...rate }
}

function numberOf(outputs: Tensors, { output, nextState }: HeadOf<'vad'>): number {
  const name = output ?? Object.keys(outputs).find((key) => key !== nextState)
  const tensor = name === undefined ? undefined : outputs[name]
  if (tensor?.type !== 'float32' || tensor.data.length !== 1) {
    throw new QuorumError('unsupported', `The model gave ${tensor ? `[${tensor.dims.join(', ')}]` : 'nothing'} instead of one probability a window. Check that the file is a voice activity detector.`)
  }
  return tensor.data[0]!
}

function readied({ input, name }: Manifest, sessions: Sessions, sample: Sample): { session: Session; input: AudioInput; sound: AudioSample } {
  if (input.kind !== 'audio') throw new QuorumError('unsupported', `The manifest of “${name}” gives it a picture as its input; a model that listens needs sound.`)
  if (sample.kind !== 'audio') throw new QuorumError('invalid-input', 'A model that listens needs a sound; this item is a picture.')
  const session = sessions['model']
  if (!session) throw new QuorumError('unsupported', 'The model\'s file “model” is missing.')
  return { session, input, sound: sample }
}
