import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import type { ConsensusSummary, DecideRequest, DisputeRow } from '#shared/contract/consensus.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { StatusBarContent, useCommands, useSession } from '#renderer/frame/context.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { SidePane } from '#renderer/ui/Panes.tsx'
import { Cards } from './Cards.tsx'
import { EditPanel } from './EditPanel.tsx'
import { annotationOf, contentOf } from './estimates.ts'
import { ImageStage, type ImageStageHandle } from './ImageStage.tsx'
import { boundsOfCase, present, withAir } from './shapes.ts'
import { SoundStage, type SoundStageHandle } from './SoundStage.tsx'
import { undoDecision } from './undoDecision.ts'
import { UnclearForm } from './UnclearForm.tsx'
import { useConsensusItem } from './useConsensus.ts'
import { useAsset } from './useAsset.ts'
import { caseWith, type Variant } from './variants.ts'
import { Why } from './Why.tsx'
import { words } from './words.ts'

export type ItemName = Pick<DisputeRow, 'asset' | 'name'>

interface Props {
  readonly row: DisputeRow
  /** When it came in front of the person: milliseconds since 1970. */
  readonly since: number
  readonly project: ProjectState
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly summary: ConsensusSummary
  readonly stamp: number
  readonly step: (by: number) => void
  /** The item that I decided about last, wherever that was; undo goes there where this item has no decision of mine. */
  readonly lastDecided: ItemName | null
  readonly onDecided: (item: ItemName | null) => void
}

type Decision = DecideRequest['decision']

/** One dispute in hand. It is judged blind first; then it shows who said what. */
export function Adjudication({ row, since, project, labels, summary, stamp, step, lastDecided, onDecided }: Props) {
  const session = useSession()
  const [names, setNames] = useState(false)
  const [seen, setSeen] = useState(false)
  const [alone, setAlone] = useState<string | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [heat, setHeat] = useState(true)
  const [why, setWhy] = useState(() => localStorage.getItem('consensus.why') === 'yes')
  const [edited, setEdited] = useState<readonly Annotation[] | null>(null)
  const [noting, setNoting] = useState(false)
  const [hint, setHint] = useState('')
  const [saving, setSaving] = useState(false)
  const [judged, setJudged] = useState<ReadonlySet<string>>(nothing)
  const stage = useRef<ImageStageHandle>(null)
  const sound = useRef<SoundStageHandle>(null)
  const { item, failure } = useConsensusItem(row.asset, names, stamp)
  const media = useAsset(row.asset)
  const of = useMemo(() => (item === null ? null : caseWith(item, row.key, judged)), [item, row.key, judged])
  const estimates = useMemo(() => (of === null ? [] : of.proposals.map((proposal) => annotationOf(proposal, row.asset))), [of, row.asset])
  const crop = useMemo(() => {
    const bounds = of === null ? null : boundsOfCase(of)
    return media.picture === null || media.asset?.kind !== 'image' || bounds === null ? null : { picture: media.picture, width: media.asset.width, bounds: withAir(bounds, 8, 0.12) }
  }, [of, media.picture, media.asset])
  const readOnly = project.readOnly !== null
  const busy = saving || readOnly || of === null

  const decide = async (decision: Decision, note = '') => {
    if (of === null || busy) return
    setSaving(true)
    const answer = await session.attempt(() => session.client.call('consensus.decide', { asset: row.asset, key: row.key, decision, note, blind: !seen, durationMs: Date.now() - since }))
    setSaving(false)
    if (answer === null) return
    // An id that holds a name is another one while names are covered; the verdict has it as it is.
    setJudged(new Set([...of.proposals.flatMap(({ members }) => members), ...answer.verdict.about.kind === 'dispute' ? answer.verdict.about.members : []]))
    setEdited(null)
    setNoting(false)
    setTicked(new Set())
    setNames(true)
    setSeen(true)
    onDecided({ asset: row.asset, name: row.name })
  }
  const takeAll = (variants: readonly Variant[]) => {
    const annotations = variants.flatMap((variant) => variant.annotations.map(({ id }) => id))
    if (annotations.length > 0) void decide({ kind: 'take', annotations })
  }
  const tickedVariants = of === null ? [] : present(of.variants).filter(({ letter }) => ticked.has(letter))
  const accept = () => void decide({ kind: 'estimate' })
  const edit = () => { if (!busy) setEdited(estimates) }
  const save = () => {
    if (edited === null) return
    const before = new Map(estimates.map((annotation) => [annotation.id, annotation]))
    void decide({ kind: 'edited', into: edited.map((annotation) => contentOf(annotation, before.get(annotation.id))) })
  }
  const tick = (letter: string, on: boolean) => setTicked((was) => new Set(on ? [...was, letter] : [...was].filter((other) => other !== letter)))
  const undo = async () => {
    const answer = await session.attempt(async () => ({ at: await undoDecision(session.client, lastDecided === null ? [row.asset] : [row.asset, lastDecided.asset]) }))
    if (answer === null) return
    if (answer.at === null) return session.toast({ tone: 'neutral', text: words.nothingToUndo })
    onDecided(null)
    if (answer.at === row.asset) setSeen(true)
    else session.toast({ tone: 'ok', text: words.undoneIn(lastDecided?.name ?? '') })
  }
  const toggleNames = () => { setNames(!names); setSeen(true) }
  const toggleWhy = () => { setWhy(!why); localStorage.setItem('consensus.why', why ? 'no' : 'yes') }

  const free = () => edited === null && !noting
  const { group } = words
  useCommands([
    { id: 'consensus.accept', name: words.acceptEstimate, group, keys: ['Enter'], when: free, run: accept },
    { id: 'consensus.several', name: words.several, group, keys: ['Shift+Enter'], when: () => free() && tickedVariants.length > 1, run: () => takeAll(tickedVariants) },
    { id: 'consensus.none', name: words.none, group, keys: ['0'], when: free, run: () => void decide({ kind: 'none' }) },
    { id: 'consensus.edit', name: words.edit, group, keys: ['F2'], when: free, run: edit },
    { id: 'consensus.save', name: words.save, group, keys: row.media === 'image' ? ['Mod+Enter', 'Enter'] : ['Mod+Enter'], when: () => edited !== null, run: save },
    { id: 'consensus.leave', name: words.cancel, group, keys: ['Escape'], when: () => !free(), unlisted: true, run: () => { setEdited(null); setNoting(false) } },
    { id: 'consensus.unclear', name: words.unclear, group, keys: ['U'], when: free, run: () => setNoting(true) },
    { id: 'consensus.names', name: words.names, group, keys: ['R', 'Shift+R'], when: free, run: toggleNames },
    { id: 'consensus.why', name: words.why, group, keys: ['W', 'Shift+W'], when: free, run: toggleWhy },
    { id: 'consensus.heat', name: words.heat, group, keys: ['H', 'Shift+H'], when: free, run: () => setHeat(!heat) },
    { id: 'consensus.next', name: words.next, group, keys: ['N', 'PageDown'], when: free, run: () => step(1) },
    { id: 'consensus.previous', name: words.previous, group, keys: ['Shift+N', 'PageUp'], when: free, run: () => step(-1) },
    { id: 'consensus.undo', name: words.undo, group, keys: ['Mod+Z'], when: free, run: () => void undo() },
    { id: 'consensus.fit', name: words.fit, group, keys: ['Shift+1', '!'], when: free, run: () => stage.current?.fit() },
    { id: 'consensus.closer', name: words.closer, group, keys: ['F', 'Z'], when: free, run: () => stage.current?.closer() },
    { id: 'consensus.play', name: words.play, group, keys: ['Space'], when: () => row.media === 'audio', run: () => sound.current?.toggle() },
    // Last, so that a person's letter is theirs where a command above has it too.
    ...(of === null ? [] : present(of.variants)).flatMap((variant) => (variant.letter.length > 1 ? [] : [
      { id: `consensus.take-${variant.letter}`, name: words.takeOf(variant.letter), group, keys: [variant.letter], when: free, run: () => takeAll([variant]) },
      { id: `consensus.tick-${variant.letter}`, name: words.also(variant.letter), group, keys: [`Shift+${variant.letter}`], when: free, run: () => tick(variant.letter, !ticked.has(variant.letter)) },
      { id: `consensus.play-${variant.letter}`, name: words.playOf(variant.letter), group, keys: [`Alt+${variant.letter}`], when: () => row.media === 'audio', run: () => sound.current?.play(variant.letter) },
    ])),
  ])
  useEffect(() => setAlone(null), [of])

  if (failure !== null) return <EmptyState title={row.name}>{failure}</EmptyState>
  if (item === null || media.asset === null) return <div className="consensus__loading"><SkeletonRows label={words.loading} /></div>
  const decided = of?.proposals.map((proposal) => proposal.decided).find((decision) => decision !== null) ?? null
  const next = <Button size="small" aria-label={words.next} onClick={() => step(1)}>{words.next}<KeyHint keys="N" /></Button>
  return (
    <>
      <div className="adjudication">
        <header className="adjudication__head">
          <b className="q-clip">{item.name}</b>
          <span className="q-muted q-clip q-grow" title={row.what.join('\n')}>{row.what.join(' · ')}</span>
          <Button size="small" tone="quiet" aria-label={names ? words.hideNames : words.names} onClick={toggleNames}>{names ? words.hideNames : words.names}<KeyHint keys="R" /></Button>
          {row.media === 'image' ? <Button size="small" tone="quiet" aria-label={words.heat} aria-pressed={heat} onClick={() => setHeat(!heat)}>{words.heat}<KeyHint keys="H" /></Button> : null}
          <Button size="small" tone="quiet" aria-label={words.why} aria-pressed={why} onClick={toggleWhy}>{words.why}<KeyHint keys="W" /></Button>
        </header>
        {media.failure === null ? null : <Notice tone="problem">{words.pictureFailed}</Notice>}
        {media.asset.kind === 'image'
          ? <ImageStage ref={stage} asset={row.asset} picture={media.picture} width={media.asset.width} height={media.asset.height} of={of} estimates={estimates} labels={labels} alone={alone} heat={heat} edited={edited} onEdit={setEdited} onHint={setHint} />
          : <SoundStage ref={sound} asset={media.asset} of={of} alone={alone} />}
        {why && of !== null ? <Why of={of} labels={labels} summary={summary} names={names} /> : null}
      </div>
      <SidePane side="end" label={words.panes.cards} initial={320} min={280} max={520} storageKey="consensus.cards">
        <div className="cardpane">
          {of === null ? <Notice tone="attention" action={next}>{words.another}</Notice> : null}
          {decided === null ? null : <Notice tone="ok" action={next}>{words.decidedAs[decided.decision]}</Notice>}
          {edited !== null ? <EditPanel annotations={edited} labels={project.labels} duration={media.asset.kind === 'audio' ? media.asset.duration : null} onChange={setEdited} onSave={save} onCancel={() => setEdited(null)} /> : null}
          {noting ? <UnclearForm onSave={(note) => void decide({ kind: 'unclear' }, note)} onCancel={() => setNoting(false)} /> : null}
          {of === null || edited !== null || noting ? null : <Cards of={of} labels={labels} crop={crop} estimates={estimates} ticked={ticked} disabled={busy} onTick={tick} onTake={(variant) => takeAll([variant])} onAccept={accept} onLook={setAlone} />}
          <div className="cardpane__foot">
            <Button aria-label={words.severalOf(tickedVariants.length)} disabled={busy || tickedVariants.length < 2} title={words.severalHint} onClick={() => takeAll(tickedVariants)}>{words.severalOf(tickedVariants.length)}<KeyHint keys="Shift+Enter" /></Button>
            <Button aria-label={words.edit} disabled={busy} onClick={edit}>{words.edit}<KeyHint keys="F2" /></Button>
            <Button aria-label={words.none} disabled={busy} onClick={() => void decide({ kind: 'none' })}>{words.none}<KeyHint keys="0" /></Button>
            <Button aria-label={words.unclear} disabled={busy} onClick={() => setNoting(true)}>{words.unclear}<KeyHint keys="U" /></Button>
          </div>
        </div>
      </SidePane>
      <StatusBarContent><span className="q-clip">{edited !== null ? (row.media === 'audio' ? words.soundHint : hint === '' ? words.canvasHint : hint) : row.media === 'audio' ? words.hiddenHint : words.hint}</span></StatusBarContent>
    </>
  )
}

const nothing: ReadonlySet<string> = new Set()
