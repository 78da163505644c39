import { QuorumError } from '#shared/contract/errors.ts'
import type { Change } from '#shared/model/change.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { stacks } from '#shared/model/history.ts'
import { maySee } from '#electron/storage/assetQueries.ts'
import { toChange } from '#electron/storage/log.ts'
import { authorOf, openProjectOf, projectRecord, viewerOf, writableProjectOf, type HostContext, type Noun } from './context.ts'
import { assertAllowed } from './permissions.ts'

export function changeHandlers(context: HostContext): Noun<'changes'> {
  return {
    'changes.apply'({ of, ...request }) {
      const open = writableProjectOf(context)
      const { store } = open
      const author = authorOf(context)
      if (of && of.project !== projectRecord(open).id) throw new QuorumError('no-project', 'The project of this change is not open. It is kept and saved when you open the project again.')
      if (of && of.author !== author) throw new QuorumError('no-permission', `This change is ${of.author}'s, and ${author} works here now. It is kept and saved when ${of.author} is back.`)
      const known = store.log.find(request.id) !== undefined
      const applied = store.apply(request, author, (effect) => assertAllowed(store, request, effect, author))
      if (!known) context.emit({ kind: 'changed', revision: applied.revision, change: applied.change })
      const seen = heldBack(context)
      return { id: request.id, clock: applied.change.clock, revision: applied.revision, differing: applied.differing.filter(seen) }
    },
    'changes.history'({ asset, limit }) {
      const { log } = openProjectOf(context).store
      const { undo, redo } = stacks(log.intents(asset, authorOf(context)))
      const read = (ids: typeof undo): Change[] => ids.slice(-limit).map((id) => toChange(log.find(id)!))
      return { undo: read(undo), redo: read(redo) }
    },
    'changes.list'({ since, limit }) {
      const rows = openProjectOf(context).store.log.since(since, limit)
      const seen = heldBack(context)
      const whole = ({ diff }: Change) => [...Object.values(diff.added), ...Object.values(diff.removed), ...Object.values(diff.updated).flat()].every(seen)
      return { changes: rows.map(toChange).filter(whole), cursor: rows.at(-1)?.seq ?? since }
    },
  }
}

/** Tells the records that the person may see. A script reads the project's file as it is: nothing is held back from it. */
function heldBack(context: HostContext): (record: AnyRecord) => boolean {
  const viewer = viewerOf(context)
  if ((!viewer.blind && viewer.control === null) || !context.remember) return () => true
  const { db } = openProjectOf(context).store
  return (record) => maySee(db, viewer, record)
}
