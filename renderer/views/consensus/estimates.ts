import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import type { FinalContent } from '#shared/contract/consensus.ts'

/** A proposal as an annotation: to be drawn, and to begin editing with. */
export function annotationOf(proposal: Proposal, asset: AssetId): Annotation {
  return {
    type: 'annotation', id: `annotation:estimate/${proposal.key}` as AnnotationId, asset, layer: 'final' as Layer, author: 'consensus' as Author,
    label: proposal.label.value, geometry: proposal.geometry, attributes: proposal.attributes, text: proposal.text?.value ?? null, spans: proposal.text?.spans ?? [],
    direction: proposal.direction, language: proposal.language, group: null, order: proposal.order, flags: proposal.flags, draft: false,
    provenance: { by: 'consensus', run: '', method: proposal.method, score: proposal.score, contributors: proposal.contributors },
  }
}

/** What of an edited annotation is the decision. A text that was changed has lost the marks of its unclear parts. */
export function contentOf({ label, geometry, attributes, text, spans, flags, language, direction }: Annotation, before: Annotation | undefined): FinalContent {
  return { label, geometry, attributes, text, ...(text === before?.text && spans ? { spans } : { spans: [] }), flags, language, direction }
}
