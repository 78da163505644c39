import { Scale } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import { evenWeights, type ConsensusSummary, type DisputeRow } from '#shared/contract/consensus.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import { useCommands, useProject, useSession, useSessionState } from '#renderer/frame/context.tsx'
import { goTo, replaceRoute, useRoute } from '#renderer/frame/route.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { SidePane } from '#renderer/ui/Panes.tsx'
import './consensus.css'
import { Adjudication } from './Adjudication.tsx'
import { ApplyBar } from './ApplyBar.tsx'
import { DisputeList } from './DisputeList.tsx'
import { RunButton } from './RunButton.tsx'
import { useRunOptions } from './runOptions.ts'
import { useDisputes, useRun, useStamp, useSummary, type DisputeQuery } from './useConsensus.ts'
import type { ItemName } from './useDecisions.ts'
import { words } from './words.ts'

/** What people differ in, the estimate of what is so, and the person who settles it. */
export function ConsensusView() {
  const project = useProject()
  const stamp = useStamp()
  if (project === null) return <EmptyState icon={<Scale />} title={words.noProject} actions={<Button tone="primary" onClick={() => goTo('projects')}>{words.projects}</Button>}>{words.noProjectHint}</EmptyState>
  return <Estimates key={project.path} project={project} stamp={stamp} />
}

function Estimates({ project, stamp }: { readonly project: ProjectState; readonly stamp: number }) {
  const summary = useSummary(stamp)
  const running = useSessionState((state) => state.jobs.some((job) => job.kind === 'consensus' && job.state === 'running'))
  const run = useRun()
  const [options, setOptions] = useRunOptions(project.project.id)
  const estimate = () => run(options)
  useCommands([{ id: 'consensus.run', name: words.estimate, group: words.group, keys: ['Shift+E'], run: estimate }])
  const button = (name: string, tone: 'primary' | 'normal' = 'normal') => <RunButton name={name} tone={tone} running={running} options={options} summary={summary ?? null} onOptions={setOptions} onRun={estimate} />
  if (summary === undefined) return <div className="consensus__loading"><SkeletonRows label={words.loading} /></div>
  if (summary === null) return <EmptyState icon={<Scale />} title={words.never.title} actions={button(words.never.action, 'primary')}>{words.never.text}</EmptyState>
  if (summary.people.length < 2) return <EmptyState icon={<Scale />} title={words.alone.title} actions={button(words.again)}>{words.alone.text}</EmptyState>
  return <Room project={project} summary={summary} stamp={stamp} run={button(words.again)} />
}

interface RoomProps { readonly project: ProjectState; readonly summary: ConsensusSummary; readonly stamp: number; readonly run: ReactNode }

interface Current { readonly row: DisputeRow; readonly index: number; readonly since: number }
/** An item that the address names and that has no dispute to show: why. */
interface Missing { readonly asset: AssetId; readonly why: string }

function Room({ project, summary, stamp, run }: RoomProps) {
  const session = useSession()
  const [query, setQuery] = useState<DisputeQuery>({ weights: evenWeights, kind: null, decided: false })
  const [current, setCurrent] = useState<Current | null>(null)
  const disputes = useDisputes(query, stamp, current?.index ?? 0)
  const [trail, setTrail] = useState<readonly ItemName[]>([])
  const { asset: routed } = useRoute()
  const labels = useMemo(() => new Map<LabelId, ProjectState['labels'][number]>(project.labels.map((label) => [label.id, label])), [project.labels])
  /** The item that this view wrote into the address; another one there was asked for from outside. */
  const written = useRef<AssetId | null>(null)
  const [missing, setMissing] = useState<Missing | null>(null)
  const open = (row: DisputeRow, index: number) => {
    written.current = row.asset
    setMissing(null)
    setCurrent({ row, index, since: Date.now() })
    replaceRoute('consensus', row.asset)
  }
  const first = disputes.row(0)
  const total = disputes.total ?? 0
  /** Brings the item's first dispute in front of the person, or says why there is none. */
  const arrive = async (asset: AssetId) => {
    written.current = asset
    const found = await disputes.find(asset)
    if (found === undefined || written.current !== asset) return
    if (found !== null) return open(found.row, found.index)
    setCurrent(null)
    const why = await session.client.call('consensus.item', { asset, names: false }).then(({ proposals }) => words.notDisputed(proposals.filter(({ decided }) => decided !== null).length, proposals.length, query.kind), messageOf)
    if (written.current === asset) setMissing({ asset, why })
  }
  useEffect(() => {
    if (disputes.total === null) return
    // An item that the address names comes first, and none stands in for it.
    if (routed !== null && routed !== written.current) return void arrive(routed)
    if (current !== null || missing !== null) return
    if (first === null) return total > 0 ? disputes.want(0, 0) : undefined
    open(first, 0)
    // oxlint-disable-next-line react/exhaustive-deps -- when the list has come, and when the address changes
  }, [first, current, routed, disputes.total === null])
  /** A decided dispute leaves the list, and the next one takes its place in it. */
  const step = async (by: number) => {
    const read = await disputes.refresh()
    if (read === null) return
    const { total: count, offset, rows } = read
    if (count === 0) return setCurrent(null)
    const at = rows.findIndex(({ key }) => key === current?.row.key)
    const from = current?.index ?? 0
    const index = at >= 0 ? offset + at + by : Math.min(count - 1, Math.max(0, by > 0 ? from : from - 1))
    const row = rows[index - offset]
    if (row) open(row, index)
  }
  const ask = (next: DisputeQuery) => {
    setQuery(next)
    // Weighing orders the list anew around the dispute in hand, and the next one is what comes first now.
    if (next.weights !== query.weights) return setCurrent((before) => before && { ...before, index: 0 })
    setCurrent(null)
    setMissing(null)
  }
  const undone = (asset: AssetId) => {
    setTrail((before) => before.toSpliced(before.findLastIndex((item) => item.asset === asset), 1))
    if (asset !== current?.row.asset) void arrive(asset)
  }
  return (
    <div className="consensus">
      <SidePane side="start" label={words.panes.list} initial={300} min={240} max={460} storageKey="consensus.list">
        <DisputeList summary={summary} disputes={disputes} query={query} run={run} current={current} labels={labels} thumbnail={({ asset }) => session.client.thumbnailUrl(asset)}
          onQuery={ask} onOpen={open} />
        <ApplyBar summary={summary} readOnly={project.readOnly !== null} />
      </SidePane>
      {current !== null
        ? <Adjudication key={current.row.key} row={current.row} place={words.place(current.index + 1, Math.max(total, current.index + 1))} since={current.since} project={project} labels={labels} summary={summary} stamp={stamp} step={(by) => void step(by)} trail={trail} onDecided={(item) => setTrail((before) => [...before, item])} onUndone={undone} />
        : missing !== null
          ? <EmptyState icon={<Scale />} title={missing.why} actions={<><Button onClick={() => goTo('label', missing.asset)}>{words.lookAtItem}</Button>{first === null ? null : <Button tone="primary" onClick={() => open(first, 0)}>{words.firstDispute}</Button>}</>} />
          : <Nothing waiting={disputes.total === null || total > 0} title={query.decided ? words.noDecided : query.kind === null ? words.noDispute : words.noneOfKind} />}
    </div>
  )
}

const Nothing = ({ waiting, title }: { readonly waiting: boolean; readonly title: string }) =>
  (waiting ? <div className="consensus__loading"><SkeletonRows label={words.loading} /></div> : <EmptyState icon={<Scale />} title={title} />)
