import { Scale } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import { evenWeights, type ConsensusSummary, type DisputeRow } from '#shared/contract/consensus.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import { useCommands, useProject, useSession, useSessionState } from '#renderer/frame/context.tsx'
import { goTo, replaceRoute, useRoute } from '#renderer/frame/route.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { SidePane } from '#renderer/ui/Panes.tsx'
import './consensus.css'
import { Adjudication, type ItemName } from './Adjudication.tsx'
import { DisputeList } from './DisputeList.tsx'
import { ApplyBar } from './ApplyBar.tsx'
import { useDisputes, useRun, useStamp, useSummary, type DisputeQuery } from './useConsensus.ts'
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
  const estimate = () => run('auto')
  useCommands([{ id: 'consensus.run', name: words.estimate, group: words.group, keys: ['Shift+E'], run: estimate }])
  if (summary === undefined) return <div className="consensus__loading"><SkeletonRows label={words.loading} /></div>
  if (summary === null) return <EmptyState icon={<Scale />} title={words.never.title} actions={<Button tone="primary" disabled={running} onClick={estimate}>{running ? words.estimating : words.never.action}</Button>}>{words.never.text}</EmptyState>
  if (summary.people.length < 2) return <EmptyState icon={<Scale />} title={words.alone.title} actions={<Button disabled={running} onClick={estimate}>{words.again}</Button>}>{words.alone.text}</EmptyState>
  return <Room project={project} summary={summary} stamp={stamp} running={running} onRun={estimate} />
}

interface RoomProps { readonly project: ProjectState; readonly summary: ConsensusSummary; readonly stamp: number; readonly running: boolean; readonly onRun: () => void }

interface Current { readonly row: DisputeRow; readonly index: number; readonly since: number }

function Room({ project, summary, stamp, running, onRun }: RoomProps) {
  const session = useSession()
  const [query, setQuery] = useState<DisputeQuery>({ weights: evenWeights, kind: null, decided: false })
  const [current, setCurrent] = useState<Current | null>(null)
  const disputes = useDisputes(query, stamp, current?.index ?? 0)
  const [lastDecided, setLastDecided] = useState<ItemName | null>(null)
  const { asset: routed } = useRoute()
  const labels = useMemo(() => new Map<LabelId, ProjectState['labels'][number]>(project.labels.map((label) => [label.id, label])), [project.labels])
  /** The item that this view wrote into the address; another one there was asked for from outside. */
  const written = useRef<AssetId | null>(null)
  const [missing, setMissing] = useState<AssetId | null>(null)
  const open = (row: DisputeRow, index: number) => {
    written.current = row.asset
    setMissing(null)
    setCurrent({ row, index, since: Date.now() })
    replaceRoute('consensus', row.asset)
  }
  const first = disputes.row(0)
  const total = disputes.total ?? 0
  useEffect(() => {
    // The first dispute is in hand at once; one that the address names comes first, and none stands in for it.
    if (current !== null) return
    if (first === null) return total > 0 ? disputes.want(0, 0) : undefined
    for (let index = 0; index < total; index++) {
      const row = disputes.row(index)
      if (row !== null && row.asset === routed) return open(row, index)
    }
    if (routed === null || routed === written.current) open(first, 0)
    else setMissing(routed)
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the list has come
  }, [first, current])
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
  return (
    <div className="consensus">
      <SidePane side="start" label={words.panes.list} initial={300} min={240} max={460} storageKey="consensus.list">
        <DisputeList summary={summary} disputes={disputes} query={query} running={running} current={current?.row.key ?? null} labels={labels} thumbnail={({ asset }) => session.client.thumbnailUrl(asset)}
          onQuery={(next) => { setQuery(next); setCurrent(null) }} onOpen={open} onRun={onRun} />
        <ApplyBar summary={summary} readOnly={project.readOnly !== null} />
      </SidePane>
      {current === null
        ? <Nothing waiting={disputes.total === null || (total > 0 && missing === null)} title={missing !== null ? words.notDisputed : query.decided ? words.noDecided : words.noDispute} />
        : <Adjudication key={current.row.key} row={current.row} since={current.since} project={project} labels={labels} summary={summary} stamp={stamp} step={(by) => void step(by)} lastDecided={lastDecided} onDecided={setLastDecided} />}
    </div>
  )
}

const Nothing = ({ waiting, title }: { readonly waiting: boolean; readonly title: string }) =>
  (waiting ? <div className="consensus__loading"><SkeletonRows label={words.loading} /></div> : <EmptyState icon={<Scale />} title={title} />)
