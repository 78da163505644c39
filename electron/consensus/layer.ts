import type { ApplyAnswer, ApplyRequest } from '#shared/contract/consensus.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import { keyOf } from '#shared/consensus/proposals/key.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import { emptyDiff, isEmpty, type Diff } from '#shared/model/diff.ts'
import { randomToken, type AnnotationId, type AssetId, type GroupId, type RelationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { consensusLayer } from '#electron/storage/workQueries.ts'
import { appliedRuns, changeOf } from './appliedRuns.ts'
import type { Entry, Result } from './estimates.ts'
import type { Mirror } from './mirror.ts'

const layer = 'consensus' as Layer

/** What is less likely there than not is not written. */
export const leastExistence = 0.5

/** The same proposal has the same id on every machine and in every run. */
export const consensusId = (key: string) => `annotation:consensus/${key}` as AnnotationId
export const groupOf = (group: string) => `group:consensus/${group}` as GroupId

export interface Written { readonly diff: Diff; readonly answer: Omit<ApplyAnswer, 'revision'> }

/** One diff that makes the layer what the run found. What a person edited in it stays; what is the same already is not written again. */
export function layerDiff({ entries }: Result, mirror: Mirror, { what }: ApplyRequest, author: Author): Written {
  const run = `consensus-${randomToken()}`
  const all = [...entries.values()].flatMap(({ found, work }) => found.proposals.map((proposal) => ({ proposal, work })))
  const likely = all.filter(({ proposal }) => proposal.existence >= leastExistence)
  const chosen = likely.filter(({ proposal }) => what === 'all' || proposal.disputes.length === 0)
  const wanted = new Map<string, Annotation | Relation>(chosen.map(({ proposal, work }) => [consensusId(proposal.key), annotationOf(proposal, work.asset.id, author, run)]))
  for (const entry of entries.values()) for (const relation of relationsOf(entry, wanted, author)) wanted.set(relation.id, relation)
  const { diff, kept } = differenceOf(mirror, wanted)
  const nothing = isEmpty(diff)
  const count = (records: object) => Object.keys(records).filter((id) => id.startsWith('annotation:')).length
  const standing = nothing ? appliedRuns(mirror.db).find(({ undone }) => !undone)?.run ?? null : null
  return { diff, answer: {
    run: nothing ? standing : run, change: nothing ? null : changeOf(run), annotations: [...wanted.keys()].filter((id) => id.startsWith('annotation:')).length,
    added: count(diff.added), updated: count(diff.updated), kept, removed: count(diff.removed), disputed: likely.length - chosen.length, unlikely: all.length - likely.length,
  } }
}

/** Whether a run may write it anew: what a person has made their own, or what came in with an import, is not a run's. */
const ofRun = (record: Annotation | Relation) => (record.type === 'annotation' ? record.provenance.by === 'consensus' : record.id.startsWith('relation:consensus/'))

function differenceOf({ db }: Mirror, wanted: ReadonlyMap<string, Annotation | Relation>): { diff: Diff; kept: number } {
  const diff = emptyDiff()
  const { annotations, relations } = consensusLayer(db)
  const there = new Map<string, Annotation | Relation>([...annotations, ...relations].map((record) => [record.id, record]))
  let kept = 0
  for (const record of there.values()) {
    if (!ofRun(record)) kept += record.type === 'annotation' ? 1 : 0
    else if (!wanted.has(record.id)) diff.removed[record.id] = record
  }
  for (const record of wanted.values()) {
    const was = there.get(record.id)
    if (!was) diff.added[record.id] = record
    else if (ofRun(was) && !sameButRun(was, record)) diff.updated[record.id] = [was, record]
  }
  return { diff, kept }
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

/** What at least half of those who marked both ends drew, between ends that are written. */
function relationsOf({ found, work }: Entry, written: ReadonlyMap<string, unknown>, author: Author): Relation[] {
  return found.relations.filter(({ posterior, from, to }) => posterior >= 0.5 && written.has(consensusId(from)) && written.has(consensusId(to))).map(({ name, from, to }) => ({
    type: 'relation', id: `relation:consensus/${keyOf([name, `from ${from}`, `to ${to}`])}` as RelationId, asset: work.asset.id, layer, author, name, from: consensusId(from), to: consensusId(to),
  }))
}
