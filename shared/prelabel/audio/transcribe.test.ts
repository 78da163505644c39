import { describe, expect, test } from 'vitest'
import type { HeadOf, Manifest } from '../manifest.ts'
import type { AudioSample } from '../sample.ts'
import type { Port, Session, Tensor, Tensors } from '../tensor.ts'
import { decodeTokens, loopLength } from './greedy.ts'
import { createStepDecoder } from './stepDecoder.ts'
import { timedTokens } from './timestamps.ts'
import { predictTranscript, transcribe } from './transcribe.ts'
import { quietEnd } from './windows.ts'

/** Words 0 … 5, then start, no speech, end, and the timestamps 0.00, 0.02, … from 10 on. */
const words = [' one', ' two', ' three', ' four', ' five', '.']
const [start, noSpeech, end, time] = [6, 7, 8, 10]
const size = 10 + 101
const tokenizer = JSON.stringify({ model: { vocab: Object.fromEntries(words.map((word, id) => [word.replace(' ', 'Ġ'), id])) }, added_tokens: [{ id: end, content: '<|end|>', special: true }] })
const at = (seconds: number) => time + Math.round(seconds / 0.02)

const head: HeadOf<'seq2seq'> = {
  kind: 'seq2seq', features: 'samples', mels: 0, frames: 32_000, start: [start], end, most: 40, suppress: [start], timestamps: null, tokenizer: 'bpe', noSpeech,
}
const manifest = (changes: Partial<HeadOf<'seq2seq'>> = {}): Manifest => ({
  schema: 1, id: 'tiny', name: 'Tiny', version: '1', task: 'speech-to-text', licence: 'MIT', source: 'made here', files: [],
  input: { kind: 'audio', name: null, sampleRate: 16_000, window: 1, context: 0 }, head: { ...head, ...changes }, classes: ['speech'], threshold: 0, overlap: 1, mostDetections: 100,
})
const settings = { threshold: 0, overlap: 1, mostDetections: 100 }

const float = (dims: readonly number[], data: Float32Array): Tensor => ({ type: 'float32', dims, data })
const port = (name: string, type = 'float32', dims: Port['dims'] = []): Port => ({ name, type, dims })

/** An encoder whose hidden state is the loudness of each second. */
const encoder: Session = {
  inputs: [port('input_values')], outputs: [],
  run: (feeds) => {
    const samples = feeds['input_values']!.data as Float32Array
    const seconds = Math.max(1, Math.ceil(samples.length / 16_000))
    const loud = Float32Array.from({ length: seconds }, (_, second) => samples.subarray(second * 16_000, (second + 1) * 16_000).reduce((most, value) => Math.max(most, Math.abs(value)), 0))
    return Promise.resolve({ last_hidden_state: float([1, seconds, 1], loud) })
  },
}

type Script = (hidden: Float32Array) => readonly number[]
/** Scores that make the script's tokens come one after the other, then the end. */
const scoresFor = (script: readonly number[], step: number, sure = 5) => Float32Array.from({ length: size }, (_, token) => (token === (script[step] ?? end) ? sure : 0))

/** Without a cache: gives scores for all tokens it is given. */
function plainDecoder(script: Script, seen: Tensors[] = []): Session {
  return {
    inputs: [port('input_ids', 'int64'), port('encoder_hidden_states')], outputs: [],
    run: (feeds) => {
      seen.push(feeds)
      const count = feeds['input_ids']!.dims[1]!
      const data = Float32Array.from(Array.from({ length: count }, (_, index) => [...scoresFor(script(feeds['encoder_hidden_states']!.data as Float32Array), index)]).flat())
      return Promise.resolve({ logits: float([1, count, size], data) })
    },
  }
}

/** With a cache whose length alone tells it where it is. */
function cachedDecoder(script: Script, branch: boolean, seen: Tensors[] = []): Session {
  const past = (side: string) => port(`past_key_values.0.${side}.key`, 'float32', ['batch', 2, 'past', 3])
  return {
    inputs: [port('input_ids', 'int64'), port('encoder_hidden_states'), past('decoder'), past('encoder'), ...(branch ? [port('use_cache_branch', 'bool')] : [])], outputs: [],
    run: (feeds) => {
      seen.push(feeds)
      const count = feeds['input_ids']!.dims[1]!, done = feeds['past_key_values.0.decoder.key']!.dims[2]!
      const first = done === 0
      const made = feeds['past_key_values.0.encoder.key']!
      if (!first && made.dims[2] !== 4) throw new Error('the encoder\'s past was lost')
      const length = done + count
      return Promise.resolve({
        'present.0.decoder.key': float([1, 2, length, 3], new Float32Array(6 * length)),
        'present.0.encoder.key': first ? float([1, 2, 4, 3], new Float32Array(24)) : float([1, 2, 0, 3], new Float32Array(0)),
        logits: float([1, count, size], Float32Array.from(Array.from({ length: count }, (_, index) => [...scoresFor(script(feeds['encoder_hidden_states']!.data as Float32Array), done + index)]).flat())),
      })
    },
  }
}

const tone = (seconds: number, level = 0.5): AudioSample => ({ kind: 'audio', sampleRate: 16_000, samples: Float32Array.from({ length: seconds * 16_000 }, (_, n) => level * Math.sin(n / 5)) })
const hiddenState = float([1, 2, 1], new Float32Array(2))

describe('decoding', () => {
  const script = () => [0, 1, 2, 5]

  test('without a cache all tokens are given each time, with one only the new', async () => {
    const plain: Tensors[] = [], cached: Tensors[] = [], branched: Tensors[] = []
    for (const session of [plainDecoder(script, plain), cachedDecoder(script, false, cached), cachedDecoder(script, true, branched)]) {
      const { tokens, stopped, meanLog } = await decodeTokens(createStepDecoder({ decoder: session }, hiddenState), head)
      expect([tokens, stopped]).toEqual([[0, 1, 2, 5], 'end'])
      // One score of 5 among 110 of 0 that are allowed.
      expect(meanLog).toBeCloseTo(5 - Math.log(Math.exp(5) + size - 2), 5)
    }
    expect(plain.map((feeds) => feeds['input_ids']!.dims[1])).toEqual([1, 2, 3, 4, 5])
    expect(cached.map((feeds) => feeds['input_ids']!.dims[1])).toEqual([1, 1, 1, 1, 1])
    expect(branched.map((feeds) => [...feeds['use_cache_branch']!.data])).toEqual([[0], [1], [1], [1], [1]])
  })

  test('two graphs: the first step by one, the others by the other', async () => {
    const first: Tensors[] = [], later: Tensors[] = []
    const whole = cachedDecoder(script, false, first)
    // The first graph takes no past.
    const opening: Session = {
      ...whole, inputs: whole.inputs.slice(0, 2),
      run: (feeds) => whole.run({ ...feeds, 'past_key_values.0.decoder.key': float([1, 2, 0, 3], new Float32Array(0)), 'past_key_values.0.encoder.key': float([1, 2, 0, 3], new Float32Array(0)) }),
    }
    const { tokens } = await decodeTokens(createStepDecoder({ 'decoder': opening, 'decoder-with-past': cachedDecoder(script, false, later) }, hiddenState), head)
    expect(tokens).toEqual([0, 1, 2, 5])
    expect([first.length, later.length]).toEqual([1, 4])
  })

  test('suppressed tokens never come, those that may not come first come second', async () => {
    const stubborn = plainDecoder(() => [start, 3])
    expect((await decodeTokens(createStepDecoder({ decoder: stubborn }, hiddenState), head)).tokens[0]).not.toBe(start)
    const early = plainDecoder(() => [0, 0])
    const { tokens } = await decodeTokens(createStepDecoder({ decoder: early }, hiddenState), { ...head, suppressFirst: [0, end] })
    expect(tokens[0]).toBe(1)
    expect(tokens[1]).toBe(0)
  })

  test('a decoder that repeats itself is stopped, the repetition kept once; one that never ends is cut off', async () => {
    const looping = plainDecoder(() => [3, ...Array.from({ length: 100 }, (_, index) => index % 2)])
    expect(await decodeTokens(createStepDecoder({ decoder: looping }, hiddenState), head)).toMatchObject({ tokens: [3, 0, 1], stopped: 'loop' })
    const endless = plainDecoder(() => Array.from({ length: 100 }, (_, index) => (index * index) % 7 % 6))
    expect(await decodeTokens(createStepDecoder({ decoder: endless }, hiddenState), { ...head, most: 10 })).toMatchObject({ stopped: 'most', tokens: { length: 10 } })
  })

  test('“no no no no” is speech, sixteen in a row are not', () => {
    expect(loopLength([4, 0, 0, 0, 0])).toBe(0)
    expect(loopLength(Array.from({ length: 16 }, () => 0))).toBe(1)
    expect(loopLength([9, ...Array.from({ length: 20 }, (_, index) => index % 5)])).toBe(5)
  })

  test('NaN, a vocabulary that is too small, an unknown input: words', async () => {
    const broken: Session = { ...plainDecoder(script), run: () => Promise.resolve({ logits: float([1, 1, size], new Float32Array(size).fill(NaN)) }) }
    expect(await decodeTokens(createStepDecoder({ decoder: broken }, hiddenState), head)).toMatchObject({ stopped: 'broken', tokens: [] })
    await expect(decodeTokens(createStepDecoder({ decoder: plainDecoder(script) }, hiddenState), { ...head, end: 50_257 })).rejects.toThrow('token 50257, but the decoder\'s vocabulary has 111')
    const odd: Session = { ...plainDecoder(script), inputs: [port('speaker_embedding')] }
    await expect(decodeTokens(createStepDecoder({ decoder: odd }, hiddenState), head)).rejects.toThrow('input “speaker_embedding” that Quorum does not know')
    expect(() => createStepDecoder({}, hiddenState)).toThrow('“decoder” is missing')
  })
})

describe('timestamps', () => {
  test('pairs, a stretch that was not closed, tokens before any', () => {
    expect(timedTokens([at(0), 0, 1, at(1), at(1), 2, at(1.5)], time)).toEqual([{ start: 0, end: 1, tokens: [0, 1] }, { start: 1, end: 1.5, tokens: [2] }])
    expect(timedTokens([at(0.2), 0, at(1), at(1.2), 2], time)).toEqual([{ start: 0.2, end: 1, tokens: [0] }, { start: 1.2, end: null, tokens: [2] }])
    expect(timedTokens([0, 1], time)).toEqual([{ start: 0, end: null, tokens: [0, 1] }])
    expect(timedTokens([], time)).toEqual([])
  })

  test('it begins with one within a second, never goes back, and closes what it opens', async () => {
    const willful = plainDecoder(() => [3, at(1.6), 0, at(0.1), 1, at(1.8), 2])
    const { tokens } = await decodeTokens(createStepDecoder({ decoder: willful }, hiddenState), { ...head, timestamps: time })
    const times = tokens.filter((token) => token >= time)
    expect(tokens[0]).toBeGreaterThanOrEqual(time)
    expect(times[0]! - time).toBeLessThanOrEqual(50)
    expect(times.every((token, index) => index === 0 || token >= times[index - 1]!)).toBe(true)
  })
})

describe('a transcript', () => {
  const run = (sound: AudioSample, script: Script, changes: Partial<HeadOf<'seq2seq'>> = {}) => transcribe(manifest(changes), { encoder, decoder: plainDecoder(script) }, sound, { tokenizer })

  test('one stretch a window, from the first sound to the last, at any rate', async () => {
    const silence = new Float32Array(8000)
    const sound: AudioSample = { ...tone(1), samples: Float32Array.from([...silence, ...tone(1).samples, ...silence]) }
    const { said, notes } = await run(sound, () => [0, 1, 5])
    expect(notes).toEqual([])
    expect(said).toEqual([{ start: expect.closeTo(0.5, 3), end: expect.closeTo(1.5, 3), text: 'one two.', score: expect.closeTo(Math.exp(5) / (Math.exp(5) + size - 2), 4) }])
    expect((await run({ ...tone(1), sampleRate: 8000 }, () => [0])).said[0]!.end).toBeCloseTo(2, 1)
  })

  test('long sound is cut where it is quiet; every word is asked for once', async () => {
    const sound: AudioSample = { ...tone(5), samples: tone(5).samples.map((value, n) => (n > 1.5 * 16_000 && n < 1.9 * 16_000 ? 0 : value)) }
    expect(quietEnd(sound.samples, 0, 32_000, 16_000) / 16_000).toBeCloseTo(1.7, 0)
    const { said } = await run(sound, (hidden) => [hidden.length % 5])
    expect(said.length).toBeGreaterThanOrEqual(3)
    said.forEach(({ start }, index) => expect(start).toBeGreaterThanOrEqual(index === 0 ? 0 : said[index - 1]!.end))
    expect(said.at(-1)!.end).toBeCloseTo(5, 2)
  })

  test('with timestamps the next window begins where the last whole stretch ended', async () => {
    const windows: number[] = []
    const { said } = await transcribe(manifest({ timestamps: time }), {
      encoder: { ...encoder, run: (feeds) => { windows.push((feeds['input_values']!.data as Float32Array).length / 16_000); return encoder.run(feeds) } },
      decoder: plainDecoder(() => (windows.length === 1 ? [at(0), 0, at(1.2), at(1.2), 1] : [at(0), 2, at(1.6)])),
    }, tone(3), { tokenizer })
    expect(windows.map((seconds) => Number(seconds.toFixed(2)))).toEqual([2, 1.8])
    expect(said.map(({ start, end, text }) => [Number(start.toFixed(2)), Number(end.toFixed(2)), text])).toEqual([[0, 1.2, 'one'], [1.2, 2.8, 'three']])
  })

  test('Whisper\'s features have the shape that its encoder wants', async () => {
    let dims: readonly number[] = []
    const mel: Session = { inputs: [port('input_features')], outputs: [], run: (feeds) => { dims = feeds['input_features']!.dims; return Promise.resolve({ last_hidden_state: hiddenState }) } }
    const { said } = await transcribe(manifest({ features: 'log-mel', mels: 80, frames: 100 }), { encoder: mel, decoder: plainDecoder(() => [4]) }, tone(0.5), { tokenizer })
    expect(dims).toEqual([1, 80, 100])
    expect(said[0]!.text).toBe('five')
  })

  test('silence is not given to the model; nor is an empty sound', async () => {
    const never: Session = { inputs: [], outputs: [], run: () => Promise.reject(new Error('asked')) }
    for (const samples of [new Float32Array(64_000), new Float32Array(0), new Float32Array(16_000).fill(NaN)]) {
      expect((await transcribe(manifest(), { encoder: never, decoder: never }, { kind: 'audio', samples, sampleRate: 16_000 }, { tokenizer })).said).toEqual([])
    }
  })

  test('a window that the model takes for one without speech says nothing', async () => {
    const unsure = plainDecoder(() => [])
    const run: Session['run'] = async (feeds) => {
      const { logits } = await unsure.run(feeds)
      return { logits: float(logits!.dims, Float32Array.from({ length: logits!.data.length }, (_, index) => (index % size === noSpeech ? 8 : index % size < 3 ? 0.1 : 0))) }
    }
    const { said } = await transcribe(manifest({ suppress: [start, noSpeech], most: 2 }), { encoder, decoder: { ...unsure, run } }, tone(1), { tokenizer })
    expect(said).toEqual([])
  })

  test('what stopped a window is said; stretches under the threshold are counted', async () => {
    const looping = plainDecoder(() => Array.from({ length: 60 }, () => 2))
    const { predictions, notes } = await predictTranscript(manifest(), { encoder, decoder: looping }, tone(1), { ...settings, threshold: 0.99 }, { tokenizer })
    expect(predictions).toEqual([])
    expect(notes).toEqual(['The model began to repeat itself in the window from 0.0 s; the repetitions were cut off.', '1 of 1 stretches were written down with a confidence under 0.99; left out.'])
  })

  test('a picture, a missing tokenizer, a missing graph: words', async () => {
    const picture = { kind: 'image', picture: { width: 1, height: 1, data: new Uint8Array(3) }, width: 1, height: 1 } as const
    await expect(predictTranscript(manifest(), {}, picture, settings, {})).rejects.toThrow('this item is a picture')
    await expect(transcribe(manifest(), {}, tone(1), {})).rejects.toThrow('no file “tokenizer”')
    await expect(transcribe(manifest(), {}, tone(1), { tokenizer })).rejects.toThrow('“encoder” is missing')
  })
})
