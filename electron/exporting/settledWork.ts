import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Layer } from '#shared/model/author.ts'
import type { DisputeVerdict, Verdict } from '#shared/model/verdict.ts'

/**
 * What leaves as a layer. `final` holds what people decided about disputes, and they decide nothing that was not disputed: it leaves together with what
 * the consensus layer holds of everything else. Any other layer leaves as it is.
 */
export function annotationsOf(annotations: readonly Annotation[], layer: Layer | null, verdicts: readonly Verdict[]): Annotation[] {
  const own = annotations.filter((annotation) => annotation.layer === layer)
  if (layer !== 'final') return own
  const judged = new Set<string>(standing(verdicts).flatMap(({ about }) => about.members))
  const finals = Map.groupBy(own, ({ asset }) => asset)
  const decided = ({ provenance, asset, geometry, label }: Annotation) => {
    const origin = provenance.by === 'human' ? provenance.origin : provenance
    return (origin?.by === 'consensus' && origin.contributors.some(({ annotation }) => judged.has(annotation)))
      || (finals.get(asset) ?? []).some((answer) => answer.label === label && sameValue(answer.geometry, geometry))
  }
  return [...own, ...annotations.filter((annotation) => annotation.layer === 'consensus' && !decided(annotation))]
}

/** Whether what lies in `own` can leave as `layer`. */
export const leavesWith = (layer: Layer | null, own: Layer): boolean => own === layer || (layer === 'final' && own === 'consensus')

/** The newest verdict of each dispute; one that says that the guideline is unclear decides nothing. */
function standing(verdicts: readonly Verdict[]): DisputeVerdict[] {
  const disputes = verdicts.filter((verdict): verdict is DisputeVerdict => verdict.about.kind === 'dispute').toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const newest = new Map(disputes.map((verdict) => [verdict.about.dispute, verdict]))
  return [...newest.values()].filter(({ about }) => about.decision !== 'unclear')
}
