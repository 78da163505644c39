import type { ConsensusSummary } from '#shared/contract/consensus.ts'
import { rankDisputes, remainingWork } from '#shared/consensus/proposals/rank.ts'
import { defaultBars, importanceOf } from '#shared/model/project.ts'
import { DisputeKind } from '#shared/model/verdict.ts'
import { sameValue } from '#shared/model/apply.ts'
import { appliedRuns } from './appliedRuns.ts'
import type { Entry, Result } from './estimates.ts'
import type { Mirror } from './mirror.ts'

/** How the last run stands now. */
export function summaryOf(result: Result, mirror: Mirror): ConsensusSummary {
  const entries = [...result.entries.values()]
  const proposals = entries.flatMap(({ found }) => found.proposals)
  const open = proposals.filter(({ disputes, decided }) => disputes.length > 0 && decided === null)
  const ranked = rankDisputes(entries.map(({ found }) => found), { profiles: result.skills.profiles, labels: importanceOf(mirror.project) })
  const verdicts = entries.flatMap(({ work }) => work.verdicts)
  const left = remainingWork(ranked, verdicts).milliseconds
  const decided = proposals.filter((proposal) => proposal.decided !== null)
  const people = [...new Set(entries.flatMap(({ work }) => work.people))].sort()
  return {
    method: result.request.method, used: result.skills.used, why: result.skills.why, bars: result.options.bars!,
    learnedAt: result.learnedAt, learnedRevision: result.learnedRevision, revision: mirror.revision, changedSince: result.changed.size,
    items: entries.length, people, proposals: proposals.length, settled: proposals.length - open.length - decided.length, disputed: open.length, decided: decided.length,
    asked: ranked.length,
    disputes: Object.fromEntries(DisputeKind.options.map((kind) => [kind, open.filter(({ disputes }) => disputes.some((one) => one.kind === kind)).length])) as Record<DisputeKind, number>,
    minutesLeft: left === null ? null : Math.round(left / 6000) / 10, unclear: decided.filter((proposal) => proposal.decided?.decision === 'unclear').length,
    profiles: [...result.skills.profiles], applied: appliedRuns(mirror.db), notes: notesOf(result, mirror, entries, people.length),
  }
}

/** Items that are named; of more there is a number. */
const mostFailed = 5

function notesOf({ request, options, failed }: Result, { project, items }: Mirror, entries: readonly Entry[], people: number): string[] {
  const notes: string[] = []
  const alone = entries.filter(({ work }) => work.people.length === 1).length
  const waiting = [...items.values()].filter(({ begun, submitted }) => begun.length > 0 && submitted.size === 0).length
  if (entries.length === 0) notes.push(project.visibility === 'blind' ? 'Nobody has submitted anything yet; in a blind project only submitted work counts.' : 'Nobody has labeled anything yet.')
  else if (people === 1) notes.push('One person did everything: there is nobody to agree with, so what they marked is proposed as it is.')
  else if (alone > 0) notes.push(`${alone} of ${entries.length} items were done by one person: what they marked is proposed as it is.`)
  if (project.visibility === 'blind' && waiting > 0) notes.push(`${waiting} items are begun and not submitted; they do not count yet.`)
  if (request.bars === null && !sameValue(project.bars ?? defaultBars, options.bars)) notes.push('The bars of the project were changed after this run. Run it again for them to count.')
  for (const [asset, why] of [...failed].slice(0, mostFailed)) notes.push(`${items.get(asset)?.asset.name ?? asset} could not be estimated and is left out: ${why}.`)
  if (failed.size > mostFailed) notes.push(`${failed.size - mostFailed} more items could not be estimated.`)
  return notes
}

