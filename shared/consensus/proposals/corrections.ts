import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { Correction, DisputeKind } from '#shared/model/verdict.ts'
import { boundaryDistance, similarity } from '#shared/agreement/similarity.ts'
import { distance } from '#shared/text/align.ts'
import { tokensOf } from '#shared/text/tokens.ts'
import { byId, familyOf, personOf } from './item.ts'

/** Below these nothing was put right: 1 − IoU, and seconds. */
const leastShape = 0.02, leastSeconds = 0.02

/**
 * What a decision put right, mark by mark: `members` is what was judged, `answers` what now stands (nothing: "none of these"), `absent` who did the item
 * and had marked nothing there. Sizes: geometry 1 − IoU (or what stands for it), wording the character error rate against the answer, boundary seconds at the
 * farther end, attributes that are numbers their distance; null for what has no size. A person whose one mark the answer divides, or whose several it
 * joins, has one correction `split` a mark and none of geometry. A mark that is like any one of several answers is right.
 */
export function correctionsOf(members: readonly Annotation[], answers: readonly Annotation[], absent: readonly Author[] = []): Correction[] {
  const sorted = members.toSorted(byId)
  if (answers.length === 0) return sorted.map((mark) => correction(mark, 'existence', null))
  const right = (mark: Annotation) => answers.some((answer) => differences(mark, answer).length === 0)
  const counts = Map.groupBy(sorted, personOf)
  const found = sorted.flatMap((mark): Correction[] => {
    const own = counts.get(personOf(mark))!
    if (right(mark) || answers.some((answer) => answer.id === mark.id)) return []
    const answer = nearest(mark, answers)
    if (!answer) return [correction(mark, 'existence', null)]
    const divided = own.length !== answers.filter((one) => familyOf(one) === familyOf(mark)).length
    const differing = differences(mark, answer)
    return divided ? [correction(mark, 'split', null), ...differing.filter(({ kind }) => kind !== 'geometry' && kind !== 'boundary' && kind !== 'wording')] : differing
  })
  return [...found, ...absent.toSorted().map((author): Correction => ({ annotation: null, author, kind: 'existence', size: null }))]
}

const correction = (mark: Annotation, kind: DisputeKind, size: number | null): Correction => ({ annotation: mark.id, author: personOf(mark), kind, size })

const asMark = ({ id, layer, label, geometry, text }: Annotation) => ({ id, person: layer, label, geometry, text })
/** Tiers are compared apart: the same stretch in another tier is the same thing of another speaker. */
const place = (mark: Annotation, answer: Annotation): number => {
  const other = mark.geometry.kind === 'segment' && answer.geometry.kind === 'segment' ? { ...answer, geometry: { ...answer.geometry, tier: mark.geometry.tier } } : answer
  return similarity(asMark(mark), asMark(other), { boxesAround: true })?.place ?? 0
}

function nearest(mark: Annotation, answers: readonly Annotation[]): Annotation | null {
  const same = answers.filter((answer) => familyOf(answer) === familyOf(mark)).sort(byId)
  return same.reduce<Annotation | null>((best, answer) => (best === null || place(mark, answer) > place(mark, best) ? answer : best), null)
}

function differences(mark: Annotation, answer: Annotation): Correction[] {
  if (familyOf(mark) !== familyOf(answer)) return [correction(mark, 'existence', null)]
  const [a, b] = [mark.geometry, answer.geometry]
  const found: Correction[] = []
  if (mark.label !== answer.label) found.push(correction(mark, 'label', null))
  if (a.kind === 'segment' && b.kind === 'segment') {
    if (a.tier !== b.tier) found.push(correction(mark, 'speaker', null))
    const seconds = boundaryDistance(a, b)
    if (seconds > leastSeconds) found.push(correction(mark, 'boundary', seconds))
  } else if (1 - place(mark, answer) > leastShape) found.push(correction(mark, 'geometry', 1 - place(mark, answer)))
  if ((mark.text ?? '') !== (answer.text ?? '')) found.push(correction(mark, 'wording', characterErrors(mark.text ?? '', answer.text ?? '')))
  return [...found, ...attributeDifferences(mark, answer)]
}

function characterErrors(text: string, answer: string): number {
  const reference = tokensOf(answer, 'char'), given = tokensOf(text, 'char')
  return distance(reference, given) / Math.max(1, reference.length)
}

function attributeDifferences(mark: Annotation, answer: Annotation): Correction[] {
  const ids = [...new Set([...Object.keys(mark.attributes), ...Object.keys(answer.attributes)])].sort()
  return ids.flatMap((id) => {
    const [a, b] = [mark.attributes[id], answer.attributes[id]]
    if (JSON.stringify(a) === JSON.stringify(b)) return []
    return [correction(mark, 'attribute', typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) : null)]
  })
}
