import { logSum } from './logSum.ts'

/** Seconds from one timestamp to the next (Radford et al. 2022, section 2.3). */
export const timestampSeconds = 0.02
/** The first timestamp is at most one second in, as Whisper decodes. */
const latestFirst = 1 / timestampSeconds

/**
 * Whisper's rules for timestamps (`first` is the token of 0.00 s, those after it follow): it begins with one; they come in pairs,
 * end and start, or last; they never go back; and when all of them together are more probable than any word, it is one of them.
 */
export function suppressByTime(scores: Float32Array, tokens: readonly number[], first: number, end: number): void {
  const isTime = (token: number | undefined) => token !== undefined && token >= first
  const suppress = (from: number, to: number, but = -1) => {
    for (let token = from; token < to; token++) if (token !== but) scores[token] = -Infinity
  }
  if (tokens.length === 0) {
    suppress(0, first)
    suppress(first + latestFirst + 1, scores.length)
    return
  }
  const afterTime = isTime(tokens.at(-1)), closed = afterTime && (tokens.length < 2 || isTime(tokens.at(-2)))
  if (closed) suppress(first, scores.length)
  else if (afterTime) suppress(0, first, end)
  const latest = tokens.findLast(isTime)
  if (latest !== undefined) suppress(first, afterTime && !closed ? latest : latest + 1)
  if (scores.length > first && logSum(scores, first) > scores.subarray(0, first).reduce((most, score) => Math.max(most, score), -Infinity)) suppress(0, first)
}

/** Text tokens between two timestamps, in seconds of the window; `end` null: it was not closed. */
export interface TimedTokens { readonly start: number; readonly end: number | null; readonly tokens: readonly number[] }

/** The stretches of a decoded window. Tokens before any timestamp begin at 0. */
export function timedTokens(tokens: readonly number[], first: number): TimedTokens[] {
  const found: TimedTokens[] = []
  let start = 0, open: number[] = []
  let running = false
  for (const token of tokens) {
    if (token < first) {
      open.push(token)
      running = true
      continue
    }
    const at = (token - first) * timestampSeconds
    if (running && open.length > 0) {
      found.push({ start, end: Math.max(start, at), tokens: open })
      open = []
      running = false
    } else running = true
    start = at
  }
  if (running) found.push({ start, end: null, tokens: open })
  return found
}
