import type { z } from 'zod'
import type { ConsensusItem, FoundAnswer, FoundRequest } from '#shared/contract/consensus.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { AssetId } from '#shared/model/id.ts'
import { layerOn } from '#electron/storage/workQueries.ts'
import type { Entry, Result } from './estimates.ts'
import { assertShown, heldBack, type Looker } from './heldBack.ts'
import { calledProposals, calledRecord, calledVerdict, callingOf } from './letters.ts'
import type { Mirror } from './mirror.ts'

/** The item's entry, or a sentence why there is none to see. */
export function entryOf(result: Result, mirror: Mirror, asset: AssetId, me: Looker): Entry {
  const work = mirror.items.get(asset)
  if (!work) throw new QuorumError('not-found', `${asset} is not in this project.`)
  assertShown(work, me, mirror.project)
  const entry = result.entries.get(asset)
  if (!entry) throw new QuorumError('not-found', `${work.asset.name}: nobody ${mirror.project.visibility === 'blind' ? 'has submitted work' : 'has labeled anything'} there, so there is nothing to compare.`)
  return entry
}

/** One item as it is adjudicated. */
export function itemView(result: Result, mirror: Mirror, asset: AssetId, names: boolean, me: Looker): ConsensusItem {
  const { work, found } = entryOf(result, mirror, asset, me)
  const calling = callingOf(asset, found.people, names)
  return {
    ...calledProposals(found, calling), name: work.asset.name, who: calling.who,
    annotations: work.annotations.map((one) => calledRecord(one, calling)), relations: work.relations.map((one) => calledRecord(one, calling)),
    final: [...work.final], applied: layerOn(mirror.db, 'consensus', asset), verdicts: work.verdicts.map((one) => calledVerdict(one, calling)),
  }
}

/** A page of all that was found. */
export function foundPage({ entries }: Result, { project }: Mirror, { names, offset, limit }: z.output<typeof FoundRequest>, me: Looker): FoundAnswer {
  const all = [...entries.values()]
  const shown = all.filter(({ work }) => heldBack(work, me, project) === null)
  return {
    total: shown.length, heldBack: all.length - shown.length,
    items: shown.slice(offset, offset + limit).map(({ found }) => calledProposals(found, callingOf(found.asset, found.people, names))),
  }
}
