// In every environment of ours, but not in the language's own library of types.
declare const TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string }
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

/**
 * GPT-2's table (Radford et al. 2019, `bytes_to_unicode`): bytes that print are themselves, the others follow from U+0100 on,
 * so that every token is a string without blanks.
 */
const charOfByte: readonly string[] = (() => {
  const prints = (byte: number) => (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae
  let others = 0
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(prints(byte) ? byte : 256 + others++))
})()
const bytes = new Map(charOfByte.map((char, byte) => [char, byte]))

/** The byte that a character of a token stands for; a character outside of the table stands for a question mark. */
export const byteOf = (char: string): number => bytes.get(char) ?? 0x3f

/** UTF-8; what is not becomes U+FFFD. */
export const textOfBytes = (values: readonly number[]): string => new TextDecoder('utf-8').decode(Uint8Array.from(values))

export const bytesOfText = (text: string): number[] => [...new TextEncoder().encode(text)]

/** GPT-2's first cut into words. */
const word = /'(?:[smtd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu

/** The tokens of a text: each word's bytes, of which the pair with the lowest rank is joined until none is left (Sennrich et al. 2016). Unknown pieces are left out. */
export function bpeEncode(text: string, ranks: ReadonlyMap<string, number>, ids: ReadonlyMap<string, number>): number[] {
  return (text.match(word) ?? []).flatMap((each) => {
    let pieces = bytesOfText(each).map((byte) => charOfByte[byte]!)
    for (let best = bestPair(pieces, ranks); best; best = bestPair(pieces, ranks)) pieces = joined(pieces, ...best)
    return pieces.flatMap((piece) => ids.get(piece) ?? [])
  })
}

function bestPair(pieces: readonly string[], ranks: ReadonlyMap<string, number>): [string, string] | null {
  let best: [string, string] | null = null, least = Infinity
  for (let index = 0; index + 1 < pieces.length; index++) {
    const rank = ranks.get(`${pieces[index]!} ${pieces[index + 1]!}`) ?? Infinity
    if (rank < least) [best, least] = [[pieces[index]!, pieces[index + 1]!], rank]
  }
  return best
}

function joined(pieces: readonly string[], left: string, right: string): string[] {
  const out: string[] = []
  for (let index = 0; index < pieces.length; index++) {
    const pair = pieces[index] === left && pieces[index + 1] === right
    out.push(pair ? left + right : pieces[index]!)
    if (pair) index++
  }
  return out
}
