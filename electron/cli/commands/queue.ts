import { QueueStage } from '#shared/contract/queue.ts'
import { Author } from '#shared/model/author.ts'
import { done, text, UsageError, whole, type Command, type Invocation } from '../command.ts'
import { withProject } from '../host.ts'
import { runJob } from '../runJob.ts'

export const queue: Command = {
  name: 'queue',
  usage: `quorum queue PROJECT --for NAME [--stage ${QueueStage.options.join('|')}] [--limit 20]`,
  summary: 'What is next for a person, and why: to label, to look over, or to settle.',
  example: 'quorum queue street --for ada',
  options: { for: { type: 'string' }, stage: { type: 'string' }, limit: { type: 'string' } },
  words: [1, 1],
  run(invocation) {
    const person = personOf(invocation)
    const stage = text(invocation, 'stage') ?? 'label'
    const known = QueueStage.safeParse(stage)
    if (!known.success) throw new UsageError(`--stage ${stage}: choose from ${QueueStage.options.join(', ')}.`)
    const limit = whole(invocation, 'limit') ?? 20
    if (limit < 1 || limit > 1000) throw new UsageError('--limit takes a number from 1 to 1000.')
    return withProject(invocation, 'read', async (host) => {
      // Disputes are what a run found; where none is kept, one is made.
      if (known.data === 'adjudicate' && !(await host.ask('consensus.summary', {})).summary) await runJob(host, invocation, () => host.ask('consensus.run', {}))
      const { rows } = await host.ask('queue.next', { for: person, stage: known.data, limit })
      const state = await host.ask('queue.state', { for: person })
      const { label, review, adjudicate } = state
      const left = [
        `to label: ${label.open} of ${label.wanted} not begun by anybody, ${label.submitted} submitted; ${label.mine} that ${person} can take`,
        `to look over: ${review.items} items`, ...(adjudicate ? [`to settle: ${adjudicate.disputes} disputes in ${adjudicate.items} items`] : []),
      ]
      return done({ for: person, stage: known.data, items: rows, state }, [...rows.map(({ name, sentence }) => `${name}: ${sentence}`), ...(rows.length === 0 ? [`There is nothing for ${person} in this stage.`] : []), ...left])
    })
  },
}

function personOf(invocation: Invocation): Author {
  const name = text(invocation, 'for')
  if (name === null) throw new UsageError('--for NAME is missing: the queue is a person’s.')
  const parsed = Author.safeParse(name)
  if (!parsed.success) throw new UsageError(`--for: a name ${parsed.error.issues[0]?.message ?? 'is needed'}.`)
  return parsed.data
}
