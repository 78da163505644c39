import { describe, expect, test } from 'vitest'
import { predictTranscript } from '#shared/prelabel/audio/transcribe.ts'
import type { HeadOf, Manifest } from '#shared/prelabel/manifest.ts'
import { onnxFile } from '#shared/testing/onnx.ts'
import { openSession } from './readingFixture.ts'

/** What the tiny decoder says, whatever it hears: a token leads to the next. 6 begins, 7 ends. */
const words = ['Ġmodels', 'Ġdraft', ',', 'Ġpeople', 'Ġdecide', '.']
const size = 8, begin = 6, end = 7
const script = [0, 1, 2, 3, 4, 5, end]
const tokenizer = JSON.stringify(Object.fromEntries(words.map((word, id) => [word, id])))

const row = (best: number) => Array.from({ length: size }, (_, token) => (token === best ? 9 : 0))
/** Row t: what follows token t. */
const bigrams = Array.from({ length: size }, (_, token) => row(token === begin ? script[0]! : script[script.indexOf(token) + 1] ?? end)).flat()
const listening = [
  { op: 'ReduceMean', inputs: ['encoder_hidden_states'], outputs: ['mean'], attributes: { keepdims: { int: 0 } } },
  { op: 'Mul', inputs: ['mean', 'zero'], outputs: ['nothing'] },
  { op: 'Add', inputs: ['scores', 'nothing'], outputs: ['logits'] },
] as const
const zero = { name: 'zero', dims: [], data: [0] } as const
const hidden = { name: 'encoder_hidden_states', dims: ['b', 't', 4] } as const
const ids = { name: 'input_ids', type: 'int64', dims: ['b', 'l'] } as const

const encoder = onnxFile({
  inputs: [{ name: 'input_features', dims: [1, 4, 100] }], outputs: [{ name: 'last_hidden_state', dims: [1, 100, 4] }],
  nodes: [{ op: 'Transpose', inputs: ['input_features'], outputs: ['last_hidden_state'], attributes: { perm: { ints: [0, 2, 1] } } }],
})

const plain = onnxFile({
  inputs: [ids, hidden], outputs: [{ name: 'logits', dims: ['b', 'l', size] }],
  initializers: [zero, { name: 'table', dims: [size, size], data: bigrams }],
  nodes: [{ op: 'Gather', inputs: ['table', 'input_ids'], outputs: ['scores'] }, ...listening],
})

/** It sees one token at a time and knows its place by the length of its past alone. */
const cached = onnxFile({
  inputs: [ids, hidden, { name: 'past_key_values.0.decoder.key', dims: ['b', 1, 'p', 1] }],
  outputs: [{ name: 'logits', dims: ['b', 'l', size] }, { name: 'present.0.decoder.key', dims: ['b', 1, 'q', 1] }],
  initializers: [
    zero, { name: 'table', dims: [script.length, size], data: script.flatMap(row) }, { name: 'two', type: 'int64', dims: [], data: [2] }, { name: 'one', type: 'int64', dims: [], data: [1] },
    { name: 'as key', type: 'int64', dims: [4], data: [1, 1, -1, 1] }, { name: 'as scores', type: 'int64', dims: [3], data: [1, 1, size] },
  ],
  nodes: [
    { op: 'Cast', inputs: ['input_ids'], outputs: ['numbers'], attributes: { to: { int: 1 } } },
    { op: 'Reshape', inputs: ['numbers', 'as key'], outputs: ['key'] },
    { op: 'Concat', inputs: ['past_key_values.0.decoder.key', 'key'], outputs: ['present.0.decoder.key'], attributes: { axis: { int: 2 } } },
    { op: 'Shape', inputs: ['present.0.decoder.key'], outputs: ['shape'] },
    { op: 'Gather', inputs: ['shape', 'two'], outputs: ['length'] },
    { op: 'Sub', inputs: ['length', 'one'], outputs: ['place'] },
    { op: 'Gather', inputs: ['table', 'place'], outputs: ['flat'] },
    { op: 'Reshape', inputs: ['flat', 'as scores'], outputs: ['scores'] }, ...listening,
  ],
})

const head: HeadOf<'seq2seq'> = { kind: 'seq2seq', features: 'log-mel', mels: 4, frames: 100, start: [begin], end, most: 20, suppress: [begin], timestamps: null, tokenizer: 'bpe' }
const manifest: Manifest = {
  schema: 1, id: 'tiny-speech', name: 'Tiny speech', version: '1', task: 'speech-to-text', licence: 'MIT', source: 'made in the test', files: [],
  input: { kind: 'audio', name: null, sampleRate: 16_000, window: 400, context: 0 }, head, classes: ['speech'], threshold: 0.5, overlap: 1, mostDetections: 100,
}
const tone = { kind: 'audio', sampleRate: 44_100, samples: Float32Array.from({ length: 44_100 * 2 }, (_, n) => 0.4 * Math.sin(n / 9)) } as const

describe('a tiny encoder and decoder in WebAssembly', () => {
  test.each([['without a cache', plain], ['with a cache', cached]])('%s: two windows of a second, the same words in each', async (_, decoder) => {
    const sessions = { encoder: await openSession(encoder), decoder: await openSession(decoder) }
    const { predictions, notes } = await predictTranscript(manifest, sessions, tone, manifest, { tokenizer })
    expect(notes).toEqual([])
    expect(new Set(predictions.map(({ text }) => text))).toEqual(new Set(['models draft, people decide.']))
    expect(predictions.length).toBeGreaterThanOrEqual(2)
    expect((predictions.at(-1)!.geometry as { end: number }).end).toBeCloseTo(2, 2)
    expect(predictions[0]!.score).toBeCloseTo(Math.exp(9) / (Math.exp(9) + size - 2), 3)
  })

  test('as two graphs, the first step without a past', async () => {
    const first = await openSession(cached)
    const opening = {
      ...first, inputs: first.inputs.slice(0, 2),
      run: (feeds: Parameters<typeof first.run>[0]) => first.run({ ...feeds, 'past_key_values.0.decoder.key': { type: 'float32', dims: [1, 1, 0, 1], data: new Float32Array(0) } }),
    }
    const sessions = { 'encoder': await openSession(encoder), 'decoder': opening, 'decoder-with-past': await openSession(cached) }
    const { predictions } = await predictTranscript(manifest, sessions, tone, manifest, { tokenizer })
    expect(predictions[0]!.text).toBe('models draft, people decide.')
  })
})
