/**
 * The sound of an English word, roughly: Lawrence Philips' Metaphone ("Hanging on the Metaphone", Computer Language,
 * December 1990), written from its published rules. English only; other scripts have no key.
 * Θ (written 0) is "th", X is "sh" or "ch".
 */
export function metaphone(word: string): string {
  const letters = word.normalize('NFD').replace(/\p{M}+/gu, '').toUpperCase()
  if (!/^[A-Z'’-]+$/u.test(letters)) return ''
  const text = shortStart(letters.replace(/[^A-Z]/gu, '')).replace(/([ABD-Z])\1+/gu, '$1')
  let key = ''
  for (let at = 0; at < text.length; at++) key += soundAt(text, at)
  return key
}

function shortStart(text: string): string {
  if (/^(?:AE|GN|KN|PN|WR)/u.test(text)) return text.slice(1)
  if (text.startsWith('X')) return `S${text.slice(1)}`
  return text.startsWith('WH') ? `W${text.slice(2)}` : text
}

const isVowel = (letter: string) => letter !== '' && 'AEIOU'.includes(letter)
const isFront = (letter: string) => letter !== '' && 'EIY'.includes(letter)

type Sound = (next: string, before: string, text: string, at: number) => string

const sounds: Record<string, Sound> = {
  B: (next, before) => (next === '' && before === 'M' ? '' : 'B'),
  C: soundOfC,
  D: (next, _before, text, at) => (next === 'G' && isFront(text[at + 2] ?? '') ? 'J' : 'T'),
  G: soundOfG,
  H: (next, before) => (isVowel(next) && !'CSPTG'.includes(before || ' ') ? 'H' : ''),
  K: (_next, before) => (before === 'C' ? '' : 'K'),
  P: (next) => (next === 'H' ? 'F' : 'P'),
  Q: () => 'K',
  S: (next, _before, text, at) => (next === 'H' || /^SI[AO]/u.test(text.slice(at, at + 3)) ? 'X' : 'S'),
  T: soundOfT,
  V: () => 'F',
  W: (next) => (isVowel(next) ? 'W' : ''),
  X: () => 'KS',
  Y: (next) => (isVowel(next) ? 'Y' : ''),
  Z: () => 'S',
}

function soundAt(text: string, at: number): string {
  const letter = text[at]!
  if (isVowel(letter)) return at === 0 ? letter : ''
  const sound = sounds[letter]
  return sound === undefined ? letter : sound(text[at + 1] ?? '', text[at - 1] ?? '', text, at)
}

function soundOfC(next: string, before: string, text: string, at: number): string {
  if (before === 'S' && isFront(next)) return ''
  if (next === 'I' && text[at + 2] === 'A') return 'X'
  if (next === 'H') return before === 'S' || at === 0 && !isVowel(text[at + 2] ?? '') ? 'K' : 'X'
  return isFront(next) ? 'S' : 'K'
}

function soundOfG(next: string, before: string, text: string, at: number): string {
  if (next === 'H' && !isVowel(text[at + 2] ?? '')) return ''
  if (next === 'N' && /^GN(?:ED)?$/u.test(text.slice(at))) return ''
  if (before === 'D' && isFront(next)) return ''
  return isFront(next) ? 'J' : 'K'
}

function soundOfT(next: string, _before: string, text: string, at: number): string {
  if (/^TI[AO]/u.test(text.slice(at, at + 3))) return 'X'
  if (next === 'H') return '0'
  return next === 'C' && text[at + 2] === 'H' ? '' : 'T'
}
