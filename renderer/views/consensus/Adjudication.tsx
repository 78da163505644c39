import { useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import type { ConsensusSummary, DisputeRow } from '#shared/contract/consensus.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { StatusBarContent, useCommands } from '#renderer/frame/context.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { SidePane } from '#renderer/ui/Panes.tsx'
import { Cards } from './Cards.tsx'
import { DisputeHead } from './DisputeHead.tsx'
import { EditPanel } from './EditPanel.tsx'
import { annotationOf, contentOf } from './estimates.ts'
import { PictureStage } from './PictureStage.tsx'
import { useRemembered } from './remembered.ts'
import { boundsOfCase, present, withAir } from './shapes.ts'
import { SoundStage, type SoundStageHandle } from './SoundStage.tsx'
import type { StageHandle } from './stage.ts'
import { UnclearForm } from './UnclearForm.tsx'
import { useAsset } from './useAsset.ts'
import { useConsensusItem } from './useConsensus.ts'
import { useDecisions, type Decision, type ItemName } from './useDecisions.ts'
import { useEditing } from './useEditing.ts'
import { caseWith, type Variant } from './variants.ts'
import { Why } from './Why.tsx'
import { words } from './words.ts'

interface Props {
  readonly row: DisputeRow
  /** Where it stands in the list, in words. */
  readonly place: string
  /** When it came in front of the person: milliseconds since 1970. */
  readonly since: number
  readonly project: ProjectState
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly summary: ConsensusSummary
  readonly stamp: number
  readonly step: (by: number) => void
  readonly trail: readonly ItemName[]
  readonly onDecided: (item: ItemName) => void
  readonly onUndone: (asset: AssetId) => void
}

/** One dispute in hand. It is judged blind first; then it shows who said what. */
export function Adjudication({ row, place, since, project, labels, summary, stamp, step, trail, onDecided, onUndone }: Props) {
  const [names, setNames] = useState(false)
  const [seen, setSeen] = useState(false)
  const [alone, setAlone] = useState<string | null>(null)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(nothing)
  const [noting, setNoting] = useState(false)
  const [hint, setHint] = useState('')
  const [heat, setHeat] = useRemembered('consensus.heat', ['probability', 'shapes', 'off'])
  const [stageMode, setStageMode] = useRemembered('consensus.stage', ['overlaid', 'side'])
  const [why, setWhy] = useRemembered('consensus.why', ['no', 'yes'])
  const stage = useRef<StageHandle>(null)
  const sound = useRef<SoundStageHandle>(null)
  const readOnly = project.readOnly !== null
  const { item, failure } = useConsensusItem(row.asset, names, stamp)
  const media = useAsset(row.asset)
  const { saving, judged, decide: send, undo } = useDecisions({ row, since, readOnly, trail, onDecided, onUndone: (asset) => { if (asset === row.asset) setSeen(true); onUndone(asset) } })
  const of = useMemo(() => (item === null ? null : caseWith(item, row.key, judged)), [item, row.key, judged])
  const estimates = useMemo(() => (of === null ? [] : of.proposals.map((proposal) => annotationOf(proposal, row.asset))), [of, row.asset])
  const extent = useMemo(() => (media.asset?.kind === 'image' ? { minX: 0, minY: 0, maxX: media.asset.width, maxY: media.asset.height } : null), [media.asset])
  const tiers = useMemo(() => new Map<string, string>(project.tiers.length > 1 ? project.tiers.map(({ id, name }) => [id, name]) : []), [project.tiers])
  const sideBySide = stageMode === 'side' && row.media === 'image'
  const crop = useMemo(() => {
    const bounds = of === null ? null : boundsOfCase(of)
    return sideBySide || media.picture === null || media.asset?.kind !== 'image' || bounds === null ? null : { picture: media.picture, width: media.asset.width, bounds: withAir(bounds, 8, 0.12) }
  }, [of, media.picture, media.asset, sideBySide])
  const busy = saving || readOnly || of === null

  const decide = async (decision: Decision, note = '') => {
    if (of === null || !(await send(of, decision, !seen, note))) return
    hand.leave()
    setNoting(false)
    setTicked(nothing)
    setNames(true)
    setSeen(true)
  }
  const hand = useEditing({
    estimates, extent, busy: () => stage.current?.busy() ?? false,
    onSave: (things) => {
      const before = new Map(estimates.map((annotation) => [annotation.id, annotation]))
      void decide({ kind: 'edited', into: things.map((thing) => contentOf(thing, before.get(thing.id))) })
    },
  })
  const { editing } = hand
  const takeAll = (variants: readonly Variant[]) => {
    const annotations = variants.flatMap((variant) => variant.annotations.map(({ id }) => id))
    if (annotations.length > 0) void decide({ kind: 'take', annotations })
  }
  const tickedVariants = of === null ? [] : present(of.variants).filter(({ letter }) => ticked.has(letter))
  const accept = () => void decide({ kind: 'estimate' })
  const edit = () => { if (!busy) hand.begin() }
  const tick = (letter: string, on: boolean) => setTicked((was) => new Set(on ? [...was, letter] : [...was].filter((other) => other !== letter)))
  const toggles = {
    names: () => { setNames(!names); setSeen(true) }, why: () => setWhy(why === 'yes' ? 'no' : 'yes'),
    heat: () => setHeat(heat === 'off' ? 'probability' : 'off'), side: () => setStageMode(sideBySide ? 'overlaid' : 'side'),
  }

  const free = () => editing === null && !noting
  const onPicture = () => row.media === 'image'
  const { group } = words
  useCommands([
    { id: 'consensus.accept', name: words.acceptEstimate, group, keys: ['Enter'], when: free, run: accept },
    { id: 'consensus.several', name: words.several, group, keys: ['Shift+Enter'], when: () => free() && tickedVariants.length > 1, run: () => takeAll(tickedVariants) },
    { id: 'consensus.none', name: words.none, group, keys: ['0'], when: free, run: () => void decide({ kind: 'none' }) },
    { id: 'consensus.edit', name: words.edit, group, keys: ['F2'], when: free, run: edit },
    { id: 'consensus.leave', name: words.cancel, group, keys: ['Escape'], when: () => noting, unlisted: true, run: () => setNoting(false) },
    { id: 'consensus.unclear', name: words.unclear, group, keys: ['U'], when: free, run: () => setNoting(true) },
    { id: 'consensus.names', name: words.names, group, keys: ['R', 'Shift+R'], when: free, run: toggles.names },
    { id: 'consensus.why', name: words.why, group, keys: ['W', 'Shift+W'], when: free, run: toggles.why },
    { id: 'consensus.heat', name: words.heat, group, keys: ['H', 'Shift+H'], when: () => free() && onPicture(), run: toggles.heat },
    { id: 'consensus.side', name: words.sideBySide, group, keys: ['S', 'Shift+S'], when: () => free() && onPicture(), run: toggles.side },
    { id: 'consensus.next', name: words.next, group, keys: ['N', 'PageDown'], when: free, run: () => step(1) },
    { id: 'consensus.previous', name: words.previous, group, keys: ['Shift+N', 'PageUp'], when: free, run: () => step(-1) },
    { id: 'consensus.undo', name: words.undo, group, keys: ['Mod+Z'], when: free, run: () => void undo() },
    { id: 'consensus.fit', name: words.fit, group, keys: ['Shift+1', '!'], when: onPicture, run: () => stage.current?.fit() },
    { id: 'consensus.closer', name: words.closer, group, keys: ['F', 'Z'], when: onPicture, run: () => stage.current?.closer() },
    { id: 'consensus.in', name: words.zoomIn, group, keys: ['+', '='], when: onPicture, run: () => stage.current?.zoomBy(1.25) },
    { id: 'consensus.out', name: words.zoomOut, group, keys: ['-'], when: onPicture, run: () => stage.current?.zoomBy(0.8) },
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
        <DisputeHead row={row} place={decided === null ? place : ''} of={of} names={names} heat={heat !== 'off'} sideBySide={sideBySide} why={why === 'yes'} toggles={toggles} />
        {media.failure === null ? null : <Notice tone="problem">{words.pictureFailed}</Notice>}
        {media.asset.kind === 'image'
          ? <PictureStage ref={stage} asset={media.asset} picture={media.picture} of={of} estimates={estimates} labels={labels} alone={alone} heat={heat === 'off' ? null : heat} sideBySide={sideBySide} editing={hand.canvas} onHeat={setHeat} onHint={setHint} />
          : <SoundStage ref={sound} asset={media.asset} of={of} alone={alone} editing={editing} onEdit={hand.put} />}
        {why === 'yes' && of !== null ? <Why of={of} labels={labels} summary={summary} names={names} parts={row.parts} /> : null}
      </div>
      <SidePane side="end" label={words.panes.cards} initial={320} min={300} max={520} storageKey="consensus.cards">
        <div className="cardpane">
          {of === null ? <Notice tone="attention" action={next}>{words.another}</Notice> : null}
          {editing !== null ? <EditPanel editing={editing} labels={project.labels} tiers={project.tiers} extent={extent} duration={media.asset.kind === 'audio' ? media.asset.duration : null} drawing={hand.drawing} disabled={busy} onChange={hand.put} onDraw={hand.draw} onSave={hand.save} onCancel={hand.leave} /> : null}
          {noting ? <UnclearForm onSave={(note) => void decide({ kind: 'unclear' }, note)} onCancel={() => setNoting(false)} /> : null}
          {of === null || !free() ? null : <Cards of={of} labels={labels} tiers={tiers} crop={crop} estimates={estimates} ticked={ticked} disabled={busy} onTick={tick} onTake={(variant) => takeAll([variant])} onAccept={accept} onLook={setAlone} />}
          {/* Below the cards: they stay where the pointer goes to them. */}
          {decided === null ? null : <Notice tone="ok" action={next}>{words.decidedAs[decided.decision]}</Notice>}
          {free() ? (
            <div className="cardpane__foot">
              <Button size="small" aria-label={words.severalOf(tickedVariants.length)} disabled={busy || tickedVariants.length < 2} title={words.severalHint} onClick={() => takeAll(tickedVariants)}>{words.severalOf(tickedVariants.length)}<KeyHint keys="Shift+Enter" /></Button>
              <Button size="small" aria-label={words.edit} disabled={busy} onClick={edit}>{words.edit}<KeyHint keys="F2" /></Button>
              <Button size="small" aria-label={words.none} disabled={busy} onClick={() => void decide({ kind: 'none' })}>{words.none}<KeyHint keys="0" /></Button>
              <Button size="small" aria-label={words.unclear} disabled={busy} onClick={() => setNoting(true)}>{words.unclear}<KeyHint keys="U" /></Button>
            </div>
          ) : null}
        </div>
      </SidePane>
      <StatusBarContent><span className="q-clip">{editing !== null ? (row.media === 'audio' ? words.soundHint : hint === '' ? words.canvasHint : hint) : row.media === 'audio' ? words.hiddenHint : sideBySide ? words.sideHint : words.hint}</span></StatusBarContent>
    </>
  )
}

const nothing: ReadonlySet<string> = new Set()
