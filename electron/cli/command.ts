import type { ParseArgsConfig } from 'node:util'

export type Options = NonNullable<ParseArgsConfig['options']>

/** What a command gets: its words and flags, already parsed, and where to say things. */
export interface Invocation {
  readonly words: readonly string[]
  readonly flags: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>
  /** Progress and remarks, for a person; never on stdout. */
  say(line: string): void
  /** A line on stdout now, for what is too long to be kept until the end. */
  print(line: string): Promise<void>
  progress(done: number, total: number | null, what: string): void
}

/** 0 done, 1 the work failed, 2 wrong usage, 3 done but with findings the user must see. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Outcome {
  readonly code: ExitCode
  /** What `--json` prints, one document; undefined when the command printed it itself. */
  readonly json: unknown
  /** What a person reads instead. */
  readonly lines: readonly string[]
}

export interface Command {
  readonly name: string
  /** `quorum import PROJECT SOURCE [--format ID]` */
  readonly usage: string
  readonly summary: string
  readonly example: string
  readonly options: Options
  /** How many words it takes at least and at most. */
  readonly words: readonly [least: number, most: number]
  run(invocation: Invocation): Promise<Outcome>
}

/** A wrong use of the command line; exits with 2. */
export class UsageError extends Error {}

export const done = (json: unknown, lines: readonly string[], code: ExitCode = 0): Outcome => ({ code, json, lines })

export function text(invocation: Invocation, flag: string): string | null {
  const value = invocation.flags[flag]
  return typeof value === 'string' ? value : null
}

/** A whole number given to a flag, or null when it is not given. */
export function whole(invocation: Invocation, flag: string): number | null {
  const value = text(invocation, flag)
  if (value === null) return null
  if (!/^-?\d+$/u.test(value)) throw new UsageError(`--${flag} takes a whole number, not "${value}".`)
  return Number(value)
}
