import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTokenizer } from './tokenizer.ts'

/** GPT-2's alphabet: "Ġ" is the space, "Ċ" the line feed, "Ã©" the two bytes of é. */
const alphabet = Array.from({ length: 256 }, (_, byte) => ((byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae ? byte : -1))
let beyond = 256
const letters = alphabet.map((code) => String.fromCodePoint(code < 0 ? beyond++ : code))
const merges = ['h e', 'l l', 'he ll', 'hell o', 'Ġ w', 'Ġw o']
const vocab = Object.fromEntries([...letters, ...merges.map((merge) => merge.replace(' ', ''))].map((token, id) => [token, id]))
const file = JSON.stringify({
  model: { type: 'BPE', vocab, merges }, decoder: { type: 'ByteLevel' },
  added_tokens: [{ id: 300, content: '<|endoftext|>', special: true }, { id: 301, content: '<|0.00|>', special: true }, { id: 302, content: ' Quorum', special: false }],
})

describe('byte pairs', () => {
  const tokenizer = createTokenizer(file, 'bpe')

  test('encoding joins the pairs of lowest rank first, word by word', () => {
    expect(tokenizer.encode!('hello wo')).toEqual([vocab['hello'], vocab['Ġwo']])
    expect(tokenizer.encode!('hell')).toEqual([vocab['hell']])
    expect(tokenizer.encode!('é')).toEqual([vocab['Ã'], vocab['©']])
  })

  test('decoding what was encoded gives the text back, whatever the script', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => tokenizer.decode(tokenizer.encode!(text)) === text), { numRuns: 50 })
    const mixed = 'Grüße, 世界! naïve — “né” 🙂\n\thello  world '
    expect(tokenizer.decode(tokenizer.encode!(mixed))).toBe(mixed)
  })

  test('special tokens and unknown ones are nothing; a cut character is U+FFFD', () => {
    expect(tokenizer.decode([300, vocab['hello']!, 301, 9999, 302])).toBe('hello Quorum')
    expect(tokenizer.decode([vocab['Ã']!])).toBe('\uFFFD')
  })

  test('a plain vocab.json decodes and cannot encode; merges as pairs are read too', () => {
    const plain = createTokenizer(JSON.stringify({ Ġhi: 0, '!': 1, '<|startoftranscript|>': 2 }), 'bpe')
    expect(plain.decode([2, 0, 1])).toBe(' hi!')
    expect(plain.encode).toBeNull()
    const pairs = createTokenizer(JSON.stringify({ model: { vocab, merges: merges.map((merge) => merge.split(' ')) } }), 'bpe')
    expect(pairs.encode!('hello')).toEqual([vocab['hello']])
  })

  test('SentencePiece: ▁ is a space, <0xE2> a byte', () => {
    const pieces = createTokenizer(JSON.stringify({ model: { vocab: { '▁Mo': 0, on: 1, '▁shine': 2, '<0xE2>': 3, '<0x82>': 4, '<0xAC>': 5 } } }), 'bpe')
    expect(pieces.decode([0, 1, 2, 3, 4, 5])).toBe(' Moon shine€')
  })
})

test('word pieces join at ##; characters join as they are', () => {
  expect(createTokenizer(JSON.stringify({ play: 0, '##ing': 1, cards: 2 }), 'wordpiece').decode([0, 1, 2])).toBe('playing cards')
  expect(createTokenizer('a\nb\n▁', 'characters').decode([0, 2, 1])).toBe('a b')
})

test('a file that is no tokenizer is refused in words', () => {
  expect(() => createTokenizer('not json', 'bpe')).toThrow('not JSON')
  expect(() => createTokenizer('{"a":{"b":1}}', 'bpe')).toThrow('holds no vocabulary')
})
