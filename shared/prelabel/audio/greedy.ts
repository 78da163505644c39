import { QuorumError } from '#shared/contract/errors.ts'
import type { HeadOf } from '../manifest.ts'
import { logSum } from './logSum.ts'
import type { StepDecoder } from './stepDecoder.ts'
import { suppressByTime } from './timestamps.ts'

type Rules = Pick<HeadOf<'seq2seq'>, 'start' | 'end' | 'most' | 'suppress' | 'suppressFirst' | 'timestamps' | 'noSpeech'>

export interface Decoded {
  /** Without the start and the end. */
  readonly tokens: readonly number[]
  /** The mean natural logarithm of the tokens' probabilities, the end's included; 0 where there is none. */
  readonly meanLog: number
  /** The probability that there is no speech; 0 where the model has no token for it. */
  readonly noSpeech: number
  /** Why it stopped: the end; as many tokens as allowed; it repeated itself (the repetitions are cut off); a score was no number. */
  readonly stopped: 'end' | 'most' | 'loop' | 'broken'
}

/** The most probable token a step, from the start tokens on, until the end. Throws in words when the manifest's tokens are beyond the vocabulary. */
export async function decodeTokens(decoder: StepDecoder, rules: Rules): Promise<Decoded> {
  if (rules.start.length === 0) throw new QuorumError('unsupported', 'The manifest names no start token for the decoder.')
  const tokens: number[] = []
  let sum = 0, noSpeech = 0
  const result = (stopped: Decoded['stopped']): Decoded => {
    const steps = tokens.length + (stopped === 'end' ? 1 : 0)
    return { tokens: stopped === 'loop' ? withoutLoop(tokens) : tokens, meanLog: steps === 0 ? 0 : sum / steps, noSpeech, stopped }
  }
  while (tokens.length < rules.most) {
    const scores = await decoder.next([...rules.start, ...tokens])
    if (scores.some(Number.isNaN)) return result('broken')
    checkVocabulary(rules, scores.length)
    if (tokens.length === 0 && rules.noSpeech !== undefined) noSpeech = Math.exp(scores[rules.noSpeech]! - logSum(scores))
    suppress(scores, rules, tokens)
    const best = indexOfMost(scores)
    if (scores[best] === -Infinity) return result('end')
    sum += scores[best]! - logSum(scores)
    if (best === rules.end) return result('end')
    tokens.push(best)
    if (loopLength(tokens) > 0) return result('loop')
  }
  return result('most')
}

function suppress(scores: Float32Array, { suppress, suppressFirst = [], timestamps, end }: Rules, tokens: readonly number[]): void {
  for (const token of suppress) if (token < scores.length) scores[token] = -Infinity
  if (tokens.length === 0) for (const token of suppressFirst) if (token < scores.length) scores[token] = -Infinity
  if (timestamps !== null) suppressByTime(scores, tokens, timestamps, end)
}

function checkVocabulary({ start, end, noSpeech }: Rules, size: number): void {
  const beyond = [...start, end, ...(noSpeech === undefined ? [] : [noSpeech])].find((token) => token < 0 || token >= size)
  if (beyond !== undefined) throw new QuorumError('unsupported', `The manifest names token ${beyond}, but the decoder's vocabulary has ${size} tokens. Check its start, end and noSpeech.`)
}

const leastRepeats = 4
const leastRepeated = 16
const longestUnit = 24

/** The length of what the tokens repeat at their end: at least four times, sixteen tokens in all; 0 where they don't. */
export function loopLength(tokens: readonly number[]): number {
  for (let unit = 1; unit <= longestUnit; unit++) {
    const repeats = Math.max(leastRepeats, Math.ceil(leastRepeated / unit))
    const from = tokens.length - unit * repeats
    if (from < 0) continue
    let same = true
    for (let at = from; same && at + unit < tokens.length; at++) same = tokens[at] === tokens[at + unit]
    if (same) return unit
  }
  return 0
}

/** The tokens with the repeated part once. */
function withoutLoop(tokens: readonly number[]): number[] {
  const unit = loopLength(tokens)
  let keep = tokens.length
  while (keep - unit >= unit && tokens.slice(keep - unit, keep).every((token, index) => token === tokens[keep - 2 * unit + index])) keep -= unit
  return tokens.slice(0, keep)
}

function indexOfMost(values: Float32Array): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index
  return best
}
