import type { z } from 'zod'
import type { ConsensusItem, FoundAnswer, FoundRequest } from '#shared/contract/consensus.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'
import { layerOn } from '#electron/storage/workQueries.ts'
import type { Entry, Result } from './estimates.ts'
import { assertShown, heldBack, type Looker } from './heldBack.ts'
import { calledAnswer, calledMark, calledProposals, calledRelation, calledVerdict, callingOf } from './letters.ts'
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
  const applied = layerOn(mirror.db, 'consensus', asset)
  const calling = callingOf(asset, found.people, names, namedIn([...work.final, ...applied], work.verdicts))
  return {
    ...calledProposals(found, calling), name: work.asset.name, who: calling.who,
    annotations: work.annotations.map((one) => calledMark(one, calling)), relations: work.relations.map((one) => calledRelation(one, calling)),
    final: work.final.map((one) => calledAnswer(one, calling)), applied: applied.map((one) => calledAnswer(one, calling)), verdicts: work.verdicts.map((one) => calledVerdict(one, calling)),
  }
}

/** Whose marks answers and decisions speak of, whether or not they are still there. */
function namedIn(answers: readonly Annotation[], verdicts: readonly DisputeVerdict[]): Author[] {
  const contributors = answers.flatMap(({ provenance }) => {
    const origin = provenance.by === 'human' ? provenance.origin : provenance
    return origin?.by === 'consensus' ? origin.contributors : []
  })
  return [...contributors, ...verdicts.flatMap(({ about }) => about.corrections)].map(({ author }) => author)
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
