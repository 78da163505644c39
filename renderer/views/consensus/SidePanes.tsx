import { useEffect, useImperativeHandle, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type Ref } from 'react'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { wheelIntent, type Size } from '#renderer/canvas/view.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import { drawPicture } from './Crop.tsx'
import type { Heat } from './heat.ts'
import { LetterChip } from './LetterChip.tsx'
import { columnsFor, lookAt, moved, paneSize, viewportOf, zoomed, type Look } from './look.ts'
import { strokeShapes } from './outline.ts'
import { boundsOfCase, estimateColor, present, signOf, withAir } from './shapes.ts'
import type { StageHandle } from './stage.ts'
import type { Case } from './variants.ts'
import { words } from './words.ts'

interface Props {
  readonly picture: Picture | null
  readonly width: number
  readonly height: number
  readonly of: Case
  readonly estimates: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly alone: string | null
  readonly heat: Heat | null
  readonly ref: Ref<StageHandle>
}

interface Shown { readonly letter: string; readonly said: string; readonly color: string; readonly dashed: boolean; readonly shapes: readonly Geometry[] }

/** CSS pixels: between panes, of a pane's head, of a step with an arrow key. */
const gap = 1, headHeight = 24, step = 48
const leastAir = 8

/** Each person's answer and the estimate in panes of their own, moved and zoomed together. */
export function SidePanes({ picture, width, height, of, estimates, labels, alone, heat, ref }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState<Size>({ width: 0, height: 0 })
  const [look, setLook] = useState<Look | null>(null)
  const panes = useMemo(() => panesOf(of, estimates, labels), [of, estimates, labels])
  const item = useMemo<Size>(() => ({ width, height }), [width, height])
  const bounds = useMemo<Bounds>(() => withAir(boundsOfCase(of) ?? { minX: 0, minY: 0, maxX: width, maxY: height }, leastAir, 0.15), [of, width, height])
  useEffect(() => {
    const watch = new ResizeObserver(() => setRoom({ width: box.current!.clientWidth, height: box.current!.clientHeight }))
    watch.observe(box.current!)
    return () => watch.disconnect()
  }, [])
  const columns = columnsFor(panes.length, room, bounds, gap)
  const cell = paneSize(panes.length, columns, room, gap)
  const pane = useMemo<Size>(() => ({ width: cell.width, height: Math.max(1, cell.height - headHeight) }), [cell.width, cell.height])
  // Another case is looked at as a whole; the same one as it was left.
  useEffect(() => setLook(null), [of.key])
  const shown = look ?? lookAt(bounds, pane)
  const change = (next: (look: Look) => Look) => setLook((before) => next(before ?? lookAt(bounds, pane)))
  const zoomBy = (factor: number) => change((before) => zoomed(before, factor, { x: pane.width / 2, y: pane.height / 2 }, pane, item))
  useImperativeHandle(ref, () => ({ fit: () => setLook(lookAt({ minX: 0, minY: 0, maxX: width, maxY: height }, pane)), closer: () => setLook(null), zoomBy, busy: () => false }))
  useEffect(() => {
    const element = box.current!
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const intent = wheelIntent(event)
      const under = event.target instanceof HTMLCanvasElement ? { x: event.offsetX, y: event.offsetY } : { x: pane.width / 2, y: pane.height / 2 }
      change((before) => (intent.kind === 'zoom' ? zoomed(before, intent.factor, under, pane, item) : moved(before, intent.dx, intent.dy, item)))
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  })
  const held = useRef<{ readonly x: number; readonly y: number } | null>(null)
  const grab = (event: PointerEvent<HTMLDivElement>) => {
    held.current = { x: event.clientX, y: event.clientY }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const drag = ({ clientX: x, clientY: y }: PointerEvent) => {
    const { current: from } = held
    if (from === null) return
    held.current = { x, y }
    change((before) => moved(before, x - from.x, y - from.y, item))
  }
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    change((before) => moved(before, by[0]!, by[1]!, item))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- the role takes the keyboard itself
    <div ref={box} className="panes" role="application" aria-label={words.sideBySide} tabIndex={0} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, gridAutoRows: `${cell.height}px`, gap }}
      data-scale={shown.scale} data-x={shown.x} data-y={shown.y}
      onPointerDown={grab} onPointerMove={drag} onLostPointerCapture={() => { held.current = null }} onKeyDown={key}>
      {panes.map((one) => (
        <figure key={one.letter} className="pane" aria-label={words.paneOf(one.letter)} data-faded={alone !== null && alone !== one.letter ? '' : undefined}>
          <figcaption className="pane__head"><LetterChip letter={one.letter} /><span className="q-muted q-clip">{one.said}</span></figcaption>
          {picture === null ? null : <PaneCanvas picture={picture} width={width} size={pane} look={shown} pane={one} heat={one.letter === 'estimate' ? heat : null} />}
        </figure>
      ))}
    </div>
  )
}

function panesOf({ variants, proposals }: Case, estimates: readonly Annotation[], labels: Props['labels']): readonly Shown[] {
  const said = (all: readonly Pick<Annotation, 'label'>[]) => [...new Set(all.map(({ label }) => (label === null ? words.noLabel : (labels.get(label)?.name ?? label))))].join(', ')
  const there = estimates.filter((_, at) => (proposals[at]?.existence ?? 0) > 0)
  return [
    ...present(variants).map(({ letter, annotations }) => ({ letter, said: said(annotations), color: signOf(letter).color, dashed: false, shapes: annotations.map(({ geometry }) => geometry) })),
    { letter: 'estimate', said: there.length === 0 ? words.nothingHere : said(there), color: estimateColor, dashed: true, shapes: there.map(({ geometry }) => geometry) },
  ]
}

interface PaneProps { readonly picture: Picture; readonly width: number; readonly size: Size; readonly look: Look; readonly pane: Shown; readonly heat: Heat | null }

function PaneCanvas({ picture, width, size, look, pane, heat }: PaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current!.getContext('2d')!
    const ratio = devicePixelRatio
    context.canvas.width = Math.round(size.width * ratio)
    context.canvas.height = Math.round(size.height * ratio)
    const { scale, offsetX, offsetY } = viewportOf(look, size)
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * offsetX, ratio * offsetY)
    drawPicture(context, picture, width)
    if (heat !== null) context.drawImage(heat.canvas, heat.bounds.minX, heat.bounds.minY, heat.bounds.maxX - heat.bounds.minX, heat.bounds.maxY - heat.bounds.minY)
    strokeShapes(context, pane.shapes, pane, scale)
  }, [picture, width, size, look, pane, heat])
  return <canvas ref={canvas} style={{ width: size.width, height: size.height }} />
}
