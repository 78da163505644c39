import type { TextRuleId } from '#shared/model/writing.ts'
import type { Finding } from './finding.ts'
import { numbersToDigits } from './numbers.ts'

/** A rule of writing that a project can choose: what it says, an example of each kind, and how a text is checked. */
export interface TextRule {
  readonly id: TextRuleId
  readonly name: string
  readonly wrong: string
  readonly right: string
  /** Rules that cannot be chosen together with it. */
  readonly not: readonly TextRuleId[]
  readonly check: (text: string) => Finding[]
}

const finding = (start: number, end: number, message: string, ...fixes: string[]): Finding => ({ start, end, kind: 'rule', message, fixes })
const each = (text: string, pattern: RegExp, message: string, fix: (found: string, match: RegExpExecArray) => string): Finding[] =>
  Array.from(text.matchAll(pattern), (match) => finding(match.index, match.index + match[0].length, message, fix(match[0], match)))

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const numberWord = /(?<![\p{L}\p{N}])(?:(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)(?:[\s-]+|(?![\p{L}\p{N}])))+/giu
const hesitation = /(?<![\p{L}\p{N}])(?:u[hm]+|e[rh]m?|hmm+|äh+m?|euh)(?![\p{L}\p{N}]),?\s?/giu
const repeated = /(?<![\p{L}\p{N}])(\p{L}+)\s+\1(?![\p{L}\p{N}])/giu

/** The full stop of the script that a letter is in. */
const fullStop = (letter: string): string =>
  (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(letter) ? '。' : /\p{Script=Devanagari}/u.test(letter) ? '।' : '.')

/** English where a rule needs words; the others hold for any script. */
export const textRules: readonly TextRule[] = [
  {
    id: 'clean', name: 'Clean: leave out hesitations and repeated words', wrong: 'um, the the river', right: 'the river', not: [],
    check: (text) => [
      ...each(text, hesitation, 'A hesitation is left out', () => ''),
      ...each(text, repeated, 'A repeated word is written once', (_, match) => match[1] ?? ''),
    ],
  },
  {
    id: 'numbers-as-digits', name: 'Numbers as digits', wrong: 'twenty-one boats', right: '21 boats', not: ['numbers-in-words'],
    check: (text) => each(text, numberWord, 'Numbers are written as digits', (found) => numbersToDigits(found.trim().toLowerCase()) + (/\s$/u.test(found) ? ' ' : ''))
      .filter(({ fixes }) => /\d/u.test(fixes[0] ?? '')),
  },
  {
    id: 'numbers-in-words', name: 'Numbers up to twelve in words', wrong: '3 boats', right: 'three boats', not: ['numbers-as-digits'],
    check: (text) => each(text, /(?<![\p{L}\p{N}.,:/-])(?:1[0-2]|\d)(?![\p{L}\p{N}]|[.,:/-]\d)/gu, 'Numbers up to twelve are written in words', (found) => small[Number(found)] ?? found),
  },
  {
    id: 'straight-quotes', name: 'Straight quotes', wrong: '“so it’s said”', right: '"so it\'s said"', not: ['curly-quotes'],
    check: (text) => each(text, /[“”„‘’‚]/gu, 'Quotes are straight', (found) => ('“”„'.includes(found) ? '"' : "'")),
  },
  {
    id: 'curly-quotes', name: 'Typographic quotes', wrong: '"so it\'s said"', right: '“so it’s said”', not: ['straight-quotes'],
    check: (text) => Array.from(text.matchAll(/["']/gu), (match) => {
      const opens = match.index === 0 || /[\s([{–—]/u.test(text[match.index - 1]!)
      return finding(match.index, match.index + 1, 'Quotes are typographic', match[0] === '"' ? (opens ? '“' : '”') : opens ? '‘' : '’')
    }),
  },
  {
    id: 'ends-with-mark', name: 'A text ends with a punctuation mark', wrong: 'We went home', right: 'We went home.', not: [],
    check: (text) => {
      const end = text.trimEnd()
      if (end === '' || /[\p{Po}\p{Pd}\p{Pf}\p{Pe}"']$/u.test(end)) return []
      const last = [...end].at(-1)!
      return [finding(end.length - last.length, end.length, 'A text ends with a punctuation mark', last + fullStop(last))]
    },
  },
  {
    id: 'no-double-space', name: 'No double, leading or trailing spaces', wrong: 'We  went', right: 'We went', not: [],
    check: (text) => each(text, /(?<=\S)\p{Zs}{2,}(?=\S)|^\p{Zs}+|\p{Zs}+$/gu, 'One space between words, none at the ends', (found, match) =>
      (match.index === 0 || match.index + found.length === text.length ? '' : ' ')),
  },
]

/** What the chosen rules say of a text, in the order of the text. */
export function ruleFindings(text: string, rules: readonly TextRuleId[]): Finding[] {
  return textRules.filter(({ id }) => rules.includes(id)).flatMap(({ check }) => check(text)).sort((a, b) => a.start - b.start)
}
