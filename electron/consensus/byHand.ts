import type { Proposal } from '#shared/consensus/proposal.ts'
import { familyOf } from '#shared/consensus/proposals/item.ts'
import { similarity } from '#shared/agreement/similarity.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Db } from '#electron/storage/database.ts'
import { changesBesideRuns, consensusLayer } from '#electron/storage/workQueries.ts'
import { runDiffs } from './appliedRuns.ts'

type Written = Annotation | Relation

/** What people made of the layer `consensus`: no run writes over it, nor beside it. */
export interface ByHand {
  /** Everything that stands in the layer. */
  readonly there: ReadonlyMap<string, Written>
  /** Of it what is a person's: drawn, brought in, or changed since a run wrote it. */
  readonly own: ReadonlySet<string>
  /** What a run wrote and a person took away, as it was. */
  readonly taken: ReadonlyMap<string, Written>
}

/** Reads the layer, and from the log who made of it what it is. */
export function byHand(db: Db): ByHand {
  const { annotations, relations } = consensusLayer(db)
  const there = new Map<string, Written>([...annotations, ...relations].map((record) => [record.id, record]))
  const own = new Set<string>([
    ...annotations.filter(({ provenance }) => provenance.by !== 'consensus').map(({ id }) => id), ...relations.map(({ id }) => id).filter((id) => !named.test(id)),
  ])
  const taken = new Map<string, Written>()
  for (const [id, left] of leftByRuns(db)) {
    const now = there.get(id)
    if (!now && left) taken.set(id, left)
    else if (now && !(left && sameValue(now, left))) own.add(id)
  }
  return { there, own, taken }
}

const named = /^(?:annotation|relation):consensus\//u

/** What runs left of the records that people touched too; null: nothing. Most projects have none, and then no run is read again. */
function leftByRuns(db: Db): Map<string, Written | null> {
  const touched = new Set(changesBesideRuns(db).flatMap(({ added, updated, removed }) => [...Object.keys(added), ...Object.keys(updated), ...Object.keys(removed)]).filter((id) => named.test(id)))
  const left = new Map<string, Written | null>([...touched].map((id) => [id, null]))
  if (touched.size > 0) for (const diff of runDiffs(db)) follow(left, diff)
  return left
}

function follow(left: Map<string, Written | null>, { added, updated, removed }: Diff): void {
  for (const id of left.keys()) {
    if (id in removed) left.set(id, null)
    const written = added[id] ?? updated[id]?.[1]
    if (written?.type === 'annotation' || written?.type === 'relation') left.set(id, written)
  }
}

/** A proposal that a person has spoken about in the layer: `id` is what stands there for it, null where they took it away. */
export interface Spoken { readonly id: AnnotationId | null }

/**
 * Finds for a proposal the annotation by which a person has said already what is there: one that rests on a mark of the proposal (a mark that came or
 * went gives the proposal another key, and not another thing); where nothing is left of what it rests on, one in the same place (alike from `gate` on).
 */
export function spokenFor({ there, own, taken }: ByHand, gate: number, marks: ReadonlySet<string>): (proposal: Proposal, asset: AssetId) => Spoken | null {
  const rests = new Map<string, Spoken>()
  const places = new Map<AssetId, { readonly annotation: Annotation; readonly spoken: Spoken }[]>()
  const note = (record: Written | undefined, spoken: Spoken) => {
    if (record?.type !== 'annotation') return
    const basis = basisOf(record).filter((id) => marks.has(id))
    for (const id of basis) rests.set(id, spoken)
    if (basis.length === 0) places.set(record.asset, [...(places.get(record.asset) ?? []), { annotation: record, spoken }])
  }
  // What stands counts before what is gone.
  for (const record of taken.values()) note(record, { id: null })
  for (const id of own) note(there.get(id), { id: id as AnnotationId })
  return (proposal, asset) => {
    const mark = proposal.members.find((id) => rests.has(id))
    if (mark !== undefined) return rests.get(mark)!
    return places.get(asset)?.findLast(({ annotation }) => inPlace(annotation, proposal, gate))?.spoken ?? null
  }
}

/** The marks that a run made an annotation of. */
function basisOf({ provenance }: Annotation): AnnotationId[] {
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  return origin?.by === 'consensus' ? origin.contributors.map(({ annotation }) => annotation) : []
}

const compared = ({ label, geometry, text }: Pick<Annotation, 'label' | 'geometry' | 'text'>) => ({ id: '', person: '', label, geometry, text })

const inPlace = (annotation: Annotation, { geometry, label, text }: Proposal, gate: number): boolean =>
  familyOf(annotation) === familyOf({ geometry })
  && (similarity(compared(annotation), compared({ geometry, label: label.value, text: text?.value ?? null }), { boxesAround: true })?.place ?? 0) >= gate
