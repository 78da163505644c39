import { QueueStage } from '#shared/contract/queue.ts'
import { Author } from '#shared/model/author.ts'
import { Strategy, type ItemOrder, type Mix } from '#shared/model/itemOrder.ts'
import { done, text, UsageError, whole, type Command, type Invocation } from '../command.ts'
import { withProject } from '../host.ts'
import { runJob } from '../runJob.ts'

export const queue: Command = {
  name: 'queue',
  usage: `quorum queue PROJECT --for NAME [--stage ${QueueStage.options.join('|')}] [--limit 20] [--order uncertain=2,diverse=1,random=1|names] [--seed N]`,
  summary: 'What is next for a person, and why: to label, to look over, or to settle. --order replaces the order of the project.',
  example: 'quorum queue street --for ada --order uncertain=2,diverse=1,random=1',
  options: { for: { type: 'string' }, stage: { type: 'string' }, limit: { type: 'string' }, order: { type: 'string' }, seed: { type: 'string' } },
  words: [1, 1],
  run(invocation) {
    const person = personOf(invocation)
    const stage = text(invocation, 'stage') ?? 'label'
    const known = QueueStage.safeParse(stage)
    if (!known.success) throw new UsageError(`--stage ${stage}: choose from ${QueueStage.options.join(', ')}.`)
    const limit = whole(invocation, 'limit') ?? 20
    if (limit < 1 || limit > 1000) throw new UsageError('--limit takes a number from 1 to 1000.')
    const mix = mixOf(invocation), seed = whole(invocation, 'seed')
    if (seed !== null && (seed < 0 || seed >= 2 ** 31)) throw new UsageError('--seed takes a whole number from 0 to 2147483647.')
    if ((mix !== null || seed !== null) && known.data !== 'label') throw new UsageError('--order and --seed order what is to be labelled: they go with --stage label alone.')
    return withProject(invocation, 'read', async (host) => {
      const kept = (await host.ask('projects.state', {})).project.order ?? null
      const chosen = mix ?? kept?.mix
      if (seed !== null && chosen === undefined) throw new UsageError('--seed: the project keeps no order of its own. Say one with --order.')
      const order: ItemOrder | null = chosen === undefined ? null : { mix: chosen, seed: seed ?? kept?.seed ?? 1 }
      // Disputes are what a run found; where none is kept, one is made.
      if (known.data === 'adjudicate' && !(await host.ask('consensus.summary', {})).summary) await runJob(host, invocation, () => host.ask('consensus.run', {}))
      const { rows } = await host.ask('queue.next', { for: person, stage: known.data, limit, order })
      const state = await host.ask('queue.state', { for: person })
      const { label, review, adjudicate } = state
      const left = [
        `to label: ${label.open} of ${label.wanted} not begun by anybody, ${label.submitted} submitted; ${label.mine} that ${person} can take`,
        `to look over: ${review.items} items`, ...(adjudicate ? [`to settle: ${adjudicate.disputes} disputes in ${adjudicate.items} items`] : []),
      ]
      return done({ for: person, stage: known.data, order: known.data === 'label' ? order : null, items: rows, state }, [...rows.map(({ name, sentence }) => `${name}: ${sentence}`), ...(rows.length === 0 ? [`There is nothing for ${person} in this stage.`] : []), ...left])
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

/** "uncertain=2,random=1" → shares; a name alone is a share of 1; "names" is no order but that of the names. Null where nothing is asked. */
function mixOf(invocation: Invocation): Mix | null {
  const given = text(invocation, 'order')
  if (given === null) return null
  if (given.trim() === 'names') return {}
  const known = `${Strategy.options.join(', ')}`
  const entries = given.split(',').map((part) => {
    const [name = '', share = '1'] = part.split('=').map((word) => word.trim())
    const strategy = Strategy.safeParse(name)
    if (!strategy.success) throw new UsageError(`--order ${part}: choose from ${known}, or names.`)
    const value = share === '' ? NaN : Number(share)
    if (!(value >= 0 && value <= 1000)) throw new UsageError(`--order ${part}: a share is a number from 0 to 1000.`)
    return [strategy.data, value] as const
  })
  if (new Set(entries.map(([name]) => name)).size < entries.length) throw new UsageError(`--order ${given}: each of ${known} can stand there once.`)
  if (entries.every(([, share]) => share === 0)) throw new UsageError(`--order ${given}: one share at least is greater than 0. For the order of names say names.`)
  return Object.fromEntries(entries)
}
