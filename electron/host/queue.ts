import { consensusTask } from './consensusTask.ts'
import type { HostContext, Noun } from './context.ts'

export function queueHandlers(context: HostContext): Noun<'queue'> {
  return {
    'queue.next': async (request) => ({ rows: await consensusTask(context, 'next', { request, now: context.now() }) }),
    'queue.state': ({ for: person }) => consensusTask(context, 'queueState', { for: person }),
  }
}
