import type { z } from 'zod'
import type { DisputeRow, DisputesAnswer, DisputesRequest, UnclearRow } from '#shared/contract/consensus.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import { rankDisputes, type RankedDispute } from '#shared/consensus/proposals/rank.ts'
import type { Author } from '#shared/model/author.ts'
import { importanceOf } from '#shared/model/project.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'
import type { Entry, Result } from './estimates.ts'
import { heldBack, type Looker } from './heldBack.ts'
import { callingOf, spelled, type Calling } from './letters.ts'
import type { ItemWork, Mirror } from './mirror.ts'

type Asked = z.output<typeof DisputesRequest>
/** A line before it is told how people are called: `place` is where it stands in the queue. */
interface Line { readonly entry: Entry; readonly proposals: readonly Proposal[]; readonly ranked: RankedDispute; readonly verdict: DisputeVerdict | null }

/** The queue of disputes, or what was decided, as far as the person may see it. */
export function disputeRows(result: Result, mirror: Mirror, asked: Asked, me: Looker): DisputesAnswer {
  const entries = [...result.entries.values()]
  const shown = entries.filter(({ work }) => heldBack(work, me, mirror.project) === null)
  const lines = (asked.decided ? decidedLines(shown) : openLines(result, shown, asked, mirror)).filter((line) => passes(line, asked))
  const rows = lines.slice(asked.offset, asked.offset + asked.limit).map((line, at) => rowOf(line, asked.offset + at + 1, asked.names))
  return { total: lines.length, heldBack: entries.length - shown.length, rows }
}

function openLines({ skills, entries }: Result, shown: readonly Entry[], { weights }: Asked, { project }: Mirror): Line[] {
  return rankDisputes(shown.map(({ found }) => found), { weights, profiles: skills.profiles, labels: importanceOf(project) }).map((ranked) => {
    const entry = entries.get(ranked.asset)!
    return { entry, ranked, proposals: partsOf(entry, ranked.key), verdict: null }
  })
}

/** The proposal of a key, and the other parts of its split where that is what is asked. */
export function partsOf({ found: { proposals } }: Pick<Entry, 'found'>, key: string): Proposal[] {
  const first = proposals.find((proposal) => proposal.key === key)
  if (!first) return []
  const split = first.disputes.some(({ kind }) => kind === 'split')
  return [first, ...(split ? proposals.filter((other) => first.splitWith.includes(other.key)) : [])]
}

/** Each decision once, whatever the number of its answers; the newest first. */
function decidedLines(shown: readonly Entry[]): Line[] {
  return shown.flatMap((entry) => entry.work.verdicts.flatMap((verdict): Line[] => {
    const proposals = entry.found.proposals.filter(({ decided }) => decided?.verdict === verdict.id)
    const { dispute: key, disputes: kinds } = verdict.about
    return proposals.length === 0 ? [] : [{ entry, proposals, verdict, ranked: { asset: entry.work.asset.id, key, kinds, gain: 0, parts: { disagreement: 0, doubt: 0, skill: 0, label: 0 } } }]
  })).sort((a, b) => b.verdict!.at - a.verdict!.at)
}

const authorsOf = (proposals: readonly Proposal[]): Author[] => [...new Set(proposals.flatMap(({ contributors }) => contributors.map(({ author }) => author)))]

function passes({ ranked, proposals }: Line, { kinds, people, labels }: Asked): boolean {
  return (kinds === null || ranked.kinds.some((kind) => kinds.includes(kind)))
    && (people === null || authorsOf(proposals).some((author) => people.includes(author)))
    && (labels === null || proposals.some(({ label }) => label.all.some((one) => one.label !== null && labels.includes(one.label))))
}

function rowOf({ entry: { work, found }, proposals, ranked, verdict }: Line, rank: number, names: boolean): DisputeRow {
  const calling = callingOf(work.asset.id, found.people, names)
  const marked = authorsOf(proposals)
  const absent = [...new Set(proposals.flatMap((proposal) => proposal.absent))].filter((author) => !marked.includes(author))
  return {
    asset: work.asset.id, name: work.asset.name, media: work.asset.kind, key: ranked.key, kinds: [...ranked.kinds],
    what: sentencesOf(proposals, verdict, calling), label: proposals[0]!.label.value,
    agreement: Math.min(...proposals.flatMap(({ label, fit, text, disputes }) => [label.posterior, fit, text?.confidence ?? 1, ...disputes.flatMap(({ kind, value }) => (kind === 'boundary' ? [] : [value ?? 1]))])),
    who: calling.among(marked), absent: calling.among(absent), rank, gain: ranked.gain, parts: ranked.parts, why: verdict ? `Decided by ${calling.settler(verdict.author)}: ${verdict.about.decision}.` : whyOf(ranked),
  }
}

const sentencesOf = (proposals: readonly Proposal[], verdict: DisputeVerdict | null, calling: Calling) =>
  [...new Set([...proposals.flatMap(({ disputes }) => disputes.map(({ sentence }) => spelled(sentence, calling))), ...(verdict?.about.note ? [verdict.about.note] : [])])]

const whyOf = ({ parts, gain }: RankedDispute) =>
  `Expected gain ${gain.toFixed(2)}: disagreement ${parts.disagreement.toFixed(2)}, doubt ${parts.doubt.toFixed(2)}, skill of those involved ${parts.skill.toFixed(2)}, weight of the label ${parts.label.toFixed(2)}.`

/** Where the guideline was said to be unclear, the newest first; a dispute that was decided since is left out. */
export function unclearRows({ items, project }: Mirror, me: Looker): UnclearRow[] {
  return [...items.values()].flatMap((work) => (heldBack(work, me, project) === null ? unclearOf(work) : [])).sort((a, b) => b.at - a.at)
}

function unclearOf({ asset, verdicts, annotations }: ItemWork): UnclearRow[] {
  const newest = [...Map.groupBy(verdicts, ({ about }) => about.dispute).values()].map((all) => all.at(-1)!)
  return newest.filter(({ about }) => about.decision === 'unclear').map(({ about, author, at }) => ({
    asset: asset.id, name: asset.name, key: about.dispute, note: about.note, author, at, kinds: about.disputes,
    labels: [...new Set(annotations.flatMap(({ id, label }) => (label !== null && about.members.includes(id) ? [label] : [])))],
  }))
}
