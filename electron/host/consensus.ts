import type { ConsensusRequest } from '#shared/contract/consensus.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { ChangeRequest } from '#shared/model/change.ts'
import { invert, type Diff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import { appliedRuns, applyName, changeOf } from '#electron/consensus/appliedRuns.ts'
import type { JobContext } from '#electron/jobs/queue.ts'
import type { ProjectStore } from '#electron/storage/projectStore.ts'
import { consensusTask } from './consensusTask.ts'
import { authorOf, workOf, writableProjectOf, type HostContext, type Noun } from './context.ts'
import { assertAllowed } from './permissions.ts'

export function consensusHandlers(context: HostContext): Noun<'consensus'> {
  /** Who looks; a script reads the project's file as it is, and nothing is held back from it. */
  const looker = () => (context.remember ? authorOf(context) : null)
  return {
    'consensus.run': (request) => ({
      job: workOf(context).jobs.start({ kind: 'consensus', name: 'Consensus', resumable: false, request, run: (job) => run(context, request, job) }).id,
    }),
    'consensus.summary': async () => ({ summary: await consensusTask(context, 'summary', {}) }),
    'consensus.disputes': (request) => consensusTask(context, 'disputes', { request, me: looker() }),
    'consensus.found': (request) => consensusTask(context, 'found', { request, me: looker() }),
    'consensus.item': ({ asset, names }) => consensusTask(context, 'item', { asset, names, me: looker() }),
    async 'consensus.apply'(request) {
      const { store } = writableProjectOf(context)
      const { diff, answer } = await consensusTask(context, 'layer', { request, author: authorOf(context) })
      if (answer.change === null) return { ...answer, revision: store.log.revision() }
      const revision = write(context, { id: answer.change, name: applyName, asset: null, intent: { kind: 'do' }, durationMs: null, diff })
      // The change may be as long as the project; windows read what they show.
      context.emit({ kind: 'reload' })
      return { ...answer, revision }
    },
    'consensus.undo'({ run: id }) {
      const { store } = writableProjectOf(context)
      const target = changeOf(id)
      const made = diffOf(store, id)
      assertNothingStandsOn(store, id, made)
      const request: ChangeRequest = { id: newChangeId(), name: `take back ${applyName}`, asset: null, intent: { kind: 'undo', target }, durationMs: null, diff: invert(made) }
      const revision = write(context, request)
      context.emit({ kind: 'reload' })
      return { change: request.id, revision }
    },
    async 'consensus.decide'(request) {
      const author = authorOf(context)
      writableProjectOf(context)
      const { diff, verdict } = await consensusTask(context, 'decision', { request, author, me: looker(), now: context.now() })
      const change: ChangeRequest = { id: newChangeId(), name: 'settle dispute', asset: request.asset, intent: { kind: 'do' }, durationMs: request.durationMs, diff }
      const { store } = writableProjectOf(context)
      const applied = store.apply(change, author, (effect) => assertAllowed(store, change, effect, author))
      context.emit({ kind: 'changed', revision: applied.revision, change: applied.change })
      return { verdict, change: applied.change, revision: applied.revision }
    },
    'consensus.unclear': async () => ({ rows: await consensusTask(context, 'unclear', { me: looker() }) }),
  }
}

/** In steps, both halves of each item's work half a count: between two of them progress shows, the run can be cancelled, and other questions are answered. */
async function run(context: HostContext, request: ConsensusRequest, { signal, progress }: JobContext): Promise<void> {
  const { token, items } = await consensusTask(context, 'begin', { request })
  const walk = async (name: 'lay' | 'estimate', message: string, before: number) => {
    for (let at = 0; at < items && !signal.aborted;) {
      at = await consensusTask(context, name, { token })
      progress(Math.floor((before + at) / 2), items, message)
    }
  }
  await walk('lay', 'Matching what people marked', 0)
  if (signal.aborted) return
  progress(Math.floor(items / 2), items, 'Learning how people work')
  await consensusTask(context, 'learn', { token })
  await walk('estimate', 'Estimating', items)
  if (!signal.aborted) await consensusTask(context, 'finish', { token, now: context.now() })
}

/** What a run wrote was made here from what is there: it is not looked through record by record, which would keep the host busy for as long as writing it. */
function write(context: HostContext, request: ChangeRequest): number {
  return writableProjectOf(context).store.apply(request, authorOf(context)).revision
}

function diffOf(store: ProjectStore, run: string): Diff {
  const made = store.log.find(changeOf(run))
  if (made?.name === applyName) return JSON.parse(made.diff)
  const known = appliedRuns(store.db).filter(({ undone }) => !undone).map((one) => one.run)
  throw new QuorumError('not-found', `There is no run ${run} that was applied.${known.length > 0 ? ` The newest is ${known[0]}.` : ''}`)
}

/** A run is taken back as long as what it wrote is as it wrote it. */
function assertNothingStandsOn(store: ProjectStore, run: string, made: Diff): void {
  const runs = appliedRuns(store.db)
  const at = runs.findIndex((one) => one.run === run)
  if (runs[at]?.undone) throw new QuorumError('invalid-input', `Run ${run} was taken back already.`)
  const later = runs.slice(0, at).find(({ undone }) => !undone)
  if (later) throw new QuorumError('invalid-input', `Run ${later.run} was applied after ${run}. Take that one back first.`)
  const as = (id: string) => store.records.read(id)
  const wrote = [...Object.values(made.added), ...Object.values(made.updated).map(([, to]) => to)]
  const touched = [...wrote.filter((record) => !sameValue(as(record.id), record)), ...Object.values(made.removed).filter(({ id }) => as(id) !== undefined)]
  if (touched.length > 0) {
    throw new QuorumError('invalid-input', `${touched.length} of what run ${run} wrote was changed by somebody since, ${touched[0]!.id} for one. Take those changes back first, or run consensus again and apply it.`)
  }
}
