import { readFileSync } from 'node:fs'
import type { ConsensusRequest } from '#shared/contract/consensus.ts'
import type { ItemProposals } from '#shared/consensus/proposal.ts'
import type { AssetId, ChangeId } from '#shared/model/id.ts'
import { writeFileAtomically } from '#electron/storage/atomicFile.ts'
import { changedItems, hasPosition } from '#electron/storage/workQueries.ts'
import type { Skills } from './estimates.ts'
import type { Mirror } from './mirror.ts'

/** Another shape of what is kept is another number: then it is computed again. */
const format = 2

interface Kept {
  readonly id: string
  readonly request: ConsensusRequest
  readonly skills: Skills
  readonly learnedAt: number
  readonly learnedRevision: number
  readonly found: readonly ItemProposals[]
}

/** Keeps a run in the project's cache, with its place in the log. A disk that is full costs the cache, not the run. */
export function keepResult(file: string, { db }: Mirror, { id, request, skills, learnedAt, learnedRevision, found }: Kept): void {
  const change = (db.prepare('SELECT id FROM changes WHERE seq = ?').pluck().get(learnedRevision) ?? null) as ChangeId | null
  try {
    writeFileAtomically(file, JSON.stringify({ format, change, id, request, skills, learnedAt, learnedRevision, found }))
  } catch {
    // It is computed again next time.
  }
}

/** The run that was kept, and the items that changed since; null where there is none, or none of this log. */
export function keptResult(file: string, { db }: Mirror): (Kept & { readonly changed: Set<AssetId> }) | null {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept & { readonly format: number; readonly change: ChangeId | null }
    if (kept.format !== format || !hasPosition(db, { revision: kept.learnedRevision, change: kept.change })) return null
    const changed = changedItems(db, kept.learnedRevision)
    return changed && { ...kept, changed }
  } catch {
    return null
  }
}
