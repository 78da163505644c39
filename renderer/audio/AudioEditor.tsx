import { useEffect, useImperativeHandle, useMemo, useRef, useState, type ReactNode, type Ref } from 'react'
import { useStore } from 'zustand'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { after } from '#shared/model/diff.ts'
import type { AnnotationId, LabelId, TierId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'
import { StatusBarContent, useSession } from '#renderer/frame/context.tsx'
import type { Edit } from '#renderer/tools/edited.ts'
import { Notice } from '#renderer/ui/Feedback.tsx'
import './audio.css'
import { useAudioCommands } from './commands.ts'
import { heightOf, layoutOf, rulerHeight, tierRows, type Layout } from './layout.ts'
import { createPlayer, type Player } from './player.ts'
import { soundPreferences } from './preferences.ts'
import { clock } from './ruler.ts'
import type { Span } from './segmentEdits.ts'
import { at, indexOf, type Timed } from './segments.ts'
import { SegmentText, type SegmentTextHandle, type SegmentWriting } from './SegmentText.tsx'
import type { SegmentResult } from './segmentTool.ts'
import type { SoundSource } from './source.ts'
import { createStage, type Stage } from './stage.ts'
import { AddTier, TierHeaders } from './TierHeaders.tsx'
import { addTier, newTier, removeTier } from './tierEdits.ts'
import { endOf, type TimeView } from './timeView.ts'
import { audioTool } from './tool.ts'
import { TransportBar } from './TransportBar.tsx'
import { usePedals } from './usePedals.ts'
import { useSound } from './useSound.ts'
import { words } from './words.ts'

/** What others may ask of the sound. */
export interface SoundHandle {
  /** Brings a segment into sight and the playhead to its beginning. */
  readonly show: (id: AnnotationId) => void
}

export interface AudioEditorProps {
  readonly handle: Ref<SoundHandle>
  /** Tab walks the drafts now, not the segments. */
  readonly walksDrafts: boolean
  /** Enter and Backspace decide about a draft. */
  readonly draftInHand: boolean
  readonly asset: AudioAsset
  readonly tiers: readonly Tier[]
  /** What is in sight of the item, all layers. */
  readonly annotations: readonly Annotation[]
  readonly relations: readonly Relation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly me: Layer
  readonly selection: readonly AnnotationId[]
  readonly readOnly: boolean
  readonly editable: (annotation: Annotation) => boolean
  /** A new annotation of mine with the label in hand. */
  readonly create: (geometry: Annotation['geometry']) => Annotation
  /** The record as it stands, not as it was drawn last. */
  readonly fresh: (id: AnnotationId) => Annotation | null
  readonly onSelect: (ids: readonly AnnotationId[]) => void
  readonly onCommit: (edit: Edit | null, durationMs?: number) => void
  /** Tiers are the project's. */
  readonly onTiers: (edit: Edit | null) => void
  readonly writing: SegmentWriting
  /** What stands below where there is no segment: the text of the whole item. */
  readonly children: ReactNode
}

/** A sound with everything for transcribing it: waveform over spectrogram over tiers, the player, the text of the segment. */
export function AudioEditor(props: AudioEditorProps) {
  const { asset } = props
  const { source, url, notice, tone } = useSound(asset)
  const media = useRef<HTMLAudioElement>(null)
  const [player, setPlayer] = useState<Player | null>(null)
  const rate = source?.rate ?? asset.sampleRate
  const frames = source?.frames ?? Math.max(1, Math.round(asset.duration * asset.sampleRate))
  useEffect(() => {
    if (!media.current) return undefined
    const made = createPlayer({ media: media.current, rate, frames })
    const { speed, rewind } = soundPreferences.getState()
    made.set({ speed, rewind })
    setPlayer(made)
    return () => made.close()
  }, [rate, frames])
  // Another address of the same sound goes on where the first one was.
  const place = useRef(0)
  useEffect(() => {
    const element = media.current
    if (!element) return undefined
    const keep = () => { place.current = element.currentTime }
    element.addEventListener('timeupdate', keep)
    return () => element.removeEventListener('timeupdate', keep)
  }, [])
  return (
    <div className="audio" data-asset={asset.id} data-ready={source !== null || undefined}>
      {/* The text beneath it is the caption, which a person writes here. */}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption */}
      <audio ref={media} preload="auto" src={url} onLoadedMetadata={(event) => { if (place.current > 0) event.currentTarget.currentTime = place.current }} />
      {notice ? <div className="audio__notice"><Notice tone={tone}>{notice}</Notice></div> : null}
      {player ? <Workbench {...props} player={player} source={source} rate={rate} frames={frames} /> : null}
    </div>
  )
}

interface WorkbenchProps extends AudioEditorProps {
  readonly player: Player
  /** Null while there is nothing to draw from. */
  readonly source: SoundSource | null
  readonly rate: number
  readonly frames: number
}

const silent = (rate: number, frames: number): SoundSource => ({ rate, frames, channels: 1, tile: () => Promise.resolve(null) })

function Workbench(props: WorkbenchProps) {
  const { asset, annotations, relations, labels, me, selection, readOnly, editable, create, fresh, onSelect, onCommit, player, source, rate, frames, children } = props
  const session = useSession()
  const [ghost] = useState(() => newTier(words.firstTier, []))
  const tiers = useMemo(() => (props.tiers.length > 0 ? props.tiers : [ghost]), [props.tiers, ghost])
  const preferences = useStore(soundPreferences)
  const tool = useStore(audioTool, (state) => state.tool)
  const broken = useStore(player.state, (state) => state.broken)
  const [range, setRange] = useState<Span | null>(null)
  const [active, setActive] = useState<TierId | null>(null)
  const [under, setUnder] = useState<AnnotationId | null>(null)
  const [hint, setHint] = useState<SegmentResult['hint'] | null>(null)
  const [shown, setShown] = useState<{ layout: Layout; scroll: number } | null>(null)
  const region = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const minimap = useRef<HTMLCanvasElement>(null)
  const playhead = useRef<HTMLDivElement>(null)
  const miniPlayhead = useRef<HTMLDivElement>(null)
  const slider = useRef<HTMLDivElement>(null)
  const stage = useRef<Stage | null>(null)
  const text = useRef<SegmentTextHandle>(null)

  const index = useMemo(() => indexOf(annotations, rate), [annotations, rate])
  const rows = useMemo(() => tierRows(tiers, (tier) => index.layers.get(tier) ?? [], me), [tiers, index, me])
  const activeTier = tiers.some(({ id }) => id === active) ? active : (tiers[0]?.id ?? null)
  const row = activeTier === null ? null : index.row(activeTier, me)
  const segments = useMemo(() => selection.flatMap((id) => index.byId.get(id) ?? []), [selection, index])
  const current: Timed | null = segments.length === 1 ? segments[0]! : segments.length > 1 ? null : (under && index.byId.get(under)) || null

  useImperativeHandle(props.handle, () => ({
    show(id) {
      const segment = index.byId.get(id)
      if (!segment) return
      stage.current?.reveal(segment.start, segment.end)
      if (!player.state.getState().playing) player.seek(segment.start)
    },
  }), [index, player])
  const seek = (frame: number) => player.seek(frame)
  const goTo = (segment: Timed, play: boolean) => {
    text.current?.settle()
    onSelect([segment.annotation.id])
    stage.current?.reveal(segment.start, segment.end)
    if (play && segment.end > segment.start) player.play({ start: segment.start, end: segment.end })
    else player.seek(segment.start)
  }
  const stepSegment = (by: 1 | -1) => {
    const among = current ? index.row(current.tier, current.annotation.layer) : row
    if (!among || among.segments.length === 0) return
    const place = current ? among.segments.findIndex(({ annotation }) => annotation.id === current.annotation.id) + by : by > 0 ? among.segments.findIndex(({ start }) => start >= player.frame()) : among.segments.findLastIndex(({ start }) => start < player.frame())
    const next = among.segments[place]
    if (next) goTo(next, preferences.playOnArrival)
  }
  /** A second tier brings the first one, which was only offered so far, into being. */
  const onTiers = (edit: Edit | null) => {
    const adds = edit !== null && props.tiers.length === 0 && Object.keys(edit.diff.added).length > 0 && !(ghost.id in edit.diff.added)
    props.onTiers(adds ? { name: edit.name, diff: { ...edit.diff, added: { [ghost.id]: ghost, ...edit.diff.added } } } : edit)
  }
  const commit = (edit: Edit | null, durationMs?: number) => {
    if (readOnly || edit === null) return
    // The first tier begins to exist with the first segment.
    if (props.tiers.length === 0 && after(edit.diff).some((record) => record.type === 'annotation' && record.geometry.kind === 'segment')) onTiers(addTier(ghost))
    onCommit(edit, durationMs)
  }

  const inputs = { tiers, rows, index, labels, me, selection, activeTier, tool: readOnly ? 'select' as const : tool, range, preferences, editable: (annotation: Annotation) => !readOnly && editable(annotation), create }
  const outputs = {
    onCommit: commit, onSelect, onSeek: seek, onRange: setRange, onTier: setActive, onHint: setHint,
    onView: (view: TimeView, layout: Layout, scroll: number) => {
      // Scrolling draws; it renders nothing.
      if (region.current) Object.assign(region.current.dataset, { start: view.start, perPixel: view.perPixel, end: endOf(view) })
      setShown((was) => (was && was.scroll === scroll && was.layout.tiers.top === layout.tiers.top && was.layout.tiers.height === layout.tiers.height && was.layout.wave.height === layout.wave.height && was.layout.spectrogram.height === layout.spectrogram.height ? was : { layout, scroll }))
    },
  }
  const newest = useRef({ inputs, outputs, index, row, selection, follow: preferences.follow, onSelect })
  useEffect(() => {
    newest.current = { inputs, outputs, index, row, selection, follow: preferences.follow, onSelect }
    stage.current?.update(inputs)
  })
  useEffect(() => {
    const elements = { canvas: canvas.current!, minimap: minimap.current!, playhead: playhead.current!, miniPlayhead: miniPlayhead.current! }
    const now = () => newest.current.outputs
    const made = createStage(elements, source ?? silent(rate, frames), newest.current.inputs, {
      onCommit: (edit, ms) => now().onCommit(edit, ms), onSelect: (ids) => now().onSelect(ids), onSeek: (frame) => now().onSeek(frame), onRange: (span) => now().onRange(span),
      onTier: (tier) => now().onTier(tier), onHint: (said) => now().onHint(said), onView: (view, layout, scroll) => now().onView(view, layout, scroll),
    })
    stage.current = made
    made.playhead(player.frame(), false)
    return () => { stage.current = null; made.close() }
  }, [source, rate, frames, player])

  useEffect(() => {
    let saidAt = 0
    const moved = (frame: number) => {
      const { playing } = player.state.getState()
      const { row: line, selection: chosen, follow, onSelect: choose, index: known } = newest.current
      stage.current?.playhead(frame, playing && follow)
      const typing = document.activeElement instanceof HTMLElement && document.activeElement.matches('textarea, input')
      const here = line ? at(line, frame) : null
      setUnder(here?.annotation.id ?? null)
      // The text stays under the hand that writes it; otherwise it goes with the sound.
      if (playing && !typing && chosen.length === 1 && here && here.annotation.id !== chosen[0] && known.byId.get(chosen[0]!)?.tier === here.tier) choose([here.annotation.id])
      if (slider.current && (!playing || performance.now() - saidAt > 250)) {
        saidAt = performance.now()
        slider.current.setAttribute('aria-valuenow', (frame / rate).toFixed(3))
        slider.current.setAttribute('aria-valuetext', words.at(clock(frame / rate, 1), clock(frames / rate, 1)))
      }
    }
    moved(player.frame())
    return player.onMove(moved)
  }, [player, rate, frames])

  const pedals = usePedals(session)
  const play = () => player.toggle()
  useAudioCommands({
    asset, player, rate, frames, readOnly, index, row, tiers, activeTier, selection, segments, current, range, relations, me, fresh, create, commit, onTiers, onSelect, goTo, stepSegment, setRange, setActive,
    editable, stage, text, toast: session.toast, pedals, walksDrafts: props.walksDrafts, draftInHand: props.draftInHand,
  })

  const remove = (tier: Tier) => {
    void session.attempt(async () => {
      const { total } = await session.client.call('tiers.usage', { tier: tier.id })
      if (total > 0) session.toast({ tone: 'attention', text: words.tierNotEmpty(tier.name) })
      else onTiers(removeTier(tier, tiers))
    })
  }
  const layout = shown?.layout ?? layoutOf(400, heightOf(rows), preferences.spectrogram)
  const channels = preferences.channels === 'separate' ? Math.min(8, source?.channels ?? 1) : 1
  const place = current ? index.row(current.tier, current.annotation.layer) : null
  return (
    <>
      {broken ? <div className="audio__notice"><Notice tone="problem">{words.notPlayable}</Notice></div> : null}
      <TransportBar player={player} rate={rate} frames={frames} onPlay={play} onZoom={(factor) => stage.current?.zoomBy(factor)} onFit={() => stage.current?.fit()} />
      <div className="sound">
        <div className="sound__gutter">
          <div className="sound__mini-gutter" />
          <div className="sound__heads">
            {Array.from({ length: channels }, (_, channel) => (
              <span key={channel} className="sound__channel" style={{ top: rulerHeight + (channel * layout.wave.height) / channels + 4 }}>{channels === 1 && (source?.channels ?? 1) > 1 ? words.mix : words.channel(channel, channels)}</span>
            ))}
            {layout.spectrogram.height > 40 ? <span className="sound__channel" style={{ top: layout.spectrogram.top + 4 }}>{(rate / 2000).toLocaleString(undefined, { maximumFractionDigits: 1 })} kHz</span> : null}
            {layout.spectrogram.height > 40 ? <span className="sound__channel" style={{ top: layout.spectrogram.top + layout.spectrogram.height - 18 }}>0</span> : null}
            <TierHeaders tiers={tiers} rows={rows} top={layout.tiers.top} height={layout.tiers.height} scroll={shown?.scroll ?? 0} active={activeTier} readOnly={readOnly} onActive={setActive} onEdit={onTiers} onRemove={remove} />
          </div>
          {readOnly ? null : <AddTier tiers={tiers} onEdit={onTiers} />}
        </div>
        <div className="sound__main">
          <div ref={slider} className="minimap" role="slider" tabIndex={0} aria-label={words.position} aria-valuemin={0} aria-valuemax={Number((frames / rate).toFixed(3))} aria-valuenow={0} aria-orientation="horizontal"
            onKeyDown={(event) => {
              const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10 }[event.key]
              if (by !== undefined) { event.preventDefault(); player.skip(by) }
              if (event.key === 'Home' || event.key === 'End') { event.preventDefault(); player.seek(event.key === 'Home' ? 0 : frames) }
            }}>
            <canvas ref={minimap} aria-hidden="true" />
            <div ref={miniPlayhead} className="playhead" />
          </div>
          {/* It has the focus for keys, as the canvas of pictures has. */}
          {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div ref={region} className="stage-canvas" role="region" aria-label={words.waveform} tabIndex={0} data-asset={asset.id} data-ready={shown !== null && source !== null} data-rate={rate} data-tiers-top={layout.tiers.top}>
            <canvas ref={canvas} aria-hidden="true" onPointerDown={(event) => { event.currentTarget.parentElement?.focus({ preventScroll: true }) }} />
            <div ref={playhead} className="playhead" hidden />
          </div>
          <div className="sound__foot" />
        </div>
      </div>
      <div className="audio__text">
        {current ? (
          <SegmentText handle={text} writing={props.writing} annotation={current.annotation} readOnly={readOnly || !editable(current.annotation)}
            about={words.about(tiers.find(({ id }) => id === current.tier)?.name ?? words.tier, clock(current.start / rate, 2), clock(current.end / rate, 2))}
            place={place ? words.ofAll(place.segments.findIndex(({ annotation }) => annotation.id === current.annotation.id) + 1, place.segments.length) : ''} onEdit={commit} onStep={stepSegment} />
        ) : children}
      </div>
      <StatusBarContent><span className="q-clip">{hint ? words.hints[hint] : words.hints[inputs.tool]}</span></StatusBarContent>
    </>
  )
}

