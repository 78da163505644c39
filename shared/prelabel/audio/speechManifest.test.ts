import { describe, expect, test } from 'vitest'
import { Head } from '../manifest.ts'
import { speechManifest } from './speechManifest.ts'

/** As openai/whisper-tiny has them, shortened. */
const config = { model_type: 'whisper', decoder_start_token_id: 50_258, eos_token_id: 50_257, num_mel_bins: 80, max_target_positions: 448, begin_suppress_tokens: [220, 50_257] }
const generation = {
  decoder_start_token_id: 50_258, eos_token_id: 50_257, is_multilingual: true, lang_to_id: { '<|en|>': 50_259, '<|nl|>': 50_271 }, task_to_id: { transcribe: 50_359, translate: 50_358 },
  no_timestamps_token_id: 50_363, suppress_tokens: [1, 2, 7, 50_358, 50_359, 50_360, 50_361], begin_suppress_tokens: [220, 50_257],
}
const preprocessor = { sampling_rate: 16_000, feature_size: 80, nb_max_frames: 3000 }

describe('the manifest of an exported speech model', () => {
  test('Whisper: language and task begin, timestamps follow “no timestamps”, which is suppressed', () => {
    const { head, input, notes } = speechManifest({ config, generation, preprocessor }, 'nl')
    expect(head).toEqual({
      kind: 'seq2seq', features: 'log-mel', mels: 80, frames: 3000, start: [50_258, 50_271, 50_359], end: 50_257, most: 224,
      suppress: [1, 2, 7, 50_358, 50_359, 50_360, 50_361, 50_258, 50_363], suppressFirst: [220, 50_257], timestamps: 50_364, noSpeech: 50_362, tokenizer: 'bpe',
    })
    expect(input.sampleRate).toBe(16_000)
    expect(notes).toEqual([])
    expect(Head.safeParse(head).success).toBe(true)
  })

  test('one for English alone has no language; one without generation_config.json has no timestamps', () => {
    expect(speechManifest({ config, generation: { ...generation, is_multilingual: false } }, 'en').head.start).toEqual([50_258])
    const { head, notes } = speechManifest({ config }, 'en')
    expect([head.timestamps, head.start, notes.length]).toEqual([null, [50_258], 1])
  })

  test('Moonshine takes the samples', () => {
    const { head } = speechManifest({ config: { model_type: 'moonshine', decoder_start_token_id: 1, eos_token_id: 2, max_position_embeddings: 512 } }, 'en')
    expect(head).toMatchObject({ features: 'samples', frames: 480_000, start: [1], end: 2 })
  })

  test('another kind, an unknown language, no tokens, no settings: words', () => {
    expect(() => speechManifest({ config: { ...config, model_type: 'wav2vec2' } }, 'en')).toThrow('“wav2vec2” are not known')
    expect(() => speechManifest({ config, generation }, 'xx')).toThrow('does not know the language “xx”. It knows en, nl')
    expect(() => speechManifest({ config: { model_type: 'whisper' } }, 'en')).toThrow('decoder_start_token_id')
    expect(() => speechManifest({ config: [] }, 'en')).toThrow('config.json does not look like')
  })
})
