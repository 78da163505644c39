import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { DisputeVerdict, Verdict } from '#shared/model/verdict.ts'
import { similarity, type SimilarityOptions } from '#shared/agreement/similarity.ts'
import { familyOf, type ItemInput } from './item.ts'
import type { Placed, Thing } from './layout.ts'

const isAboutDispute = (verdict: Verdict): verdict is DisputeVerdict => verdict.about.kind === 'dispute'

/** The latest verdict about each mark; a dispute that two people decided differently goes by the later one (ties by id). */
export function latestDecisions(verdicts: readonly Verdict[]): DisputeVerdict[] {
  const sorted = verdicts.filter(isAboutDispute).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  const judged = new Set<AnnotationId>()
  const keys = new Set<string>()
  return sorted.filter(({ about }) => {
    const fresh = !keys.has(about.dispute) && !about.members.some((id) => judged.has(id))
    if (fresh) {
      keys.add(about.dispute)
      for (const id of about.members) judged.add(id)
    }
    return fresh
  })
}

/**
 * What people have decided: one thing for each answer that stands (or one without, where the decision is that there is nothing), with the
 * marks it was about. A mark that somebody made later in the same place joins it, so that a run never proposes against a decision.
 */
export function decisionsOf(item: ItemInput, placed: readonly Placed[], finals: readonly Annotation[], gate: number, alike: SimilarityOptions) {
  const decided: Thing[] = []
  const left = new Set(placed)
  const answers = new Map(finals.map((one) => [one.id, one]))
  for (const verdict of latestDecisions(item.verdicts ?? [])) {
    if (verdict.about.decision === 'unclear') continue
    const judged = placed.filter((one) => left.has(one) && verdict.about.members.includes(one.annotation.id))
    const into = verdict.about.into.flatMap((id) => answers.get(id) ?? [])
    if (judged.length === 0 && into.length === 0) continue
    for (const one of into) answers.delete(one.id)
    for (const one of judged) left.delete(one)
    const late = [...left].filter((one) => belongs(one, judged, into, gate, alike))
    for (const one of late) left.delete(one)
    decided.push(...thingsOf(verdict, [...judged, ...late], into, alike))
  }
  return { decided, open: [...left], finals: [...answers.values()] }
}

/** Whether a mark that was not judged is of the thing that was: like the answer, or like a judged mark where there is none. */
function belongs(one: Placed, judged: readonly Placed[], into: readonly Annotation[], gate: number, alike: SimilarityOptions): boolean {
  const others = into.length > 0 ? into.map(asMark) : judged.map(({ mark }) => mark)
  return others.some((other) => familyOf(other) === familyOf(one.mark as Pick<Annotation, 'geometry'>) && (similarity(one.mark, other, alike)?.place ?? 0) >= gate)
}

const asMark = ({ id, label, geometry, text }: Annotation) => ({ id, person: 'final', label, geometry, text })

function thingsOf(verdict: DisputeVerdict, marks: readonly Placed[], into: readonly Annotation[], alike: SimilarityOptions): Thing[] {
  const family = familyOf(into[0] ?? marks[0]!.annotation)
  if (into.length === 0) return [thing(verdict, family, marks, null)]
  const nearest = (one: Placed) => into.map((answer) => similarity(one.mark, asMark(answer), alike)?.place ?? 0).reduce((best, place, at, all) => (place > all[best]! ? at : best), 0)
  return into.map((answer, at) => thing(verdict, family, marks.filter((one) => nearest(one) === at), answer))
}

function thing(verdict: DisputeVerdict, family: Thing['family'], marks: readonly Placed[], final: Annotation | null): Thing {
  const members: Placed[] = [], more: Placed[] = []
  for (const one of marks) (members.some(({ person }) => person === one.person) ? more : members).push(one)
  return { family, members: members.sort((a, b) => (a.person < b.person ? -1 : 1)), more, final, verdict, split: null }
}
