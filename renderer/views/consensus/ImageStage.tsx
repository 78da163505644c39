import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, type Ref } from 'react'
import type { Viewport } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { Canvas } from '#renderer/canvas/Canvas.tsx'
import type { CanvasHandle } from '#renderer/canvas/props.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import type { ToolId } from '#renderer/tools/tool.ts'
import type { Heat } from './heat.ts'
import { lookAt, viewportOf } from './look.ts'
import { boundsOfCase, drawingOf, withAir } from './shapes.ts'
import type { StageHandle } from './stage.ts'
import type { Case } from './variants.ts'

/** What an adjudicator does to their own answer on the canvas. */
export interface CanvasEditing {
  readonly things: readonly Annotation[]
  readonly chosen: AnnotationId | null
  readonly tool: ToolId
  readonly create: (geometry: Geometry) => Annotation
  readonly onCommit: (diff: Diff) => void
  readonly onChoose: (id: AnnotationId | null) => void
}

interface Props {
  readonly asset: AssetId
  readonly picture: Picture | null
  readonly width: number
  readonly height: number
  readonly of: Case | null
  readonly estimates: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  /** The letter whose shapes alone are looked at; `estimate` for the estimate; null: all. */
  readonly alone: string | null
  readonly heat: Heat | null
  /** What is being edited; then the shapes of people are not drawn. */
  readonly editing: CanvasEditing | null
  readonly onHint: (hint: string) => void
  readonly ref: Ref<StageHandle>
}

/** Pixels of the item around the least of disputes. */
const leastAir = 16

/** The picture with everybody's shapes over each other, the estimate and, where they differ, heat. */
export function ImageStage({ asset, picture, width, height, of, estimates, labels, alone, heat, editing, onHint, ref }: Props) {
  const canvas = useRef<CanvasHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const drawing = useMemo(() => (of === null ? nothing : drawingOf(of, labels, estimates)), [of, labels, estimates])
  const bounds = useMemo(() => (of === null ? null : boundsOfCase(of)), [of])
  const visible = useMemo(() => (annotation: Annotation) => alone === null || letterOf(drawing.labels.get(annotation.label!)?.name ?? '') === alone, [alone, drawing])
  const closer = useCallback(() => {
    const { current } = box
    if (bounds === null || current === null) return canvas.current?.fit()
    const size = { width: current.clientWidth, height: current.clientHeight }
    canvas.current?.setView(viewportOf(lookAt(withAir(bounds, leastAir, 0.25), size), size))
  }, [bounds])
  useImperativeHandle(ref, () => ({ fit: () => canvas.current?.fit(), closer, zoomBy: (factor) => canvas.current?.zoomBy(factor), busy: () => canvas.current?.busy() ?? false }), [closer])
  const key = of?.key ?? null
  useEffect(() => {
    // After the canvas has fitted the new item.
    const frameRequest = requestAnimationFrame(() => requestAnimationFrame(closer))
    return () => cancelAnimationFrame(frameRequest)
    // oxlint-disable-next-line react/exhaustive-deps -- a case is gone to once, not each time its records are read anew
  }, [asset, key, picture])
  const shownHeat = editing === null ? heat : null
  const [overlay, place] = useOverlay(shownHeat, canvas)
  const chosen = editing?.chosen ?? null
  const selection = useMemo(() => (chosen === null ? none : [chosen]), [chosen])
  return (
    <div className="disputestage" ref={box}>
      <Canvas ref={canvas} asset={asset} picture={picture} width={width} height={height} annotations={editing?.things ?? drawing.annotations} labels={editing === null ? drawing.labels : labels} me={null} selection={selection}
        visible={editing === null ? visible : all} editable={editing === null ? no : all} label={null} tags="never" tool={editing?.tool ?? 'pan'} create={editing?.create ?? never} onCommit={(_name, diff) => editing?.onCommit(diff)}
        onSelect={(ids) => editing?.onChoose(ids.at(-1) ?? null)} onHint={editing === null ? ignore : onHint} onView={place} />
      {shownHeat === null ? null : <div ref={overlay} className="heat" aria-hidden="true" />}
    </div>
  )
}

/** A layer over the canvas that moves with its view. */
function useOverlay(heat: Heat | null, canvas: { readonly current: CanvasHandle | null }) {
  const overlay = useRef<HTMLDivElement>(null)
  const place = useCallback((view: Viewport) => {
    const { current } = overlay
    if (current && heat) current.style.transform = `translate(${view.offsetX + heat.bounds.minX * view.scale}px, ${view.offsetY + heat.bounds.minY * view.scale}px) scale(${((heat.bounds.maxX - heat.bounds.minX) * view.scale) / heat.canvas.width})`
  }, [heat])
  useLayoutEffect(() => {
    const { current } = overlay
    if (!current || !heat) return
    const shown = document.createElement('canvas')
    shown.width = heat.canvas.width
    shown.height = heat.canvas.height
    shown.getContext('2d')!.drawImage(heat.canvas, 0, 0)
    current.replaceChildren(shown)
    if (canvas.current) place(canvas.current.view())
  }, [heat, place, canvas])
  return [overlay, place] as const
}

/** The letter that a drawn label's name begins with. */
const letterOf = (name: string) => name.split(' · ')[0]!
const nothing = { annotations: [] as readonly Annotation[], labels: new Map<LabelId, Label>() }
const none: readonly AnnotationId[] = []
const all = () => true
const no = () => false
const ignore = () => undefined
const never = (): Annotation => {
  throw new Error('nothing is drawn while people’s work is looked at')
}
