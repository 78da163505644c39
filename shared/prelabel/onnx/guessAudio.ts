import { QuorumError } from '#shared/contract/errors.ts'
import type { Clues, Guessed } from './clues.ts'

/** Models that listen: a voice activity detector with its state (Silero). Parts of speech-to-text models are refused, as one file is not enough. */
export function guessAudio({ header }: Clues): Guessed | null {
  const { inputs, outputs } = header
  const sound = inputs.find(({ name, dims }) => dims.length === 2 && /^(input|audio|samples|waveform)$/iu.test(name))
  const state = inputs.find(({ name, dims }) => /^(state|h)$/iu.test(name) && dims.length === 3)
  const next = outputs.find(({ name }) => /^(staten|state_out|hn|new_state)$/iu.test(name))
  const speech = outputs.find(({ name }) => name !== next?.name)
  if (sound && state && next && speech) {
    return {
      task: 'voice-activity', classes: ['speech'], threshold: 0.5, overlap: 0.5, sure: true,
      notes: ['The window was taken as 512 samples at 16,000 Hz with 64 samples of context, as Silero’s are.'],
      input: { kind: 'audio', name: sound.name, sampleRate: 16_000, window: 512, context: 64 },
      head: { kind: 'vad', state: state.name, stateDims: state.dims.map((dim) => (typeof dim === 'number' ? dim : 1)), rate: inputs.find(({ name }) => /^(sr|sample_rate)$/iu.test(name))?.name ?? null, output: speech.name, nextState: next.name },
    }
  }
  const isSpeechPart = inputs.some(({ name, dims }) => /^(input_features|mel|input_values|encoder_hidden_states)$/iu.test(name) || (dims.length === 3 && (dims[1] === 80 || dims[1] === 128)))
  if (isSpeechPart) throw new QuorumError('unsupported', 'This looks like one part of a speech-to-text model, which has an encoder, a decoder and a tokenizer. Write a manifest that names all three.')
  return null
}
