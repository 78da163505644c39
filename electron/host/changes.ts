import type { Diff } from '#shared/model/diff.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { Change } from '#shared/model/change.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { stacks } from '#shared/model/history.ts'
import { toChange } from '#electron/storage/log.ts'
import type { ProjectStore } from '#electron/storage/projectStore.ts'
import { authorOf, openProjectOf, writableProjectOf, type HostContext, type Noun } from './context.ts'

export function changeHandlers(context: HostContext): Noun<'changes'> {
  return {
    'changes.apply'(request) {
      const { store } = writableProjectOf(context)
      const author = authorOf(context)
      const known = store.log.find(request.id) !== undefined
      const applied = store.apply(request, author, (effect) => assertAllowed(store, effect, author))
      if (!known) context.emit({ kind: 'changed', revision: applied.revision, change: applied.change })
      return { id: request.id, clock: applied.change.clock, revision: applied.revision, differing: applied.differing }
    },
    'changes.history'({ asset, limit }) {
      const { log } = openProjectOf(context).store
      const { undo, redo } = stacks(log.intents(asset, authorOf(context)))
      const read = (ids: typeof undo): Change[] => ids.slice(-limit).map((id) => toChange(log.find(id)!))
      return { undo: read(undo), redo: read(redo) }
    },
    'changes.list'({ since, limit }) {
      const rows = openProjectOf(context).store.log.since(since, limit)
      return { changes: rows.map(toChange), cursor: rows.at(-1)?.seq ?? since }
    },
  }
}

/** Layers that belong to nobody in particular, so that anybody may write in them. */
const sharedLayers: readonly string[] = ['final', 'consensus']

/**
 * Refuses what a person may not do to the records as they really are: others' layers are never touched (a draft may
 * be taken over), and what a record points to must be there.
 */
function assertAllowed(store: ProjectStore, effect: Diff, author: Author): void {
  const mine = (record: AnyRecord, isBefore: boolean) => {
    if (record.type === 'submission') return record.author === author
    if (record.type !== 'annotation' && record.type !== 'relation') return true
    const takenOver = isBefore && record.type === 'annotation' && record.draft
    return record.layer === layerOf(author) || sharedLayers.includes(record.layer) || takenOver
  }
  const before = [...Object.values(effect.removed), ...Object.values(effect.updated).map(([from]) => from)]
  const then = [...Object.values(effect.added), ...Object.values(effect.updated).map(([, to]) => to)]
  const foreign = before.find((record) => !mine(record, true)) ?? then.find((record) => !mine(record, false))
  if (foreign) {
    const whose = 'layer' in foreign ? `the layer of ${foreign.layer}` : 'somebody else'
    throw new QuorumError('invalid-input', `${foreign.id} belongs to ${whose}; ${author} cannot change it. Copy it into your own layer instead.`)
  }
  for (const record of then) {
    if (record.type === 'annotation' && record.label !== null && !(record.label in effect.added) && !store.records.read(record.label)) {
      throw new QuorumError('invalid-input', `${record.id} has the label ${record.label}, which is not in this project.`)
    }
    if ('asset' in record && !(record.asset in effect.added) && !store.records.read(record.asset)) {
      throw new QuorumError('invalid-input', `${record.id} lies on ${record.asset}, which is not in this project.`)
    }
  }
}
