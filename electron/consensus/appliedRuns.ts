import type { AppliedRun } from '#shared/contract/consensus.ts'
import { wallMs } from '#shared/model/clock.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { ChangeId } from '#shared/model/id.ts'
import type { Db } from '#electron/storage/database.ts'
import { changesNamed, diffOfChange } from '#electron/storage/workQueries.ts'

/** What a change that writes the layer is called in the log. */
export const applyName = 'apply consensus'

/** A written run and its change have one name between them. */
export const changeOf = (run: string) => `change:${run}` as ChangeId
const runOf = (change: ChangeId) => change.slice('change:'.length)

/** The runs that were written into the layer `consensus`, the newest first. */
export const appliedRuns = (db: Db): AppliedRun[] =>
  changesNamed(db, applyName).map(({ id, author, clock, undone }) => ({ run: runOf(id), change: id, author, at: wallMs(clock), undone }))

/** What the runs that stand wrote, the oldest first. */
export function* runDiffs(db: Db): Generator<Diff> {
  for (const { change, undone } of appliedRuns(db).reverse()) if (!undone) yield diffOfChange(db, change)
}
