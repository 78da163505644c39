import { numbersToDigits } from '#shared/text/numbers.ts'

/** The steps that a project can choose, in the order in which they are applied. */
export const normaliserNames = ['nfc', 'nfkc', 'diacritics', 'case', 'numbers', 'punct', 'space'] as const
export type NormaliserName = (typeof normaliserNames)[number]

/**
 * Full case folding by Unicode's default, the same in every locale (The Unicode Standard, 3.13): ß = ss, σ = ς, and the
 * Turkish dotless ı stays a letter of its own.
 */
export function foldCase(text: string): string {
  return text
    .split('ı')
    .map((part) => part.toUpperCase().toLowerCase().replaceAll('ς', 'σ'))
    .join('ı')
}

/** Accents, points and other nonspacing marks go from Latin, Greek, Cyrillic, Hebrew and Arabic letters; in other scripts they spell the word and stay. */
export function stripDiacritics(text: string): string {
  const marked = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{Mn}+/gu
  return text.normalize('NFD').replace(marked, '$1').normalize('NFC')
}

/**
 * Punctuation goes. An apostrophe inside a word stays ("we're" is not "were") and is written U+0027; a separator between
 * digits stays ("3.5"); dashes and slashes become spaces; what is read aloud (%, &, @, #, and symbols like $, +, €) stays.
 */
export function stripPunctuation(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{M}])['’ʼ](?=\p{L})/gu, "'")
    .replace(/(?<=[\p{L}\p{M}\p{N}])[\p{Pd}/\\](?=[\p{L}\p{N}])/gu, ' ')
    .replace(/((?<=[\p{L}\p{M}])'(?=\p{L})|(?<=\p{N})[.,:](?=\p{N}))|(?![%‰&@#])\p{P}/gu, '$1')
}

/** Runs of white space become one space, none at the ends; invisible characters that carry no text (zero-width space, soft hyphen, byte order mark, direction marks) go. Joiners stay. */
export function tidySpace(text: string): string {
  return text
    .replace(/[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '')
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(/^ | $/gu, '')
}

const steps: Record<NormaliserName, (text: string) => string> = {
  nfc: (text) => text.normalize('NFC'),
  nfkc: (text) => text.normalize('NFKC'),
  diacritics: stripDiacritics,
  case: foldCase,
  numbers: numbersToDigits,
  punct: stripPunctuation,
  space: tidySpace,
}

/** Each pass that changes anything only takes away or folds; a handful always suffices in practice, the bound keeps a surprise finite. */
const maxPasses = 10

/**
 * Applies the chosen steps in their fixed order, whatever the order of the list, until nothing changes: normalising
 * twice is the same as once.
 */
export function normalise(text: string, names: readonly NormaliserName[]): string {
  const chosen = normaliserNames.filter((name) => names.includes(name))
  let result = text
  for (let pass = 0; pass < maxPasses; pass++) {
    const before = result
    for (const name of chosen) result = steps[name](result)
    if (result === before) break
  }
  return result
}

/** Reads a list like `nfc,case,punct,numbers`; `none` is the empty list. Throws a RangeError that names the choices. */
export function parseNormalisers(list: string): NormaliserName[] {
  const wanted = list.split(',').map((name) => name.trim()).filter((name) => name !== '' && name !== 'none')
  return wanted.map((name) => {
    const known = normaliserNames.find((candidate) => candidate === name)
    if (known === undefined) throw new RangeError(`"${name}" is no normaliser. Choose from ${normaliserNames.join(', ')}, or none.`)
    return known
  })
}
