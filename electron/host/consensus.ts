import { QuorumError } from '#shared/contract/errors.ts'
import type { HostContext, Noun } from './context.ts'

const later = (): never => {
  throw new QuorumError('unsupported', 'Consensus cannot be estimated yet.')
}

export function consensusHandlers(_context: HostContext): Noun<'consensus'> {
  return {
    'consensus.run': later, 'consensus.summary': () => ({ summary: null }), 'consensus.disputes': later, 'consensus.item': later, 'consensus.apply': later,
    'consensus.undo': later, 'consensus.decide': later, 'consensus.unclear': () => ({ rows: [] }),
  }
}
