import type { ApplyAnswer, ApplyRequest } from '#shared/contract/consensus.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import { keyOf } from '#shared/consensus/proposals/key.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import { emptyDiff, isEmpty, type Diff } from '#shared/model/diff.ts'
import { randomToken, type AnnotationId, type AssetId, type GroupId, type RelationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { appliedRuns, changeOf } from './appliedRuns.ts'
import { byHand, spokenFor, type ByHand } from './byHand.ts'
import type { Entry, Result } from './estimates.ts'
import type { Mirror } from './mirror.ts'

const layer = 'consensus' as Layer

/** What is less likely there than not is not written. */
export const leastExistence = 0.5

/** The same proposal has the same id on every machine and in every run. */
export const consensusId = (key: string) => `annotation:consensus/${key}` as AnnotationId
export const groupOf = (group: string) => `group:consensus/${group}` as GroupId

export interface Written { readonly diff: Diff; readonly answer: Omit<ApplyAnswer, 'revision'> }

/** One diff that makes the layer what the run found. What a person made of it stays, and nothing is written beside it; what is the same already is not written again. */
export function layerDiff({ entries, options }: Result, mirror: Mirror, { what }: ApplyRequest, author: Author): Written {
  const run = `consensus-${randomToken()}`
  const all = [...entries.values()].flatMap(({ found, work }) => found.proposals.map((proposal) => ({ proposal, work })))
  const likely = all.filter(({ proposal }) => proposal.existence >= leastExistence)
  const chosen = likely.filter(({ proposal }) => what === 'all' || proposal.disputes.length === 0)
  const hand = byHand(mirror.db)
  const spoken = spokenFor(hand, options.bars!.gate, new Set(all.flatMap(({ proposal }) => proposal.members)))
  const wanted = new Map<string, Annotation | Relation>()
  const ends = new Map<string, AnnotationId>()
  let yielded = 0, undecided = 0
  for (const { proposal, work } of chosen) {
    const said = spoken(proposal, work.asset.id)
    const id = said ? said.id : consensusId(proposal.key)
    if (id) ends.set(proposal.key, id)
    if (said) {
      yielded++
      continue
    }
    if (proposal.disputes.length > 0) undecided++
    wanted.set(consensusId(proposal.key), annotationOf(proposal, work.asset.id, author, run))
  }
  for (const entry of entries.values()) for (const relation of relationsOf(entry, ends, author)) wanted.set(relation.id, relation)
  const diff = differenceOf(hand, wanted)
  const nothing = isEmpty(diff)
  const [before, added, removed] = [annotationsIn(hand.there.keys()), annotationsIn(Object.keys(diff.added)), annotationsIn(Object.keys(diff.removed))]
  const standing = nothing ? appliedRuns(mirror.db).find(({ undone }) => !undone)?.run ?? null : null
  return { diff, answer: {
    run: nothing ? standing : run, change: nothing ? null : changeOf(run), annotations: before + added - removed,
    added, updated: annotationsIn(Object.keys(diff.updated)), kept: annotationsIn(hand.own), removed, undecided, yielded, disputed: likely.length - chosen.length, unlikely: all.length - likely.length,
  } }
}

const annotationsIn = (ids: Iterable<string>): number => [...ids].filter((id) => id.startsWith('annotation:')).length

/** What is a person's stays as it is, and away where they took it away; of the rest what the run did not find goes. */
function differenceOf({ there, own, taken }: ByHand, wanted: ReadonlyMap<string, Annotation | Relation>): Diff {
  const diff = emptyDiff()
  for (const record of there.values()) if (!own.has(record.id) && !wanted.has(record.id)) diff.removed[record.id] = record
  for (const record of wanted.values()) {
    const was = there.get(record.id)
    if (own.has(record.id) || taken.has(record.id)) continue
    if (!was) diff.added[record.id] = record
    else if (!sameButRun(was, record)) diff.updated[record.id] = [was, record]
  }
  return diff
}

/** Equal but for which run wrote it, and in whose name. */
function sameButRun(was: Annotation | Relation, is: Annotation | Relation): boolean {
  if (was.type === 'annotation' && was.provenance.by === 'consensus' && is.type === 'annotation' && is.provenance.by === 'consensus') {
    return sameValue({ ...was, author: null, provenance: { ...was.provenance, run: null } }, { ...is, author: null, provenance: { ...is.provenance, run: null } })
  }
  return sameValue({ ...was, author: null }, { ...is, author: null })
}

/** A proposal as an annotation, with who contributed what. */
function annotationOf(proposal: Proposal, asset: AssetId, author: Author, run: string): Annotation {
  const { key, label, geometry, attributes, text, direction, language, group, order, flags, method, score, contributors } = proposal
  return {
    type: 'annotation', id: consensusId(key), asset, layer, author, label: label.value, geometry, attributes, text: text?.value ?? null,
    ...(text && text.spans.length > 0 ? { spans: text.spans } : {}), direction, language, group: group === null ? null : groupOf(group), order, flags, draft: false,
    provenance: { by: 'consensus', run, method, score, contributors: contributors.map((one) => ({ ...one })) },
  }
}

/** What at least half of those who marked both ends drew, between ends that stand in the layer: `ends` are what stands there for which proposal. */
function relationsOf({ found, work }: Entry, ends: ReadonlyMap<string, AnnotationId>, author: Author): Relation[] {
  return found.relations.flatMap(({ name, posterior, ...keys }): Relation[] => {
    const [from, to] = [ends.get(keys.from), ends.get(keys.to)]
    if (posterior < 0.5 || !from || !to || from === to) return []
    const id = `relation:consensus/${keyOf([name, `from ${keys.from}`, `to ${keys.to}`])}` as RelationId
    return [{ type: 'relation', id, asset: work.asset.id, layer, author, name, from, to }]
  })
}
