import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react'
import type { Player } from '#renderer/audio/player.ts'
import type { SoundSource } from '#renderer/audio/source.ts'
import { createTiles } from '#renderer/audio/tiles.ts'
import { scrolled, showing, whole, xOf, zoomed, type TimeView } from '#renderer/audio/timeView.ts'
import { said, type Editing } from './editing.ts'
import { belowRows, paintSound, rowHeight } from './paintSound.ts'
import type { Row } from './soundRows.ts'
import { words } from './words.ts'

interface Props {
  readonly source: SoundSource
  readonly rows: readonly Row[]
  readonly alone: string | null
  readonly stretch: { readonly start: number; readonly end: number } | null
  readonly caseKey: string
  readonly player: { readonly current: Player | null }
  readonly editing: Editing | null
  readonly onEdit: (editing: Editing) => void
}

/** CSS pixels from an end within which it is taken hold of. */
const grip = 7

interface Grip { readonly thing: number; readonly end: 'start' | 'end'; /** Names the drag, so that it is one step. */ readonly of: string }

/** The end of the own answer that lies at a place of the canvas; the nearest where several do. */
function gripAt(things: Editing['things'], view: TimeView, source: SoundSource, x: number): Omit<Grip, 'of'> | null {
  const ends = things.flatMap(({ geometry }, thing) => (geometry.kind === 'segment' ? (['start', 'end'] as const).map((end) => ({ thing, end, away: Math.abs(xOf(view, (geometry[end] / geometry.rate) * source.rate) - x) })) : []))
  const nearest = ends.toSorted((a, b) => a.away - b.away)[0]
  return nearest !== undefined && nearest.away <= grip ? nearest : null
}

/** The wave with everybody's rows on its axis of time; the ends of the own answer are dragged. */
export function Wave({ source, rows, alone, stretch, caseKey, player, editing, onEdit }: Props) {
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
    paintSound(context, { source, tiles, view, rows, alone, width, height, playhead: player.current?.frame() ?? 0 })
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
  const ownTop = height - belowRows - rowHeight
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
