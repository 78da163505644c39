import { QuorumError } from '#shared/contract/errors.ts'
import type { AudioInput, HeadOf, Manifest, RunSettings } from '../manifest.ts'
import type { Outcome } from '../prediction.ts'
import type { AudioSample, Sample } from '../sample.ts'
import type { Sessions, Tensor, Texts } from '../tensor.ts'
import { decodeTokens, type Decoded } from './greedy.ts'
import { hop, logMel } from './mel.ts'
import { resample } from './resample.ts'
import { createStepDecoder } from './stepDecoder.ts'
import { timedTokens } from './timestamps.ts'
import { createTokenizer, type Tokenizer } from './tokenizer.ts'
import { isSilent, quietEnd, soundWithin } from './windows.ts'

/** Some seconds of a sound and what is said in them; the score is the mean probability of the tokens (its geometric mean), 0 … 1. */
export interface Said { readonly start: number; readonly end: number; readonly text: string; readonly score: number }
export interface Transcript { readonly said: readonly Said[]; readonly notes: readonly string[] }

/** Where Whisper takes a window for one without speech: its token for that is likely, and the words are not. */
const noSpeechFrom = 0.6
const unlikelyWords = -1

/** What is said in a sound (head `seq2seq`): stretches with their text. */
export async function predictTranscript(manifest: Manifest, sessions: Sessions, sample: Sample, settings: RunSettings, texts: Texts): Promise<Outcome> {
  if (sample.kind !== 'audio') throw new QuorumError('invalid-input', 'A model that writes down speech needs a sound; this item is a picture.')
  const { said, notes } = await transcribe(manifest, sessions, sample, texts)
  const good = said.filter(({ score }) => score >= settings.threshold)
  const weak = said.length - good.length, cut = Math.max(0, good.length - settings.mostDetections)
  return {
    predictions: good.slice(0, settings.mostDetections).map(({ start, end, text, score }) => (
      { className: manifest.classes[0] ?? 'speech', score, geometry: { kind: 'stretch', start, end }, text, margin: null, entropy: null })),
    notes: [
      ...notes,
      ...(weak > 0 ? [`${weak} of ${said.length} stretches were written down with a confidence under ${settings.threshold}; left out.`] : []),
      ...(cut > 0 ? [`${cut} stretches after the first ${settings.mostDetections} were left out.`] : []),
    ],
    embedding: null,
  }
}

/**
 * The words of a sound, or of one stretch of it that the page cuts out, window by window (30 s for Whisper). With timestamps a window
 * begins where the last whole stretch ended; without them it ends where the sound is quiet.
 */
export async function transcribe(manifest: Manifest, sessions: Sessions, sound: AudioSample, texts: Texts): Promise<Transcript> {
  const { head, input } = partsOf(manifest)
  const tokenizer = createTokenizer(tokenizerFile(manifest, texts), head.tokenizer)
  if (sound.samples.length === 0) return { said: [], notes: ['The sound has no samples.'] }
  const samples = resample(sound.samples, sound.sampleRate, input.sampleRate)
  const most = head.features === 'log-mel' ? head.frames * hop : head.frames
  const said: Said[] = [], notes: string[] = []
  for (let from = 0; from < samples.length;) {
    const to = head.timestamps === null ? quietEnd(samples, from, most, input.sampleRate) : Math.min(samples.length, from + most)
    const window = samples.subarray(from, to)
    let next = to
    if (!isSilent(window)) {
      const decoded = await decodeWindow(window, head, input, sessions)
      noteStop(decoded, from / input.sampleRate, notes)
      const heard = decoded.noSpeech > noSpeechFrom && decoded.meanLog < unlikelyWords ? { said: [], used: null } : stretchesOf(decoded, window, head, input.sampleRate, tokenizer)
      const offset = from / input.sampleRate
      said.push(...heard.said.map((each) => ({ ...each, start: each.start + offset, end: each.end + offset })))
      // Less than a second on would not be progress.
      if (heard.used !== null && heard.used > 1 && to < samples.length) next = from + Math.round(heard.used * input.sampleRate)
    }
    from = Math.max(from + 1, next)
  }
  return { said, notes }
}

async function decodeWindow(samples: Float32Array, head: HeadOf<'seq2seq'>, input: AudioInput, sessions: Sessions): Promise<Decoded> {
  const encoder = sessions['encoder']
  if (!encoder) throw new QuorumError('unsupported', 'The model\'s file “encoder” is missing.')
  const features: Tensor = head.features === 'log-mel'
    ? { type: 'float32', dims: [1, head.mels, head.frames], data: logMel(samples, head.mels, head.frames, input.sampleRate) }
    : { type: 'float32', dims: [1, samples.length], data: samples.slice() }
  const feeds: Record<string, Tensor> = { [input.name ?? encoder.inputs[0]?.name ?? 'input_features']: features }
  if (encoder.inputs.some(({ name }) => name === 'attention_mask')) {
    const length = features.dims.at(-1)!
    feeds['attention_mask'] = { type: 'int64', dims: [1, length], data: new BigInt64Array(length).fill(1n) }
  }
  const outputs = await encoder.run(feeds)
  const hidden = outputs['last_hidden_state'] ?? Object.values(outputs).find(({ type, dims }) => type === 'float32' && dims.length === 3)
  if (!hidden) throw new QuorumError('unsupported', 'The encoder gave no hidden states [1, steps, size]. Check that the file is the encoder of a speech model.')
  return decodeTokens(createStepDecoder(sessions, hidden), head)
}

/** What the tokens of a window say, and after how many seconds the next window begins; null: after this one. */
function stretchesOf(decoded: Decoded, window: Float32Array, { timestamps }: HeadOf<'seq2seq'>, sampleRate: number, tokenizer: Tokenizer): { said: Said[]; used: number | null } {
  const score = Math.max(0, Math.min(1, Math.exp(decoded.meanLog)))
  const duration = window.length / sampleRate
  if (timestamps === null) {
    const [from, to] = soundWithin(window)
    return { said: withText([{ start: from / sampleRate, end: to / sampleRate, text: tokenizer.decode(decoded.tokens), score }]), used: null }
  }
  const timed = timedTokens(decoded.tokens, timestamps)
  const open = timed.at(-1)?.end === null ? timed.at(-1)! : null
  const again = open !== null && timed.length > 1
  const kept = again ? timed.slice(0, -1) : timed
  const said = kept.map(({ start, end, tokens }) => (
    { start: Math.min(start, duration), end: Math.min(duration, end ?? duration), text: tokenizer.decode(tokens), score }))
  return { said: withText(said), used: again ? open.start : null }
}

const withText = (all: readonly Said[]): Said[] => all.map((said) => ({ ...said, text: said.text.trim() })).filter(({ text }) => text !== '')

function noteStop({ stopped }: Decoded, seconds: number, notes: string[]): void {
  const at = `in the window from ${seconds.toFixed(1)} s`
  if (stopped === 'loop') notes.push(`The model began to repeat itself ${at}; the repetitions were cut off.`)
  if (stopped === 'most') notes.push(`The model did not come to an end ${at}; its text was cut off.`)
  if (stopped === 'broken') notes.push(`The model gave no number (NaN) ${at}; what came before is kept.`)
}

function partsOf({ head, input, name }: Manifest): { head: HeadOf<'seq2seq'>; input: AudioInput } {
  if (head.kind !== 'seq2seq') throw new QuorumError('unsupported', `This model's head is “${head.kind}”; writing down speech needs “seq2seq”.`)
  if (input.kind !== 'audio') throw new QuorumError('unsupported', `The manifest of “${name}” gives it a picture as its input; a model that listens needs sound.`)
  if (head.frames < 1 || (head.features === 'log-mel' && head.mels < 1)) throw new QuorumError('unsupported', `The manifest of “${name}” asks for windows of ${head.frames} frames and ${head.mels} bands; both must be at least 1.`)
  return { head, input }
}

function tokenizerFile({ name }: Manifest, texts: Texts): string {
  const file = texts['tokenizer']
  if (file === undefined) throw new QuorumError('unsupported', `The model “${name}” has no file “tokenizer”; without it its tokens cannot become text.`)
  return file
}
