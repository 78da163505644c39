/**
 * Families of British and American spelling, by suffix, each from a stem long enough that no other word is caught often:
 * -our/-or, -ise/-ize and -yse/-yze with their endings, -re/-er, -ogue/-og, -ence/-ense, doubled l before -ed/-ing/-er, ae/oe.
 */
const families: readonly (readonly [RegExp, string])[] = [
  [/^(\w{2,}[bcdghlmnprtv])our(s|ed|ing|ite|ites|al|able|ful|hood|less)?$/u, '$1or$2'],
  [/^(\w{3,}[^aeiou\W])is(e|es|ed|er|ers|ing|ation|ations)$/u, '$1iz$2'],
  [/^(\w{2,}l)ys(e|es|ed|ing|er|ers)$/u, '$1yz$2'],
  [/^(\w{2,}[tb])re(s|d)?$/u, '$1er$2'],
  [/^(\w{3,}og)ue(s|d)?$/u, '$1$2'],
  [/^(def|off|lic|pret)ence(s|d)?$/u, '$1ense$2'],
  [/^(\w{2,}[aeiou]l)l(ed|ing|er|ers)$/u, '$1$2'],
  [/^(\w*(?:[hp]|gyn|f|an)|)(?:ae|oe)(?=[a-z]{2})(str|soph|d|m|n|c|t|sth)(\w*)$/u, '$1e$2$3'],
]
const words = new Map([['grey', 'gray'], ['programme', 'program'], ['cheque', 'check'], ['tyre', 'tire'], ['ok', 'okay'], ['aluminium', 'aluminum']])

/** The same key for two spellings of one English word ("colour", "color"); for comparison only, it need not be a word. */
export function spellingKey(word: string): string {
  let key = words.get(word) ?? word
  for (const [pattern, replacement] of families) key = key.replace(pattern, replacement)
  return key
}
