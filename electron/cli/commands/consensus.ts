import type { ApplyAnswer, ConsensusSummary } from '#shared/contract/consensus.ts'
import { AreaMethod, BoxMethod, ConsensusMethod } from '#shared/contract/consensus.ts'
import type { PersonProfile, Proposal } from '#shared/consensus/proposal.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Host } from '#electron/host/host.ts'
import { done, text, UsageError, type Command, type Invocation, type Outcome } from '../command.ts'
import { withProject } from '../host.ts'
import { importanceByName, keepImportance, parseImportance } from '../importance.ts'
import { runJob } from '../runJob.ts'

const page = 500

export const consensus: Command = {
  name: 'consensus',
  usage: `quorum consensus PROJECT [--method ${ConsensusMethod.options.join('|')}] [--areas ${AreaMethod.options.join('|')}] [--boxes ${BoxMethod.options.join('|')}] [--importance LABEL=0…1,…|even] [--apply] [--settled] [--undo RUN] [--as NAME]`,
  summary: 'One proposal from many people’s work, with what is disputed. --apply writes it into the layer consensus as one change, disputed estimates too (--settled: only what is not disputed); --undo takes that back. --importance keeps in the project how much labels matter where disputes are ranked.',
  example: 'quorum consensus street --apply --settled; quorum export street out --format coco --layer consensus   # exit 3: disputes are open',
  options: { method: { type: 'string' }, areas: { type: 'string' }, boxes: { type: 'string' }, importance: { type: 'string' }, apply: { type: 'boolean' }, settled: { type: 'boolean' }, undo: { type: 'string' }, as: { type: 'string' } },
  words: [1, 1],
  run(invocation) {
    const run = text(invocation, 'undo')
    const apply = invocation.flags['apply'] === true
    if (run !== null && (apply || ['method', 'areas', 'boxes', 'importance'].some((flag) => text(invocation, flag) !== null))) throw new UsageError('--undo stands alone: it takes back what an earlier run wrote.')
    if (invocation.flags['settled'] === true && !apply) throw new UsageError('--settled goes with --apply.')
    return run === null ? estimated(invocation, apply) : takenBack(invocation, run)
  },
}

const takenBack = (invocation: Invocation, run: string): Promise<Outcome> =>
  withProject(invocation, 'write', async (host) => {
    const { change } = await host.ask('consensus.undo', { run })
    return done({ undone: run, change }, [`Run ${run} is taken back: the layer consensus is as it was before.`])
  })

/** Exit 3 when there are disputes that nobody has decided. */
function estimated(invocation: Invocation, apply: boolean): Promise<Outcome> {
  const request = {
    method: choice(invocation, 'method', ConsensusMethod.options) ?? 'auto', areas: choice(invocation, 'areas', AreaMethod.options) ?? 'average', boxes: choice(invocation, 'boxes', BoxMethod.options) ?? 'habits',
  }
  const asked = text(invocation, 'importance')
  const importance = asked === null ? null : parseImportance(asked)
  return withProject(invocation, apply || importance !== null ? 'write' : 'read', async (host) => {
    if (importance !== null) await keepImportance(host, importance)
    await runJob(host, invocation, () => host.ask('consensus.run', request))
    const applied = apply ? await host.ask('consensus.apply', { what: invocation.flags['settled'] === true ? 'settled' : 'all' }) : null
    const summary = (await host.ask('consensus.summary', {})).summary!
    const clusters = invocation.flags['json'] === true ? await clustersOf(host) : []
    const { applied: runs, ...counts } = summary
    return done({ ...counts, importance: await importanceByName(host), runs, applied, clusters }, linesOf(summary, applied), summary.asked > 0 ? 3 : 0)
  })
}

function choice<Name extends string>(invocation: Invocation, flag: string, options: readonly Name[]): Name | null {
  const given = text(invocation, flag)
  const found = options.find((option) => option === given)
  if (given !== null && found === undefined) throw new UsageError(`--${flag} ${given}: choose from ${options.join(', ')}.`)
  return found ?? null
}

/** Every proposal as a flat row, with the names that a script knows items and labels by. */
async function clustersOf(host: Host): Promise<object[]> {
  const labels = new Map((await host.ask('projects.state', {})).labels.map(({ id, name }): [string, string] => [id, name]))
  const names = await namesOf(host)
  const rows: object[] = []
  for (let offset = 0, total = 1; offset < total; offset += page) {
    const answer = await host.ask('consensus.found', { names: true, offset, limit: page })
    total = answer.total
    for (const { asset, proposals } of answer.items) for (const proposal of proposals) rows.push(clusterRow(asset, names.get(asset) ?? '', labels, proposal))
  }
  return rows
}

async function namesOf(host: Host): Promise<Map<AssetId, string>> {
  const names = new Map<AssetId, string>()
  for (let offset = 0, total = 1; offset < total; offset += page) {
    const answer = await host.ask('assets.query', { filter: {}, offset, limit: page })
    total = answer.total
    for (const { id, name } of answer.rows) names.set(id, name)
  }
  return names
}

function clusterRow(asset: AssetId, name: string, labels: ReadonlyMap<string, string>, proposal: Proposal): object {
  const { key, members, contributors, absent, existence, label, geometry, fit, spread, attributes, text: words, order, score, method, parameters, disputes, splitWith, decided } = proposal
  return {
    asset, name, key, settled: disputes.length === 0 || (decided !== null && decided.decision !== 'unclear'),
    label: label.value && (labels.get(label.value) ?? label.value), posterior: label.posterior, existence, geometry, fit, spread, attributes,
    text: words?.value ?? null, textConfidence: words?.confidence ?? null, order, score, method, parameters, members, contributors, absent,
    disputes, splitWith, decided,
  }
}

function linesOf(summary: ConsensusSummary, applied: ApplyAnswer | null): string[] {
  const { items, people, proposals, settled, disputed, decided, asked, disputes, used, why, profiles, notes } = summary
  const kinds = Object.entries(disputes).filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`)
  return [
    `${items} items, ${people.length} people, ${proposals} things: ${settled} settled, ${disputed} disputed, ${decided} decided by a person`,
    ...(asked > 0 ? [`to settle: ${asked} disputes (${kinds.join(', ')})`] : []),
    `labels by ${used}: ${why.startsWith(`${used}: `) ? why.slice(used.length + 2) : why}`, ...profiles.map(profileLine), ...notes, ...(applied ? [appliedLine(applied)] : []),
  ]
}

const share = (value: number | null) => (value === null ? '–' : value.toFixed(3))
const profileLine = ({ author, marks, accuracy, recall, precision, words }: PersonProfile) =>
  `${author}: ${marks} marks, labels right ${share(accuracy)}, found ${share(recall)}, real ${share(precision)}${words === null ? '' : `, words ${share(words)}`}`

function appliedLine({ run, change, annotations, added, updated, removed, kept, yielded, undecided, disputed, unlikely }: ApplyAnswer): string {
  const counts: readonly (readonly [number, string])[] = [
    [kept, 'made by a person are left alone'], [yielded, 'not written, because a person edited them or took them away'], [disputed, 'disputed not written'],
    [unlikely, 'more likely nothing not written'],
  ]
  const left = counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []))
  const open = undecided > 0 ? [`Disputed and not decided by anybody: ${undecided} of them; --settled leaves these out.`] : []
  if (change === null) return [run === null ? 'There was nothing to write.' : `The layer consensus is the same already (run ${run}).`, ...open].join(' ')
  return [`Wrote run ${run}: ${annotations} annotations in the layer consensus (${added} new, ${updated} changed, ${removed} gone)${left.length > 0 ? `; ${left.join(', ')}` : ''}.`, ...open, `Take it back with --undo ${run}.`].join(' ')
}
