import { useEffect, useImperativeHandle, useMemo, useRef, useState, type PointerEvent, type Ref } from 'react'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { paintRuler, paintWave } from '#renderer/audio/paint.ts'
import { rulerHeight } from '#renderer/audio/layout.ts'
import { createPlayer, type Player } from '#renderer/audio/player.ts'
import type { SoundSource } from '#renderer/audio/source.ts'
import { readSoundTheme } from '#renderer/audio/theme.ts'
import { createTiles } from '#renderer/audio/tiles.ts'
import { showing, whole, xOf, zoomed, scrolled, type TimeView } from '#renderer/audio/timeView.ts'
import { useSound } from '#renderer/audio/useSound.ts'
import { Notice } from '#renderer/ui/Feedback.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { said, type Editing } from './editing.ts'
import { estimateColor, present, signOf, stretchOf } from './shapes.ts'
import type { Case } from './variants.ts'
import { words } from './words.ts'

export interface SoundStageHandle {
  readonly toggle: () => void
  /** Plays what a letter marked, or the estimate. */
  readonly play: (letter: string) => void
}

interface Props {
  readonly asset: AudioAsset
  readonly of: Case | null
  readonly alone: string | null
  /** The adjudicator's own answer; its ends are dragged. */
  readonly editing: Editing | null
  readonly onEdit: (editing: Editing) => void
  readonly ref: Ref<SoundStageHandle>
}

interface Bar { readonly start: number; readonly end: number; readonly text: string }
interface Row { readonly letter: string; readonly color: string; readonly bars: readonly Bar[]; readonly whiskers: readonly (readonly [at: number, deviation: number])[] }

/** The row of the adjudicator's own answer. */
const yours = 'yours'

const barsOf = (all: readonly { readonly geometry: Geometry; readonly text: string | null }[]): Bar[] =>
  all.flatMap(({ geometry, text }) => (geometry.kind === 'segment' ? [{ start: geometry.start / geometry.rate, end: geometry.end / geometry.rate, text: text ?? '' }] : []))

function rowsOf({ proposals, variants }: Case, editing: Editing | null): Row[] {
  const estimate = proposals.map(({ geometry, text }) => ({ geometry, text: text?.value ?? null }))
  const whiskers = proposals.flatMap(({ geometry, spread }) => (geometry.kind === 'segment' && spread.kind === 'ends' ? [[geometry.start / geometry.rate, spread.start] as const, [geometry.end / geometry.rate, spread.end] as const] : []))
  return [
    ...present(variants).map(({ letter, annotations }) => ({ letter, color: signOf(letter).color, bars: barsOf(annotations), whiskers: [] })),
    { letter: 'estimate', color: estimateColor, bars: barsOf(estimate), whiskers },
    ...(editing === null ? [] : [{ letter: yours, color: estimateColor, bars: barsOf(editing.things), whiskers: [] }]),
  ].filter(({ bars }) => bars.length > 0)
}

/** The sound with everybody's segments on one axis of time, the estimate below them, and each to be heard on its own. */
export function SoundStage({ asset, of, alone, editing, onEdit, ref }: Props) {
  const sound = useSound(asset)
  const media = useRef<HTMLAudioElement>(null)
  const player = useRef<Player | null>(null)
  const rows = useMemo(() => (of === null ? [] : rowsOf(of, editing)), [of, editing])
  const stretch = useMemo(() => (of === null ? null : stretchOf(of)), [of])
  const { source } = sound
  useEffect(() => {
    if (!source || !media.current) return undefined
    const made = createPlayer({ media: media.current, rate: source.rate, frames: source.frames })
    player.current = made
    return () => {
      made.close()
      player.current = null
    }
  }, [source])
  const spanOf = (from: number, to: number) => ({ start: Math.round(from * source!.rate), end: Math.round(to * source!.rate) })
  const play = (letter: string) => {
    const bars = rows.find((row) => row.letter === letter)?.bars ?? []
    if (source && bars.length > 0) player.current?.play(spanOf(Math.min(...bars.map(({ start }) => start)), Math.max(...bars.map(({ end }) => end))))
    else player.current?.toggle()
  }
  const toggle = () => {
    if (player.current?.state.getState().playing) return player.current.pause()
    if (source && stretch) player.current?.play(spanOf(Math.max(0, stretch.start - 0.3), stretch.end + 0.3))
    else player.current?.toggle()
  }
  useImperativeHandle(ref, () => ({ toggle, play }))
  return (
    <div className="disputestage disputestage--sound">
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is what is being written */}
      <audio ref={media} src={sound.url} preload="auto" />
      {sound.notice === null ? null : <Notice tone={sound.tone}>{sound.notice}</Notice>}
      {source === null ? null : <Wave key={asset.id} source={source} rows={rows} alone={alone} stretch={stretch} caseKey={of?.key ?? ''} player={player} editing={editing} onEdit={onEdit} />}
      <div className="soundrows">
        <Button size="small" onClick={toggle}>{words.play}<KeyHint keys="Space" /></Button>
        {rows.map(({ letter }) => <Button key={letter} size="small" aria-label={letter === 'estimate' ? words.playEstimate : letter === yours ? words.playYours : words.playOf(letter)} onClick={() => play(letter)}>{letter === 'estimate' ? words.estimateCard : letter === yours ? words.yours : letter}{letter.length === 1 ? <KeyHint keys={`Alt+${letter}`} /> : null}</Button>)}
      </div>
    </div>
  )
}

interface WaveProps {
  readonly source: SoundSource
  readonly rows: readonly Row[]
  readonly alone: string | null
  readonly stretch: { readonly start: number; readonly end: number } | null
  readonly caseKey: string
  readonly player: { readonly current: Player | null }
  readonly editing: Editing | null
  readonly onEdit: (editing: Editing) => void
}

const rowHeight = 30
/** CSS pixels from an end within which it is taken hold of. */
const grip = 7

interface Grip { readonly thing: number; readonly end: 'start' | 'end'; /** Names the drag, so that it is one step. */ readonly of: string }

/** The end of the own answer that lies at a place of the canvas; the nearest where several do. */
function gripAt(things: Editing['things'], view: TimeView, source: SoundSource, x: number): Omit<Grip, 'of'> | null {
  const ends = things.flatMap(({ geometry }, thing) => (geometry.kind === 'segment' ? (['start', 'end'] as const).map((end) => ({ thing, end, away: Math.abs(xOf(view, (geometry[end] / geometry.rate) * source.rate) - x) })) : []))
  const nearest = ends.toSorted((a, b) => a.away - b.away)[0]
  return nearest !== undefined && nearest.away <= grip ? nearest : null
}

function Wave({ source, rows, alone, stretch, caseKey, player, editing, onEdit }: WaveProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const [height, setHeight] = useState(0)
  const [view, setView] = useState<TimeView>(() => whole(source.frames, 1))
  const [tick, setTick] = useState(0)
  const tiles = useMemo(() => createTiles(source, () => setTick((before) => before + 1)), [source])
  useEffect(() => {
    const element = canvas.current!
    const watch = new ResizeObserver(() => { setWidth(element.clientWidth); setHeight(element.clientHeight) })
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    if (width === 0) return
    const all = whole(source.frames, width)
    setView(stretch === null ? all : showing(all, Math.max(0, (stretch.start - 0.2) * source.rate), Math.min(source.frames, (stretch.end + 0.2) * source.rate)))
    // oxlint-disable-next-line react/exhaustive-deps -- a case is gone to once
  }, [source, width, caseKey])
  useEffect(() => player.current?.onMove(() => setTick((before) => before + 1)), [player, source, caseKey])
  useEffect(() => {
    const element = canvas.current!
    const ratio = devicePixelRatio
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    if (width === 0) return
    const context = element.getContext('2d')!
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    paint(context, { source, tiles, view, rows, alone, width, height, playhead: player.current?.frame() ?? 0 })
  }, [source, tiles, view, rows, alone, width, height, tick, player])
  useEffect(() => {
    const element = canvas.current!
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      setView((before) => (event.ctrlKey || event.metaKey ? zoomed(before, Math.exp(-event.deltaY / 300), event.offsetX) : scrolled(before, Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY)))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [])
  const held = useRef<Grip | null>(null)
  const ownTop = height - 4 - rowHeight
  const gripUnder = ({ nativeEvent: { offsetX, offsetY } }: PointerEvent) => (editing !== null && offsetY >= ownTop ? gripAt(editing.things, view, source, offsetX) : null)
  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    const found = gripUnder(event)
    if (found === null) return player.current?.seek(Math.round(view.start + event.nativeEvent.offsetX * view.perPixel))
    held.current = { ...found, of: `drag ${event.timeStamp}` }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const drag = (event: PointerEvent<HTMLCanvasElement>) => {
    const { current: grabbed } = held
    if (grabbed === null || editing === null) { event.currentTarget.style.cursor = gripUnder(event) === null ? '' : 'ew-resize'; return }
    const thing = editing.things[grabbed.thing]
    if (thing?.geometry.kind !== 'segment') return
    const { geometry } = thing
    const seconds = Math.min(source.frames, Math.max(0, view.start + event.nativeEvent.offsetX * view.perPixel)) / source.rate
    const ticks = Math.round(seconds * geometry.rate)
    const moved = grabbed.end === 'start' ? { ...geometry, start: Math.min(ticks, geometry.end) } : { ...geometry, end: Math.max(ticks, geometry.start) }
    onEdit(said({ ...editing, chosen: thing.id }, { geometry: moved }, grabbed.of))
  }
  return (
    <section className="soundstage" aria-label={words.wave}>
      <canvas ref={canvas} onPointerDown={press} onPointerMove={drag} onLostPointerCapture={() => { held.current = null }} />
    </section>
  )
}

interface Painting {
  readonly source: SoundSource; readonly tiles: ReturnType<typeof createTiles>; readonly view: TimeView; readonly rows: readonly Row[]
  readonly alone: string | null; readonly width: number; readonly height: number; readonly playhead: number
}

function paint(context: CanvasRenderingContext2D, { source, tiles, view, rows, alone, width, height, playhead }: Painting): void {
  const theme = readSoundTheme(context.canvas)
  const rowsHeight = rows.length * rowHeight + 12
  const waveHeight = Math.max(40, height - rowsHeight - rulerHeight)
  context.fillStyle = theme.sunken
  context.fillRect(0, 0, width, height)
  paintRuler(context, view, source.rate, theme)
  paintWave(context, tiles, source, view, null, rulerHeight, waveHeight, theme)
  rows.forEach((row, index) => paintRow(context, row, { top: rulerHeight + waveHeight + 8 + index * rowHeight, view, source, theme, faded: alone !== null && alone !== row.letter, width }))
  const x = xOf(view, playhead)
  context.fillStyle = theme.accent
  context.fillRect(Math.round(x), 0, 1, height)
}

interface RowPlace { readonly top: number; readonly view: TimeView; readonly source: SoundSource; readonly theme: ReturnType<typeof readSoundTheme>; readonly faded: boolean; readonly width: number }

function paintRow(context: CanvasRenderingContext2D, { letter, color, bars, whiskers }: Row, { top, view, source, theme, faded, width }: RowPlace): void {
  context.globalAlpha = faded ? 0.3 : 1
  context.font = `500 12px ${theme.font}`
  context.textBaseline = 'middle'
  for (const { start, end, text } of bars) {
    const left = xOf(view, start * source.rate), right = xOf(view, end * source.rate)
    const plain = letter === 'estimate' || letter === yours
    context.fillStyle = plain ? theme.surface : color
    context.globalAlpha = (faded ? 0.3 : 1) * (plain ? 1 : 0.28)
    context.fillRect(left, top, Math.max(1, right - left), rowHeight - 6)
    context.globalAlpha = faded ? 0.3 : 1
    context.strokeStyle = letter === 'estimate' ? theme.text : letter === yours ? theme.accent : color
    context.setLineDash(letter === 'estimate' ? [5, 3] : [])
    context.strokeRect(left + 0.5, top + 0.5, Math.max(1, right - left - 1), rowHeight - 7)
    context.setLineDash([])
    context.save()
    context.beginPath()
    context.rect(Math.max(0, left), top, Math.min(width, right) - Math.max(0, left), rowHeight)
    context.clip()
    context.fillStyle = theme.text
    context.fillText(text, Math.max(4, left + 22), top + (rowHeight - 6) / 2)
    context.restore()
  }
  const first = bars[0]
  if (first && letter !== 'estimate' && letter !== yours) {
    context.fillStyle = theme.text
    context.fillText(letter, Math.max(4, xOf(view, first.start * source.rate) + 6), top + (rowHeight - 6) / 2)
  }
  context.fillStyle = theme.text
  for (const [at, deviation] of whiskers) {
    const middle = top + (rowHeight - 6) / 2, left = xOf(view, (at - deviation) * source.rate), right = xOf(view, (at + deviation) * source.rate)
    context.fillRect(left, middle, Math.max(1, right - left), 1)
    for (const x of [left, right]) context.fillRect(x, middle - 4, 1, 9)
  }
  context.globalAlpha = 1
}
