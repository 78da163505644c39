import { z } from 'zod'
import { QuorumError } from '#shared/contract/errors.ts'
import type { AudioInput, HeadOf } from '../manifest.ts'

/** The settings that lie beside an exported speech model (Hugging Face): config.json, generation_config.json, preprocessor_config.json; the last two may be absent. */
export interface SpeechFiles { readonly config: unknown; readonly generation?: unknown; readonly preprocessor?: unknown }
export interface SpeechManifest { readonly input: AudioInput; readonly head: HeadOf<'seq2seq'>; readonly notes: readonly string[] }

const tokens = z.array(z.int().min(0)).nullish()
const one = z.union([z.int(), z.array(z.int()).min(1).transform((list) => list[0]!)])
const Config = z.object({
  model_type: z.string(), decoder_start_token_id: z.int().optional(), eos_token_id: one.optional(), num_mel_bins: z.int().optional(),
  max_target_positions: z.int().optional(), max_position_embeddings: z.int().optional(), suppress_tokens: tokens, begin_suppress_tokens: tokens,
})
const Generation = z.object({
  decoder_start_token_id: z.int().optional(), eos_token_id: one.optional(), suppress_tokens: tokens, begin_suppress_tokens: tokens,
  is_multilingual: z.boolean().optional(), lang_to_id: z.record(z.string(), z.int()).optional(), task_to_id: z.record(z.string(), z.int()).optional(),
  no_timestamps_token_id: z.int().optional(),
})
const Preprocessor = z.object({ sampling_rate: z.int().min(1).default(16_000), feature_size: z.int().optional(), nb_max_frames: z.int().optional() })

/** Half a minute; what Whisper and Moonshine were made for. */
const windowSeconds = 30

/**
 * What a manifest says of a Whisper or a Moonshine, from the files of its export. `language` is the code of a multilingual model's
 * language (`en`, `nl`, …). Throws in words for another kind of model, or one whose tokens are not said.
 */
export function speechManifest(files: SpeechFiles, language: string): SpeechManifest {
  const config = read(Config, files.config, 'config.json')
  const generation = read(Generation, files.generation ?? {}, 'generation_config.json')
  const { sampling_rate: sampleRate, feature_size, nb_max_frames } = read(Preprocessor, files.preprocessor ?? {}, 'preprocessor_config.json')
  const begin = generation.decoder_start_token_id ?? config.decoder_start_token_id, end = generation.eos_token_id ?? config.eos_token_id
  if (begin === undefined || end === undefined) throw new QuorumError('unsupported', 'Neither generation_config.json nor config.json names the tokens that begin and end a text (decoder_start_token_id, eos_token_id).')
  const input: AudioInput = { kind: 'audio', name: null, sampleRate, window: 1, context: 0 }
  const common = { kind: 'seq2seq', end, tokenizer: 'bpe' } as const
  if (config.model_type === 'moonshine') {
    const most = Math.min(448, config.max_position_embeddings ?? 194)
    return { input, notes: [], head: { ...common, features: 'samples', mels: 0, frames: windowSeconds * sampleRate, start: [begin], most, suppress: [], timestamps: null } }
  }
  if (config.model_type !== 'whisper') throw new QuorumError('unsupported', `Speech models of the kind “${config.model_type}” are not known; Whisper and Moonshine are. Write a manifest for it.`)
  const untimed = generation.no_timestamps_token_id
  const suppress = [...(generation.suppress_tokens ?? config.suppress_tokens ?? []), begin, ...(untimed === undefined ? [] : [untimed])]
  return {
    input, notes: untimed === undefined ? ['generation_config.json names no token for “no timestamps”; windows of half a minute are written down whole.'] : [],
    head: {
      ...common, features: 'log-mel', mels: feature_size ?? config.num_mel_bins ?? 80, frames: nb_max_frames ?? windowSeconds * 100,
      start: [begin, ...languageTokens(generation, language)],
      // Half of the context is for what was said before.
      most: Math.floor((config.max_target_positions ?? 448) / 2), suppress: [...new Set(suppress)].filter((token) => token !== end),
      suppressFirst: [...(generation.begin_suppress_tokens ?? config.begin_suppress_tokens ?? [])],
      timestamps: untimed === undefined ? null : untimed + 1, ...(untimed === undefined ? {} : { noSpeech: untimed - 1 }),
    },
  }
}

function languageTokens({ is_multilingual, lang_to_id: languages, task_to_id: tasks }: z.infer<typeof Generation>, language: string): number[] {
  if (is_multilingual === false || !languages) return []
  const spoken = languages[`<|${language}|>`], transcribe = tasks?.['transcribe']
  if (spoken === undefined) {
    const known = Object.keys(languages).map((token) => token.replaceAll(/[<|>]/gu, ''))
    throw new QuorumError('invalid-input', `The model does not know the language “${language}”. It knows ${known.slice(0, 12).join(', ')}${known.length > 12 ? ` and ${known.length - 12} more` : ''}.`)
  }
  return transcribe === undefined ? [spoken] : [spoken, transcribe]
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string): z.infer<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new QuorumError('invalid-input', `${name} does not look like that of a speech model: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`)
}
