import { QuorumError } from '#shared/contract/errors.ts'
import type { HostContext, Noun } from './context.ts'

export function agreementHandlers(_context: HostContext): Noun<'agreement'> {
  return {
    'agreement.report'() {
      throw new QuorumError('unsupported', 'Agreement is only measured on the command line yet.')
    },
  }
}
