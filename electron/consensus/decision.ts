import type { z } from 'zod'
import type { DecideRequest, FinalContent } from '#shared/contract/consensus.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ItemProposals, Proposal } from '#shared/consensus/proposal.ts'
import { correctionsOf } from '#shared/consensus/proposals/corrections.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import { emptyDiff, type Diff } from '#shared/model/diff.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Provenance } from '#shared/model/provenance.ts'
import { disputeVerdictId, type DisputeKind, type DisputeVerdict } from '#shared/model/verdict.ts'
import { partsOf } from './disputeRows.ts'
import { inputOf, type Entry, type Result } from './estimates.ts'
import { groupOf, leastExistence } from './layer.ts'
import { isCalled } from './letters.ts'
import type { ItemWork } from './mirror.ts'

type Asked = z.output<typeof DecideRequest>
type Decision = Asked['decision']

/** What is decided about: the proposals and the marks in them, and what was decided before. */
interface Case {
  readonly key: string
  readonly work: ItemWork
  readonly proposals: readonly Proposal[]
  readonly members: readonly Annotation[]
  readonly absent: readonly Author[]
  readonly kinds: readonly DisputeKind[]
  /** Verdicts about it that are out of date with this one, the newest last, and the answers that they or somebody's own drawing left. */
  readonly earlier: readonly DisputeVerdict[]
  readonly standing: readonly Annotation[]
}

/** The change that a decision is: the answers in the layer `final` in place of what stood there, and the verdict. */
export function decisionDiff(result: Result, entry: Entry, asked: Asked, me: Author, now: number): { diff: Diff; verdict: DisputeVerdict } {
  if (asked.decision.kind === 'unclear' && asked.note.trim() === '') throw new QuorumError('invalid-input', 'Say in the note what the guideline leaves open.')
  const about = caseOf(entry, asked.key)
  const answers = answersOf(result, about, asked.decision, me)
  const taken = asked.decision.kind === 'take' ? takenOf(about, asked.decision.annotations).map(({ id }) => id) : []
  const verdict: DisputeVerdict = {
    type: 'verdict', id: disputeVerdictId(about.key, me), asset: entry.work.asset.id, author: me,
    // A clock that was set back must not make an older decision the newest.
    at: Math.max(now, ...about.earlier.map(({ at }) => at + 1)), durationMs: asked.durationMs,
    about: {
      kind: 'dispute', dispute: about.key, disputes: [...about.kinds], decision: asked.decision.kind === 'take' ? (taken.length > 1 ? 'several' : 'take') : asked.decision.kind,
      members: about.members.map(({ id }) => id), taken, into: answers.map(({ id }) => id), blind: asked.blind, note: asked.note,
      corrections: asked.decision.kind === 'unclear' ? [] : correctionsOf(about.members, answers, answers.length > 0 ? about.absent : []),
    },
  }
  return { diff: replacing(about, answers, verdict), verdict }
}

function caseOf(entry: Entry, key: string): Case {
  const { work, found } = entry
  const parts = partsOf(entry, key)
  if (parts.length === 0) throw new QuorumError('not-found', `${work.asset.name}: that dispute is not there any more, because marks of it changed. Look at the item again.`)
  // Several answers of one decision are decided anew together.
  const verdicts = new Set(parts.flatMap(({ decided }) => decided?.verdict ?? []))
  const proposals = [...parts, ...found.proposals.filter((one) => !parts.includes(one) && one.decided?.verdict && verdicts.has(one.decided.verdict))]
  const ids = new Set(proposals.flatMap(({ members }) => members))
  const earlier = work.verdicts.filter(({ id, about }) => verdicts.has(id) || about.dispute === key || about.members.some((member) => ids.has(member)))
  const left = new Set<string>([...earlier.flatMap(({ about }) => about.into), ...proposals.flatMap(({ decided }) => decided?.answer ?? [])])
  const last = earlier.at(-1)
  return {
    key: last && verdicts.has(last.id) ? last.about.dispute : key, work, proposals, earlier,
    members: work.annotations.filter(({ id }) => ids.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    absent: [...new Set(proposals.flatMap(({ absent }) => absent))].filter((author) => !proposals.some(({ contributors }) => contributors.some((one) => one.author === author))),
    kinds: [...new Set([...proposals.flatMap(({ disputes }) => disputes.map(({ kind }) => kind)), ...(last?.about.disputes ?? [])])],
    standing: work.final.filter(({ id }) => left.has(id)),
  }
}

function answersOf(result: Result, about: Case, decision: Decision, me: Author): Annotation[] {
  switch (decision.kind) {
    case 'none': case 'unclear': return []
    case 'take': return takenOf(about, decision.annotations).map((member, at) => {
      const origin = member.provenance.by === 'human' ? member.provenance.origin : member.provenance
      return final(about, at, member, baseOf(about, [member.id]), { by: 'human', origin }, me)
    })
    case 'estimate': return likely(estimatesFor(result, about)).map((proposal, at) => final(about, at, contentOf(proposal), proposal, human(result, proposal), me))
    case 'edited': {
      const base = baseOf(about, about.members.map(({ id }) => id))
      // Several answers stand in the order in which the person has them, between the base's neighbours.
      return decision.into.map((content, at) => final(about, at, edited(contentOf(base), content), { ...base, order: base.order + at / decision.into.length }, human(result, base), me))
    }
  }
}

/** The marks that are meant, each once; they may be called as they are while names are covered. */
function takenOf({ members }: Case, asked: readonly AnnotationId[]): Annotation[] {
  const found = asked.map((id) => {
    const member = members.find((one) => isCalled(id, one.id))
    if (!member) throw new QuorumError('invalid-input', `${id} is not one of the marks of this dispute.`)
    return member
  })
  return [...new Set(found)]
}

/** What is there more likely than not: an estimate that says "nothing" is accepted as nothing. */
function likely(proposals: readonly Proposal[]): readonly Proposal[] {
  if (proposals.length === 0) throw new QuorumError('invalid-input', 'There is no estimate to accept: nobody marked this. Take, edit or reject what stands there.')
  return proposals.filter(({ existence }) => existence >= leastExistence)
}

/** What the run proposes where nobody had decided: a decided proposal repeats the decision. */
function estimatesFor(result: Result, { work, proposals, members, earlier, standing }: Case): readonly Proposal[] {
  if (proposals.every(({ decided }) => decided === null)) return proposals
  const undecided = { ...work, verdicts: work.verdicts.filter((verdict) => !earlier.includes(verdict)), final: work.final.filter((one) => !standing.includes(one)) }
  const anew: ItemProposals = result.estimate(inputOf(undecided, result.tiers))
  return anew.proposals.filter((proposal) => proposal.members.some((id) => members.some((member) => member.id === id)))
}

/** The proposal that most of these marks belong to: where an answer stands in the order, and in which group. */
function baseOf({ proposals }: Case, ids: readonly AnnotationId[]): Proposal {
  const shared = ({ members }: Proposal) => members.filter((id) => ids.includes(id)).length
  return proposals.reduce((best, proposal) => (shared(proposal) > shared(best) ? proposal : best))
}

type Content = Pick<Annotation, 'label' | 'geometry' | 'attributes' | 'text' | 'spans' | 'direction' | 'language' | 'flags'>

function contentOf({ label, geometry, attributes, text, direction, language, flags }: Proposal): Content {
  return { label: label.value, geometry, attributes, text: text?.value ?? null, direction, language, flags, ...(text && text.spans.length > 0 ? { spans: text.spans } : {}) }
}

/** What the person did not say is the estimate's; a new text does not keep the marks of another. */
function edited(estimate: Content, { label, geometry, attributes, text, spans, direction, language, flags }: FinalContent): Content {
  const kept = spans ?? (text === undefined ? estimate.spans : undefined)
  return {
    label, geometry, attributes: attributes ?? estimate.attributes, text: text === undefined ? estimate.text : text, ...(kept ? { spans: kept } : {}),
    direction: direction ?? estimate.direction, language: language === undefined ? estimate.language : language, flags: flags ?? estimate.flags,
  }
}

const human = ({ id: run }: Result, { method, score, contributors }: Proposal): Provenance =>
  ({ by: 'human', origin: { by: 'consensus', run, method, score, contributors: contributors.map((one) => ({ ...one })) } })

/** The answers of one dispute have the same ids whoever decides it: the later decision stands, also where two decided apart from each other. */
function final({ key, work }: Case, at: number, content: Content, { order, group }: Proposal, provenance: Provenance, me: Author): Annotation {
  const { label, geometry, attributes, text, spans, direction, language, flags } = content
  return {
    type: 'annotation', id: `annotation:final/${key}/${at}` as AnnotationId, asset: work.asset.id, layer: 'final' as Layer, author: me, label, geometry, attributes, text,
    ...(spans ? { spans } : {}), direction, language, group: group === null ? null : groupOf(group), order, flags, draft: false, provenance,
  }
}

function replacing({ work, standing, earlier }: Case, answers: readonly Annotation[], verdict: DisputeVerdict): Diff {
  const diff = emptyDiff()
  const put = <Own extends Annotation | DisputeVerdict>(was: Own | undefined, is: Own) => {
    if (!was) diff.added[is.id] = is
    else if (!sameValue(was, is)) diff.updated[is.id] = [was, is]
  }
  for (const answer of answers) put(work.final.find(({ id }) => id === answer.id), answer)
  for (const was of standing) if (!answers.some(({ id }) => id === was.id)) diff.removed[was.id] = was
  put(earlier.find(({ id }) => id === verdict.id), verdict)
  return diff
}
