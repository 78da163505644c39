import { consensusTask } from './consensusTask.ts'
import type { HostContext, Noun } from './context.ts'

export function agreementHandlers(context: HostContext): Noun<'agreement'> {
  return { 'agreement.report': (request) => consensusTask(context, 'agreement', { request }) }
}
