import { QuorumError } from '#shared/contract/errors.ts'
import type { HostContext, Noun } from './context.ts'

const later = (): never => {
  throw new QuorumError('unsupported', 'Items cannot be handed out yet.')
}

export const queueHandlers = (_context: HostContext): Noun<'queue'> => ({ 'queue.next': later, 'queue.state': later })
