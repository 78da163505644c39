import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'
import type { Origin } from '#shared/model/provenance.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { disputeVerdictId, type Correction, type DisputeVerdict } from '#shared/model/verdict.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import type { Case, Variant } from './variants.ts'

/** What the adjudicator says of a case. */
export type Decision =
  | { readonly kind: 'take'; readonly variant: Variant }
  | { readonly kind: 'several'; readonly variants: readonly Variant[] }
  | { readonly kind: 'estimate' }
  | { readonly kind: 'edited'; readonly annotations: readonly Annotation[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unclear'; readonly note: string }

export interface Judgement {
  readonly asset: AssetId
  readonly of: Case
  readonly decision: Decision
  readonly me: Author
  /** Milliseconds since 1970, and from when the case was in front of the person. */
  readonly at: number
  readonly durationMs: number
  /** Judged before the names were shown. */
  readonly blind: boolean
  /** The item's records as they stand: an earlier decision is replaced. */
  readonly records: ReadonlyMap<string, AnyRecord>
  readonly corrections: (into: readonly Annotation[]) => readonly Correction[]
}

const final = 'final' as Layer

/** The one diff of a decision: the verdict, and in the layer `final` what now stands. Nobody's own layer is touched. */
export function decisionDiff(judgement: Judgement): Diff {
  const { asset, of, decision, me, at, durationMs, blind, records } = judgement
  const into = decidedAnnotations(judgement)
  const earlier = records.get(disputeVerdictId(of.key, me))
  const verdict: DisputeVerdict = {
    type: 'verdict', id: disputeVerdictId(of.key, me), asset, author: me, at, durationMs: Math.max(0, Math.round(durationMs)),
    about: {
      kind: 'dispute', dispute: of.key, disputes: [...new Set(of.proposals.flatMap(({ disputes }) => disputes.map(({ kind }) => kind)))], decision: decision.kind,
      members: of.proposals.flatMap(({ members }) => members), taken: takenOf(decision).map(({ id }) => id), into: into.map(({ id }) => id), blind,
      note: decision.kind === 'unclear' ? decision.note : '', corrections: [...judgement.corrections(into)],
    },
  }
  const diff: Diff = { added: {}, updated: {}, removed: {} }
  const put = (record: AnyRecord) => {
    const was = records.get(record.id)
    if (was) diff.updated[record.id] = [was, record]
    else diff.added[record.id] = record
  }
  put(verdict)
  for (const annotation of into) put(annotation)
  for (const id of earlierInto(earlier)) {
    const was = records.get(id)
    if (was && !into.some((annotation) => annotation.id === id)) diff.removed[id] = was
  }
  return diff
}

const earlierInto = (record: AnyRecord | undefined): readonly AnnotationId[] => (record?.type === 'verdict' && record.about.kind === 'dispute' ? record.about.into : [])

function takenOf(decision: Decision): readonly Annotation[] {
  if (decision.kind === 'take') return decision.variant.annotations
  return decision.kind === 'several' ? decision.variants.flatMap(({ annotations }) => annotations) : []
}

function decidedAnnotations(judgement: Judgement): Annotation[] {
  const { of, decision } = judgement
  const make = (parts: Annotation, index: number, origin: Origin): Annotation => ({
    ...parts, id: `annotation:final/${of.key}/${index}` as AnnotationId, layer: final, author: judgement.me, group: null, draft: false, provenance: { by: 'human', origin },
  })
  if (decision.kind === 'estimate') return of.proposals.map((proposal, index) => make(annotationOf(proposal, judgement.asset, judgement.me), index, originOf(proposal.method, proposal.score, proposal.contributors)))
  if (decision.kind === 'edited') return decision.annotations.map((annotation, index) => make(annotation, index, originOf('edited', null, [])))
  return takenOf(decision).map((annotation, index) => make(annotation, index, originOf('taken', null, [{ annotation: annotation.id, author: annotation.author, weight: 1 }])))
}

const originOf = (method: string, score: number | null, contributors: Proposal['contributors']): Origin => ({ by: 'consensus', run: 'adjudication', method, score, contributors })

/** A proposal as an annotation: what accepting the estimate writes, and what editing begins with. */
export function annotationOf(proposal: Proposal, asset: AssetId, me: Author): Annotation {
  return {
    type: 'annotation', id: `annotation:estimate/${proposal.key}` as AnnotationId, asset, layer: final, author: me, label: proposal.label.value, geometry: proposal.geometry,
    attributes: proposal.attributes, text: proposal.text?.value ?? null, direction: 'auto', language: null, group: null, order: proposal.order, flags: [], draft: false,
    provenance: { by: 'human', origin: originOf(proposal.method, proposal.score, proposal.contributors) },
  }
}
