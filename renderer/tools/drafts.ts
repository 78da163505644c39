import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import type { LabelId } from '#shared/model/id.ts'

/** How sure the model is of what it says, 0 … 1; null where it did not say, and for what no model said. */
export function scoreOf({ provenance }: Annotation): number | null {
  const said = provenance.by === 'human' ? provenance.origin : provenance
  return said?.by === 'model' ? said.score : null
}

/** "93 %"; null without a score. */
export function scoreText(annotation: Annotation): string | null {
  const score = scoreOf(annotation)
  return score === null ? null : `${Math.round(score * 100)} %`
}

/** The id of the model that proposed it, also after a person made it theirs; null for people's own. */
export function modelOf({ provenance }: Annotation): string | null {
  const said = provenance.by === 'human' ? provenance.origin : provenance
  return said?.by === 'model' ? said.model : null
}

/** Whether the draft is to be looked at with this least score. What has no score is never left out. */
export const reaches = (draft: Annotation, least: number): boolean => (scoreOf(draft) ?? 1) >= least

/** What a person has put out of sight: whole layers, labels, and for a label each model but the one that is best at it. */
export interface OutOfSight {
  readonly hiddenLayers: readonly string[]
  readonly hiddenLabels: readonly (LabelId | null)[]
  readonly winners: ReadonlyMap<LabelId | null, string> | null
}

/** Whether the annotation is in sight but for its score. Only drafts give way to a better model. */
export const isInSight = (annotation: Annotation, { hiddenLayers, hiddenLabels, winners }: OutOfSight): boolean =>
  !hiddenLayers.includes(annotation.layer) && !hiddenLabels.includes(annotation.label) && (!annotation.draft || (winners?.get(annotation.label) ?? modelOf(annotation)) === modelOf(annotation))

const startOf = ({ geometry }: Annotation) => (geometry.kind === 'segment' ? geometry.start / geometry.rate : -1)
/** The order in which drafts are walked: by time on a sound, else from the lowest to the topmost. */
export const byWalk = (a: Annotation, b: Annotation): number => startOf(a) - startOf(b) || byOrder(a, b)

/** The draft after (`by` 1) or before (−1) the one in hand, or what it became; the first or last with an empty hand. Undefined past the end. */
export function nextDraft(drafts: readonly Annotation[], current: Annotation | null, by: 1 | -1): Annotation | undefined {
  const sorted = drafts.toSorted(byWalk)
  if (current === null) return by > 0 ? sorted[0] : sorted.at(-1)
  const place = (draft: Annotation) => byWalk(draft, current)
  return by > 0 ? sorted.find((draft) => draft.id !== current.id && place(draft) > 0) : sorted.findLast((draft) => draft.id !== current.id && place(draft) < 0)
}

export interface Bin { readonly from: number; readonly to: number; readonly count: number }

/** How many drafts have which score: `bins` equal parts of 0 … 1, the last one with its end. Those without a score are in none. */
export function histogram(drafts: readonly Annotation[], bins = 20): Bin[] {
  const counts = Array.from({ length: bins }, () => 0)
  for (const draft of drafts) {
    const score = scoreOf(draft)
    if (score !== null) counts[Math.min(bins - 1, Math.max(0, Math.floor(score * bins)))]!++
  }
  return counts.map((count, at) => ({ from: at / bins, to: (at + 1) / bins, count }))
}

/** Labels with how many drafts they have and how many of these reach the least score, the most frequent first. */
export function countsByLabel(drafts: readonly Annotation[], least: number): { readonly label: LabelId | null; readonly all: number; readonly above: number }[] {
  const groups = Map.groupBy(drafts, ({ label }) => label)
  return [...groups].map(([label, of]) => ({ label, all: of.length, above: of.filter((draft) => reaches(draft, least)).length })).sort((a, b) => b.all - a.all || (String(a.label) < String(b.label) ? -1 : 1))
}
