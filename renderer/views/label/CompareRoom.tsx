import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { Viewport } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { Layer } from '#shared/model/author.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { Canvas } from '#renderer/canvas/Canvas.tsx'
import type { CanvasHandle } from '#renderer/canvas/props.ts'
import type { Emphasis } from '#renderer/canvas/style.ts'
import { fit } from '#renderer/canvas/view.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Slider } from '#renderer/ui/Choice.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import './compare.css'
import { CompareFigures } from './CompareFigures.tsx'
import { CompareTexts } from './CompareTexts.tsx'
import type { ComparedSide, Comparing, SideName } from './comparing.ts'
import { compareWords as words } from './compareWords.ts'
import type { DraftHand } from './draftHand.ts'
import { showHint } from './HintStatus.tsx'
import type { LabelStore } from './labelState.ts'
import { showPointer } from './pointer.ts'

interface Props {
  readonly asset: ImageAsset
  readonly picture: Picture | null
  readonly comparing: Comparing
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly me: Layer
  readonly state: LabelStore
  readonly hand: DraftHand
  readonly readOnly: boolean
  readonly onSelect: (ids: readonly AnnotationId[]) => void
  readonly ref: Ref<CanvasHandle>
}

/** The same picture twice: one model's drafts on the left, another's on the right. Both are zoomed and moved as one. */
export function CompareRoom({ asset, picture, comparing, labels, me, state, hand, readOnly, onSelect, ref }: Props) {
  const left = useRef<CanvasHandle>(null), right = useRef<CanvasHandle>(null)
  const follow = useFollowing(left, right)
  useImperativeHandle(ref, () => both(left, right), [])
  // The keys of drafts work where the pictures are.
  useEffect(() => left.current?.focus(), [])
  const emphasis = useMemo(() => emphasisOf(comparing), [comparing])
  const pane = (name: SideName, handle: RefObject<CanvasHandle | null>) => (
    <Pane key={name} name={name} handle={handle} asset={asset} picture={picture} comparing={comparing} labels={labels} me={me} state={state} hand={hand} readOnly={readOnly} emphasis={emphasis} onSelect={onSelect} onView={follow} />
  )
  return (
    <div className="compare" role="group" aria-label={words.title}>
      <div className="compare__panes">{pane('left', left)}{pane('right', right)}</div>
      <CompareTexts comparing={comparing} state={state} onSelect={onSelect} />
      <CompareFigures comparing={comparing} labels={labels} hand={hand} readOnly={readOnly} onLeave={() => state.setState({ comparing: false })} />
    </div>
  )
}

/** What both have is quiet, what one has is strong, what they call or read differently is marked. What I took from either side is settled. */
function emphasisOf({ comparison, settled }: Comparing): (annotation: Annotation) => Emphasis | null {
  return ({ id }) => {
    const standing = comparison.standing.get(id)
    if (standing === undefined) return null
    if (standing === 'matched' || settled.has(id)) return 'quiet'
    return standing === 'alone' ? 'strong' : 'marked'
  }
}

/** Whoever is moved takes the other along. */
function useFollowing(left: RefObject<CanvasHandle | null>, right: RefObject<CanvasHandle | null>): (view: Viewport, fitted: boolean) => void {
  const shared = useRef<Viewport | null>(null)
  return useCallback((view, fitted) => {
    if (same(view, shared.current)) return
    shared.current = view
    for (const { current } of [left, right]) {
      if (!current || near(current.view(), view)) continue
      // Fitted, it stays so when the window changes.
      if (fitted) current.fit()
      else current.setView(view)
    }
  }, [left, right])
}
/** Halves that are a pixel apart in size fit the picture by themselves, and keep it fitted. */
const near = (a: Viewport, b: Viewport) => Math.abs(a.scale / b.scale - 1) < 0.005 && Math.abs(a.offsetX - b.offsetX) < 1 && Math.abs(a.offsetY - b.offsetY) < 1
const same = (a: Viewport, b: Viewport | null) => b !== null && a.scale === b.scale && a.offsetX === b.offsetX && a.offsetY === b.offsetY

/** The two as one canvas for the commands; the second follows the first by itself. */
function both(left: RefObject<CanvasHandle | null>, right: RefObject<CanvasHandle | null>): CanvasHandle {
  const one = () => left.current!
  return {
    fit: () => one().fit(), actualSize: () => one().actualSize(), zoomBy: (factor) => one().zoomBy(factor), panBy: (dx, dy) => one().panBy(dx, dy),
    show: (id) => { left.current?.show(id); right.current?.show(id) },
    view: () => one().view(), setView: (view) => one().setView(view), send: (event) => one().send(event), settle: () => { left.current?.settle(); right.current?.settle() },
    busy: () => one().busy(), focus: () => one().focus(),
  }
}

interface PaneProps extends Omit<Props, 'ref'> {
  readonly name: SideName
  readonly handle: RefObject<CanvasHandle | null>
  readonly emphasis: (annotation: Annotation) => Emphasis | null
  readonly onView: (view: Viewport, fitted: boolean) => void
}

function Pane({ name, handle, asset, picture, comparing, labels, me, state, hand, readOnly, emphasis, onSelect, onView }: PaneProps) {
  const side = comparing[name]
  const [over, setOver] = useState<AnnotationId | null>(null)
  const section = useRef<HTMLElement>(null)
  const told = useCallback((view: Viewport) => {
    const element = section.current?.querySelector('[role=application]')
    onView(view, element != null && near(view, fit(asset, { width: element.clientWidth, height: element.clientHeight })))
  }, [onView, asset])
  const { selection, hovered, tool, adjust } = useStore(state)
  // Pointed at here it is known; pointed at elsewhere, its counterpart lights up here.
  const partner = hovered === null ? undefined : comparing.comparison.partner.get(hovered)?.id
  const shows = (id: AnnotationId | null | undefined) => id != null && side.shown.some((annotation) => annotation.id === id)
  const lit = over !== null ? over : shows(hovered) ? hovered : shows(partner) ? partner! : null
  const tagged = useMemo(() => (annotation: Annotation) => { const said = emphasis(annotation); return said !== null && said !== 'quiet' }, [emphasis])
  return (
    <section ref={section} className="compare__pane" aria-label={words.pane[name]}>
      <PaneHead name={name} side={side} comparing={comparing} hand={hand} readOnly={readOnly} />
      <Canvas ref={handle} name={words.canvas[name]} asset={asset.id} picture={picture} width={asset.width} height={asset.height} annotations={side.shown} labels={labels} me={me} selection={selection} hovered={lit}
        visible={all} editable={no} label={null} tags={tagged} emphasis={emphasis} tool={tool === 'pan' ? 'pan' : 'select'} adjust={adjust} create={never} onCommit={ignore} onSelect={onSelect} onPointer={showPointer} onHint={showHint}
        onHover={(id) => { setOver(id); state.setState({ hovered: id }) }} onView={told} />
      {side.drafts.length === 0 ? <p className="compare__none">{side.model === null ? words.noModel : words.noDrafts(side.model, side.below)}</p> : null}
    </section>
  )
}

/** Whose drafts, how many and how sure; from which score on; all of them at once. */
function PaneHead({ name, side, comparing, hand, readOnly }: { readonly name: SideName; readonly side: ComparedSide; readonly comparing: Comparing; readonly hand: DraftHand; readonly readOnly: boolean }) {
  const options = [...new Set([...comparing.models, ...(side.model === null ? [] : [side.model])])].sort()
  const { model, takeable } = side
  return (
    <div className="compare__head">
      <Select label={words.choose[name]} hideLabel size="small" value={model ?? ''} options={model === null ? [{ value: '', label: words.none }, ...options.map(option)] : options.map(option)} onChange={(chosen) => { if (chosen !== '') comparing.choose(name, chosen) }} />
      <span className="compare__count q-muted">{words.count(side.drafts.length, side.meanScore)}</span>
      <Slider label={model === null ? words.leastOfNone[name] : words.least(model)} value={side.least} min={0} max={1} step={0.01} text={words.percent(side.least)} disabled={model === null} onChange={(least) => comparing.setLeast(name, least)} />
      <span className="compare__least">{words.percent(side.least)}</span>
      <Button size="small" disabled={readOnly || takeable.length === 0} aria-label={words.takeAllOf(takeable.length, model ?? words.none)} onClick={() => hand.acceptAll(takeable)}>{words.takeAll(takeable.length)}</Button>
    </div>
  )
}
const option = (model: string) => ({ value: model, label: model })

const all = () => true
const no = () => false
const ignore = () => undefined
const never = (): Annotation => {
  throw new Error('nothing is drawn while models are compared')
}
