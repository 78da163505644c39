import { z } from 'zod'
import { QuorumError } from '#shared/contract/errors.ts'
import { bpeEncode, byteOf, bytesOfText, textOfBytes } from './bytePairs.ts'

/** Tokens to text and, for byte pairs with merges, text to tokens. */
export interface Tokenizer {
  /** Unknown and special tokens are nothing. */
  decode(tokens: readonly number[]): string
  /** Null where the file holds no merges. */
  readonly encode: ((text: string) => number[]) | null
}
export type TokenizerKind = 'bpe' | 'wordpiece' | 'characters'

const Vocabulary = z.record(z.string(), z.int())
const TokenizerFile = z.object({
  model: z.object({ vocab: Vocabulary, merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])).optional() }),
  added_tokens: z.array(z.object({ id: z.int(), content: z.string(), special: z.boolean() })).optional(),
})

/** `literal`: tokens that were added as text, not as bytes. */
interface Words { readonly literal: ReadonlySet<number>; readonly tokens: ReadonlyMap<number, string>; readonly special: ReadonlySet<number>; readonly merges: readonly (readonly [string, string])[] | null }

/** The tokenizer of a `tokenizer.json` (Hugging Face), a `vocab.json`, or (characters) a list with a line a token. Throws in words. */
export function createTokenizer(file: string, kind: TokenizerKind): Tokenizer {
  const words = wordsOf(file, kind)
  const kept = (tokens: readonly number[]) => tokens.flatMap((token) => (words.special.has(token) ? [] : words.tokens.get(token) ?? []))
  if (kind === 'wordpiece') return { decode: (tokens) => kept(tokens).reduce((text, word) => (word.startsWith('##') ? text + word.slice(2) : text === '' ? word : `${text} ${word}`), ''), encode: null }
  if (kind === 'characters') return { decode: (tokens) => kept(tokens).join('').replaceAll('▁', ' '), encode: null }
  const pieces = [...words.tokens.values()].some((token) => token.startsWith('▁'))
  return { decode: (tokens) => (pieces ? textOfPieces(kept(tokens)) : textOfBytes(tokens.flatMap((token) => bytesOfToken(words, token)))), encode: pieces ? null : encoder(words) }
}

function bytesOfToken({ tokens, special, literal }: Words, token: number): number[] {
  const text = tokens.get(token)
  if (text === undefined || special.has(token)) return []
  return literal.has(token) ? bytesOfText(text) : [...text].map(byteOf)
}

function wordsOf(file: string, kind: TokenizerKind): Words {
  const json = parsed(file)
  if (json === undefined) {
    if (kind !== 'characters') throw new QuorumError('unsupported', 'The tokenizer is not JSON; take the tokenizer.json or vocab.json that came with the model.')
    return { tokens: new Map(file.split(/\r?\n/u).map((line, index) => [index, line])), special: new Set(), literal: new Set(), merges: null }
  }
  const full = TokenizerFile.safeParse(json)
  if (full.success) {
    const { model, added_tokens: added = [] } = full.data
    const tokens = new Map([...Object.entries(model.vocab).map(([token, id]) => [id, token] as const), ...added.map(({ id, content }) => [id, content] as const)])
    return { tokens, special: new Set(added.filter(({ special }) => special).map(({ id }) => id)), literal: new Set(added.map(({ id }) => id)), merges: model.merges?.map(pairOf) ?? null }
  }
  const plain = Vocabulary.safeParse(json)
  if (!plain.success) throw new QuorumError('unsupported', 'The tokenizer\'s file holds no vocabulary: neither a tokenizer.json with “model.vocab” nor a vocab.json of tokens and numbers.')
  return { tokens: new Map(Object.entries(plain.data).map(([token, id]) => [id, token])), special: new Set(Object.entries(plain.data).filter(([token]) => /^<\|.*\|>$/u.test(token)).map(([, id]) => id)), literal: new Set(), merges: null }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(file) as unknown
  } catch {
    return undefined
  }
}

const pairOf = (merge: string | readonly [string, string]): readonly [string, string] => {
  if (typeof merge !== 'string') return merge
  const [left, right] = merge.split(' ')
  return [left ?? '', right ?? '']
}

function encoder({ tokens, merges }: Words): Tokenizer['encode'] {
  if (!merges) return null
  const ids = new Map([...tokens].map(([id, token]) => [token, id]))
  const ranks = new Map(merges.map(([left, right], rank) => [`${left} ${right}`, rank]))
  return (text) => bpeEncode(text, ranks, ids)
}

/** SentencePiece: ▁ is a space, <0x0A> a byte. */
function textOfPieces(pieces: readonly string[]): string {
  const bytes = pieces.flatMap((piece): number[] => {
    const byte = /^<0x([0-9A-F]{2})>$/u.exec(piece)
    return byte ? [Number.parseInt(byte[1]!, 16)] : bytesOfText(piece.replaceAll('▁', ' '))
  })
  return textOfBytes(bytes)
}
