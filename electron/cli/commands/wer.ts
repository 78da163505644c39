import { done, text, UsageError, type Command, type Invocation } from '../command.ts'
import { runWer } from '../wer.ts'

export const wer: Command = {
  name: 'wer',
  usage: 'quorum wer REF HYP [--unit word|char|codepoint] [--normalise nfc,nfkc,diacritics,case,numbers,punct,space|none] [--costs sclite|unit] [--format auto|text|trn]',
  summary: 'Aligns two text files, a sentence a line or in sclite\'s trn format, and prints the error rates.',
  example: 'quorum wer reference.txt transcript.txt --normalise nfc,case,punct',
  options: { unit: { type: 'string' }, normalise: { type: 'string' }, costs: { type: 'string' }, format: { type: 'string' } },
  words: [2, 2],
  async run(invocation) {
    const { lines, json } = await runWer({
      ref: invocation.words[0]!, hyp: invocation.words[1]!,
      unit: choice(invocation, 'unit', ['word', 'char', 'codepoint']) ?? 'word',
      normalise: text(invocation, 'normalise') ?? undefined,
      costs: choice(invocation, 'costs', ['sclite', 'unit']),
      format: choice(invocation, 'format', ['auto', 'text', 'trn']) ?? 'auto',
    })
    return done(json, lines)
  },
}

function choice<const Choice extends string>(invocation: Invocation, flag: string, choices: readonly Choice[]): Choice | undefined {
  const value = text(invocation, flag)
  const found = choices.find((candidate) => candidate === value)
  if (value !== null && found === undefined) throw new UsageError(`--${flag} ${value}: choose from ${choices.join(', ')}.`)
  return found
}
