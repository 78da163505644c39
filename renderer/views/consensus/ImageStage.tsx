import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type Ref, useImperativeHandle } from 'react'
import type { Viewport } from '#shared/geometry/point.ts'
import { applyDiff } from '#shared/model/apply.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { after, type Diff } from '#shared/model/diff.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { Canvas } from '#renderer/canvas/Canvas.tsx'
import type { CanvasHandle } from '#renderer/canvas/props.ts'
import { frame } from '#renderer/canvas/view.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import { heatOf } from './heat.ts'
import { boundsOfCase, drawingOf, present, withAir } from './shapes.ts'
import type { Case } from './variants.ts'

export interface ImageStageHandle { readonly fit: () => void; readonly closer: () => void }

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
  readonly heat: boolean
  /** What is being edited; then the shapes of people are not drawn. */
  readonly edited: readonly Annotation[] | null
  readonly onEdit: (annotations: readonly Annotation[]) => void
  readonly onHint: (hint: string) => void
  readonly ref: Ref<ImageStageHandle>
}

const leastAir = 24
/** The strongest heat: the hue that means attention in neither theme's labels. */
const heatColour = [255, 64, 48] as const

/** The picture with everybody's shapes, the estimate and, where they differ, heat. */
export function ImageStage({ asset, picture, width, height, of, estimates, labels, alone, heat, edited, onEdit, onHint, ref }: Props) {
  const canvas = useRef<CanvasHandle>(null)
  const box = useRef<HTMLDivElement>(null)
  const [selection, setSelection] = useState<readonly AnnotationId[]>([])
  const drawing = useMemo(() => (of === null ? nothing : drawingOf(of, labels, estimates)), [of, labels, estimates])
  const bounds = useMemo(() => (of === null ? null : boundsOfCase(of)), [of])
  const visible = useMemo(() => (annotation: Annotation) => alone === null || letterOf(drawing.labels.get(annotation.label!)?.name ?? '') === alone, [alone, drawing])
  const closer = useCallback(() => {
    const { current } = box
    if (bounds === null || current === null) return canvas.current?.fit()
    canvas.current?.setView(frame(withAir(bounds, leastAir), { width: current.clientWidth, height: current.clientHeight }, { scale: 1, offsetX: 0, offsetY: 0 }))
  }, [bounds])
  useImperativeHandle(ref, () => ({ fit: () => canvas.current?.fit(), closer }), [closer])
  const key = of?.key ?? null
  useEffect(() => {
    // After the canvas has fitted the new item.
    const frameRequest = requestAnimationFrame(() => requestAnimationFrame(closer))
    return () => cancelAnimationFrame(frameRequest)
    // oxlint-disable-next-line react/exhaustive-deps -- a case is gone to once, not each time its records are read anew
  }, [asset, key, picture])
  const ids = edited?.map(({ id }) => id).join(' ') ?? ''
  useEffect(() => setSelection(ids === '' ? [] : (ids.split(' ') as AnnotationId[])), [ids])

  const heatShown = useMemo(() => (heat && edited === null && of !== null && bounds !== null ? heatOf(present(of.variants).map(({ annotations }) => annotations.map(({ geometry }) => geometry)), withAir(bounds, 4), heatColour) : null), [heat, edited, of, bounds])
  const overlay = useRef<HTMLDivElement>(null)
  const place = useCallback((view: Viewport) => {
    const { current } = overlay
    if (current && heatShown) current.style.transform = `translate(${view.offsetX + heatShown.bounds.minX * view.scale}px, ${view.offsetY + heatShown.bounds.minY * view.scale}px) scale(${((heatShown.bounds.maxX - heatShown.bounds.minX) * view.scale) / heatShown.canvas.width})`
  }, [heatShown])
  useLayoutEffect(() => {
    const { current } = overlay
    if (!current || !heatShown) return
    const shown = document.createElement('canvas')
    shown.width = heatShown.canvas.width
    shown.height = heatShown.canvas.height
    shown.getContext('2d')!.drawImage(heatShown.canvas, 0, 0)
    current.replaceChildren(shown)
    if (canvas.current) place(canvas.current.view())
  }, [heatShown, place])

  const commit = (_name: string, diff: Diff) => {
    if (edited === null) return
    const records = new Map(edited.map((annotation) => [annotation.id as string, annotation]))
    const changed = after(applyDiff((id) => records.get(id), diff)).filter((record) => record.type === 'annotation')
    onEdit(edited.map((annotation) => changed.find(({ id }) => id === annotation.id) ?? annotation))
  }
  return (
    <div className="disputestage" ref={box}>
      <Canvas ref={canvas} asset={asset} picture={picture} width={width} height={height} annotations={edited ?? drawing.annotations} labels={edited === null ? drawing.labels : labels} me={null} selection={edited === null ? none : selection}
        visible={edited === null ? visible : all} editable={edited === null ? no : all} label={null} tags="never" tool={edited === null ? 'pan' : 'select'} create={never} onCommit={commit} onSelect={setSelection} onHint={edited === null ? ignore : onHint} onView={place} />
      {heatShown === null ? null : <div ref={overlay} className="heat" aria-hidden="true" />}
    </div>
  )
}

/** The letter that a drawn label's name begins with. */
const letterOf = (name: string) => name.split(' · ')[0]!
const nothing = { annotations: [] as readonly Annotation[], labels: new Map<LabelId, Label>() }
const none: readonly AnnotationId[] = []
const all = () => true
const no = () => false
const ignore = () => undefined
const never = (): Annotation => {
  throw new Error('nothing is drawn in the consensus view')
}
