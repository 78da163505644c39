import { QuorumError } from '#shared/contract/errors.ts'
import type { Port, Session, Sessions, Tensor, Tensors } from '../tensor.ts'

/** Scores of what comes after some tokens: one number a token of the vocabulary. Tokens only ever grow. */
export interface StepDecoder { next(tokens: readonly number[]): Promise<Float32Array> }

const pastName = 'past_key_values.', presentName = 'present.'

/**
 * A decoder over one encoder's output (`hidden`), whichever way it was exported: without a cache (all tokens each time); with one
 * (inputs `past_key_values.…`, outputs `present.…`, with or without `use_cache_branch`); or as two graphs, `decoder` for the first
 * step and `decoder-with-past` for the others. Throws in words for an input that it cannot fill.
 */
export function createStepDecoder(sessions: Sessions, hidden: Tensor): StepDecoder {
  const first = sessions['decoder']
  if (!first) throw new QuorumError('unsupported', 'The model\'s file “decoder” is missing.')
  const later = sessions['decoder-with-past'] ?? first
  const cached = later.inputs.some(({ name }) => name.startsWith(pastName))
  let past: Record<string, Tensor> = {}
  let done = 0
  return {
    async next(tokens) {
      const session = cached && done > 0 ? later : first
      const fresh = cached ? tokens.slice(done) : tokens
      const outputs = await session.run(feedsFor(session, fresh, cached ? done : 0, hidden, past))
      if (cached) {
        past = nextPast(past, outputs)
        done = tokens.length
      }
      return lastScores(outputs)
    },
  }
}

function feedsFor(session: Session, tokens: readonly number[], done: number, hidden: Tensor, past: Readonly<Record<string, Tensor>>): Tensors {
  return Object.fromEntries(session.inputs.map((port) => [port.name, feedFor(port, tokens, done, hidden, past)]))
}

function feedFor(port: Port, tokens: readonly number[], done: number, hidden: Tensor, past: Readonly<Record<string, Tensor>>): Tensor {
  const { name } = port
  if (name.startsWith(pastName)) return past[name] ?? emptyPast(port)
  if (name.startsWith('encoder_hidden_states') || name === 'encoder_outputs' || name === 'audio_features') return hidden
  const row = (values: readonly number[]) => integers(port, [1, values.length], values)
  switch (name) {
    case 'input_ids': case 'decoder_input_ids': case 'tokens': return row(tokens)
    case 'position_ids': return row(tokens.map((_, index) => done + index))
    case 'cache_position': return integers(port, [tokens.length], tokens.map((_, index) => done + index))
    case 'attention_mask': case 'decoder_attention_mask': return row(Array.from({ length: done + tokens.length }, () => 1))
    case 'encoder_attention_mask': return row(Array.from({ length: hidden.dims[1] ?? 1 }, () => 1))
    case 'use_cache_branch': return { type: 'bool', dims: [1], data: Uint8Array.of(done > 0 ? 1 : 0) }
    default: throw new QuorumError('unsupported', `The decoder has an input “${name}” that Quorum does not know. It knows decoders as Optimum exports them (input_ids, encoder_hidden_states, past_key_values.…).`)
  }
}

const integers = ({ type }: Port, dims: readonly number[], values: readonly number[]): Tensor => (type === 'int32'
  ? { type: 'int32', dims, data: Int32Array.from(values) }
  : { type: 'int64', dims, data: BigInt64Array.from(values, BigInt) })

/** No past yet: one sequence, and 0 of whatever else is free. */
function emptyPast({ name, type, dims }: Port): Tensor {
  if (type !== 'float32') throw new QuorumError('unsupported', `The decoder keeps its past (“${name}”) as ${type}; only float32 is known here.`)
  const sides = dims.map((side, index) => (index === 0 ? 1 : typeof side === 'number' ? side : 0))
  const data = new Float32Array(sides.reduce((product, side) => product * side, 1))
  return { type, dims: sides, data }
}

/** What was given out becomes the past. The encoder's part is made once: later graphs give it empty or not at all. */
function nextPast(past: Readonly<Record<string, Tensor>>, outputs: Tensors): Record<string, Tensor> {
  const next = { ...past }
  for (const [name, tensor] of Object.entries(outputs)) {
    if (!name.startsWith(presentName)) continue
    const as = pastName + name.slice(presentName.length)
    if (name.includes('.encoder.') && past[as] && past[as].data.length > 0) continue
    next[as] = tensor
  }
  return next
}

function lastScores(outputs: Tensors): Float32Array {
  const tensor = outputs['logits'] ?? Object.entries(outputs).find(([name, { type, dims }]) => !name.startsWith(presentName) && type === 'float32' && dims.length >= 2)?.[1]
  const size = tensor?.dims.at(-1) ?? 0
  if (tensor?.type !== 'float32' || size < 1 || tensor.data.length < size) {
    throw new QuorumError('unsupported', `The decoder gave ${tensor ? `[${tensor.dims.join(', ')}]` : 'nothing'} instead of scores for the next token [1, tokens, vocabulary].`)
  }
  return tensor.data.slice(-size)
}
