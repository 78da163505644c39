import { AudioLines, SlidersHorizontal } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import type { ConsensusSummary, DisputeRow, RankWeights } from '#shared/contract/consensus.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { DisputeKind } from '#shared/model/verdict.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { Segmented, Slider } from '#renderer/ui/Choice.tsx'
import { GlyphChip, Notice, ProgressBar } from '#renderer/ui/Feedback.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { Popover } from '#renderer/ui/Popover.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import type { DisputeQuery, Disputes } from './useConsensus.ts'
import { words } from './words.ts'

interface Props {
  readonly summary: ConsensusSummary
  readonly disputes: Disputes
  readonly query: DisputeQuery
  readonly current: { readonly row: DisputeRow; readonly index: number } | null
  /** Starts a run. */
  readonly run: ReactNode
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly thumbnail: (row: DisputeRow) => string
  readonly onQuery: (query: DisputeQuery) => void
  readonly onOpen: (row: DisputeRow, index: number) => void
}

const kinds = Object.keys(words.kinds) as DisputeKind[]
const rowHeight = 56

/** What people differ in, what is worth most first. */
export function DisputeList(props: Props) {
  const { summary, disputes, query, run, current, labels, thumbnail, onQuery, onOpen } = props
  const total = disputes.total ?? 0
  // One that was gone to without its page being read is scrolled to, and its page is read then.
  const at = current === null ? null : (disputes.indexOf(current.row.key) ?? (disputes.row(current.index) === null && current.index < total ? current.index : null))
  /** A row that was gone to before its page was there: opened when it is. */
  const [wished, setWished] = useState<number | null>(null)
  const open = (index: number) => {
    const row = disputes.row(index)
    setWished(row === null ? index : null)
    if (row) onOpen(row, index)
  }
  const arrived = wished === null ? null : disputes.row(wished)
  useEffect(() => {
    if (arrived === null || wished === null) return
    setWished(null)
    onOpen(arrived, wished)
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the row has come
  }, [arrived, wished])
  return (
    <div className="disputes">
      <Overview summary={summary} run={run} />
      <div className="disputes__filter">
        <Segmented label={words.disputes} hideLabel value={query.decided ? 'decided' : 'open'} options={[{ value: 'open', label: words.openOnes }, { value: 'decided', label: words.decidedOnes }]} onChange={(which) => onQuery({ ...query, decided: which === 'decided' })} />
        <div className="q-grow"><Select label={words.kind} hideLabel size="small" value={query.kind ?? ''} options={[{ value: '' as DisputeKind | '', label: words.allKinds }, ...kinds.map((kind) => ({ value: kind, label: `${words.kinds[kind]} ${summary.disputes[kind] > 0 ? `· ${summary.disputes[kind].toLocaleString()}` : ''}` }))]} onChange={(kind) => onQuery({ ...query, kind: kind === '' ? null : kind })} /></div>
        <Popover label={words.weigh} align="end" trigger={<IconButton label={words.weigh} size="small"><SlidersHorizontal /></IconButton>}><Weights weights={query.weights} onChange={(weights) => onQuery({ ...query, weights })} /></Popover>
      </div>
      {disputes.total === 0 ? <p className="hintline">{query.decided ? words.noDecided : query.kind === null ? words.noDispute : words.noneOfKind}</p> : null}
      <VirtualList label={words.disputes} count={total} rowHeight={rowHeight} selected={at} onRange={disputes.want}
        rowKey={(index) => disputes.row(index)?.key ?? String(index)} rowLabel={(index) => labelOf(disputes.row(index), labels)}
        onSelect={open}
        renderRow={(index) => <Row row={disputes.row(index)} labels={labels} thumbnail={thumbnail} />} />
    </div>
  )
}

function labelOf(row: DisputeRow | null, labels: Props['labels']): string {
  if (row === null) return words.loading
  return words.row(`${row.label === null ? words.noLabel : (labels.get(row.label)?.name ?? row.label)}: ${row.kinds.map((kind) => words.kinds[kind]).join(', ')}`, row.agreement, lettersOf(row))
}

const lettersOf = ({ who }: DisputeRow) => (who.length === 0 ? words.nobody : who.map(({ letter }) => letter).join(' '))

function Row({ row, labels, thumbnail }: { readonly row: DisputeRow | null; readonly labels: Props['labels']; readonly thumbnail: Props['thumbnail'] }) {
  if (row === null) return <div className="dispute" />
  const label = row.label === null ? undefined : labels.get(row.label)
  return (
    <div className="dispute" title={row.why}>
      {row.media === 'image' ? <img className="dispute__thumb" src={thumbnail(row)} alt="" loading="lazy" /> : <span className="dispute__thumb"><AudioLines aria-hidden="true" /></span>}
      <div className="dispute__text">
        <span className="labelline">{label === undefined ? null : <GlyphChip path={glyphPath(label.glyph)} color={label.color} size={12} />}<b className="q-clip">{label?.name ?? words.noLabel}</b><span className="q-muted q-clip labelline__kinds">{row.kinds.map((kind) => words.kinds[kind]).join(', ')}</span></span>
        <span className="q-muted q-small q-clip">{row.name}</span>
      </div>
      <div className="dispute__side"><span className="q-number">{words.agreement(row.agreement)}</span><span className="q-muted q-small">{lettersOf(row)}</span></div>
    </div>
  )
}

function Overview({ summary, run }: { readonly summary: ConsensusSummary; readonly run: ReactNode }) {
  const { proposals, settled, disputed, asked, decided, minutesLeft, changedSince, notes } = summary
  return (
    <div className="disputes__overview">
      <div className="q-row"><b className="q-grow q-clip q-number">{words.open(asked)}</b>{run}</div>
      <ProgressBar label={words.progress} done={settled + decided} total={proposals} />
      <span className="q-muted q-small q-number q-clip">{[words.things(proposals), words.settled(settled), words.decided(decided)].join(' · ')}</span>
      <span className="q-muted q-small q-number q-clip" title={changedSince > 0 ? words.staleLong(changedSince) : undefined}>{[disputed === 0 ? words.nothingLeft : minutesLeft === null ? words.unmeasured : words.left(minutesLeft), ...(changedSince > 0 ? [words.stale(changedSince)] : [])].join(' · ')}</span>
      {notes.map((note) => <Notice key={note}>{note}</Notice>)}
    </div>
  )
}

function Weights({ weights, onChange }: { readonly weights: RankWeights; readonly onChange: (weights: RankWeights) => void }) {
  return (
    <div className="weights">
      <h2>{words.weigh}</h2>
      {(Object.keys(words.weights) as (keyof RankWeights)[]).map((part) => (
        <div key={part} className="weights__part"><span><span className="q-grow">{words.weights[part]}</span><span className="q-muted q-number">{words.agreement(weights[part])}</span></span><Slider label={words.weights[part]} value={weights[part]} min={0} max={1} step={0.05} text={words.agreement(weights[part])} onChange={(value) => onChange({ ...weights, [part]: value })} /></div>
      ))}
      <p className="q-muted q-small">{words.weighHint}</p>
    </div>
  )
}
