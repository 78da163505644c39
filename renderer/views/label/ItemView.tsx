import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { ProjectState } from '#shared/contract/api.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { adding, after, updating } from '#shared/model/diff.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import { submissionId } from '#shared/model/submission.ts'
import { adoptedId } from '#shared/model/verdict.ts'
import type { SoundHandle } from '#renderer/audio/AudioEditor.tsx'
import { AudioTools } from '#renderer/audio/AudioTools.tsx'
import { Canvas } from '#renderer/canvas/Canvas.tsx'
import type { CanvasHandle } from '#renderer/canvas/props.ts'
import type { OpenItem } from '#renderer/editor/items.ts'
import { StatusBarContent, useSession } from '#renderer/frame/context.tsx'
import { reaches } from '#renderer/tools/drafts.ts'
import { copyInto, relabel } from '#renderer/tools/edits.ts'
import { BackendStatus } from '#renderer/inference/BackendStatus.tsx'
import { useSegmenting } from '#renderer/inference/useSegmenting.ts'
import { takenOver, type Edit } from '#renderer/tools/edited.ts'
import { Notice } from '#renderer/ui/Feedback.tsx'
import { SidePane } from '#renderer/ui/Panes.tsx'
import { AdjustPopover } from './AdjustPopover.tsx'
import { AudioItem } from './AudioItem.tsx'
import { CompareRoom } from './CompareRoom.tsx'
import { useComparing } from './comparing.ts'
import { compareWords } from './compareWords.ts'
import { DraftBar } from './DraftBar.tsx'
import { useDraftHand, useTimeInHand } from './draftHand.ts'
import { draftWords } from './draftWords.ts'
import { HintStatus, showHint } from './HintStatus.tsx'
import { Inspector } from './Inspector.tsx'
import { staysComparing, useItemCommands } from './itemCommands.ts'
import { LikeBar } from './LikeBar.tsx'
import { LineRoom } from './LineRoom.tsx'
import { newAnnotation, useOnItem } from './onItem.ts'
import { PointerStatus } from './PointerStatus.tsx'
import { showPointer } from './pointer.ts'
import { SegmentBar } from './SegmentBar.tsx'
import { TextLineRoom, useReadingPath } from './TextLineRoom.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useAssistedBoxes } from './useAssistedBoxes.ts'
import { usePicture } from './useItem.ts'
import { useLikeThis } from './useLikeThis.ts'
import { useReadLines } from './useReadLines.ts'
import { words } from './words.ts'
import type { Workplace } from './workplace.ts'

interface Props {
  readonly item: OpenItem
  readonly project: ProjectState
  readonly me: Author
  readonly workplace: Workplace
  readonly step: (by: number) => void
  readonly nextForMe: () => void
  /** Where the window goes from an item that is done. */
  readonly afterSubmit: () => void
}

const isDrawn = ({ geometry }: Annotation) => geometry.kind !== 'item' && geometry.kind !== 'segment'

/** One item in hand: tools, picture or sound, inspector. */
export function ItemView({ item, project, me, workplace, step, nextForMe, afterSubmit }: Props) {
  const session = useSession()
  const { state } = workplace
  const { asset, document } = item
  const { tool, label, selection, hovered, adjust, crosshair, inspector, lineMode, cutouts, handed, comparing: compareMode } = useStore(state)
  const here = useOnItem(item, me, state)
  const { layers: hidden, unaided } = useStore(item.hidden)
  const stacks = useStore(document.state)
  const canvas = useRef<CanvasHandle>(null)
  const sound = useRef<SoundHandle>(null)
  const shown = usePicture(workplace, item)
  const compared = useComparing(item, me, state)
  const comparing = compareMode && asset.kind === 'image' && !lineMode
  const inSight = comparing ? compared.walk : here.annotations
  const { onQuestion } = useSegmenting(asset, tool === 'click-to-segment' && !lineMode && project.readOnly === null, canvas)
  const labels = useMemo(() => new Map<LabelId, ProjectState['labels'][number]>(project.labels.map((each) => [each.id, each])), [project.labels])
  const readOnly = project.readOnly !== null
  const editable = useMemo(() => ({ layer, draft }: Annotation) => !readOnly && (layer === layerOf(me) || layer === 'final' || draft), [me, readOnly])
  const selected = useMemo(() => chosenOf(comparing ? [...compared.left.shown, ...compared.right.open] : here.annotations, selection), [comparing, compared, here.annotations, selection])
  const mine = useMemo(() => selected.filter(editable), [selected, editable])
  const foreign = useMemo(() => selected.filter((annotation) => !editable(annotation)), [selected, editable])
  const drafts = useMemo(() => inSight.filter(({ draft }) => draft), [inSight])
  const least = useStore(state, (label) => label.leastScore)
  const below = here.drafts.filter((draft) => !reaches(draft, least)).length
  const shapes = useMemo(() => here.annotations.filter(isDrawn), [here.annotations])
  const drawingLabel = label !== null && labels.has(label) ? label : (project.labels[0]?.id ?? null)
  const create = useMemo(() => (geometry: Annotation['geometry']) => newAnnotation(asset.id, me, geometry, drawingLabel === null ? null : (labels.get(drawingLabel) ?? null), here.all), [asset.id, me, labels, drawingLabel, here.all])
  const extent: Bounds | null = asset.kind === 'image' ? { minX: 0, minY: 0, maxX: asset.width, maxY: asset.height } : null

  const select = (ids: readonly AnnotationId[]) => state.setState({ selection: ids })
  const [held] = mine.length === 1 && mine[0]!.draft ? mine : []
  const inHand = useTimeInHand(held?.id ?? null)
  const commit = (edit: Edit | null, durationMs?: number) => {
    if (!edit || readOnly) return
    const judged = [...Object.values(edit.diff.updated).map(([from]) => from), ...Object.values(edit.diff.removed)].filter((record) => record.type === 'annotation' && record.draft)
    const diff = takenOver(edit.diff, me, Date.now(), judged.length === 1 ? inHand(judged[0]!.id) : null)
    document.commit(edit.name, diff, durationMs)
    // What is in hand stays in hand when it becomes mine.
    const own = (id: AnnotationId) => (adoptedId(id, me) in diff.added ? adoptedId(id, me) : id)
    if (state.getState().selection.some((id) => own(id) !== id)) state.setState({ selection: state.getState().selection.map(own) })
  }
  /** What is said of the whole item begins to exist with its first word. */
  const commitWhole = (edit: Edit | null) => {
    const [to] = edit ? after(edit.diff) : []
    if (edit && to && !document.state.getState().records.has(to.id)) commit({ name: edit.name, diff: adding(to) })
    else commit(edit)
  }
  const whole = useMemo(
    () => here.all.find(({ geometry, layer }) => geometry.kind === 'item' && layer === layerOf(me)) ?? newAnnotation(asset.id, me, { kind: 'item' }, null, []),
    [here.all, asset.id, me],
  )
  const chooseLabel = (id: LabelId) => {
    state.setState({ label: id })
    const wanted = labels.get(id)
    if (!wanted || mine.length === 0) return
    const edit = relabel(mine, wanted)
    if (edit) commit(edit)
    else if (mine.every((annotation) => annotation.label !== id)) session.toast({ tone: 'attention', text: words.notAllowed(wanted.name, words.kinds[mine[0]!.geometry.kind]) })
  }
  const submit = () => {
    const was = here.mySubmission
    const submitted = was?.state === 'submitted'
    const to = { type: 'submission', id: submissionId(asset.id, me), asset: asset.id, author: me, state: submitted ? 'reopened' : 'submitted', at: Date.now() } as const
    canvas.current?.settle()
    commit({ name: submitted ? 'open item again' : 'submit item', diff: was ? updating([was, to]) : adding(to) })
    void workplace.queue.settled().then(() => workplace.items.reload(asset.id))
    if (!submitted) afterSubmit()
  }
  const undo = async (way: 'undo' | 'redo') => {
    const name = await document[way]()
    if (name === null) session.toast({ tone: 'neutral', text: way === 'undo' ? words.nothingToUndo : words.nothingToRedo })
  }
  const copyToMine = () => {
    const edit = copyInto(foreign, me, here.all)
    commit(edit)
    if (edit) select(Object.keys(edit.diff.added) as AnnotationId[])
  }
  const show = (id: AnnotationId) => { canvas.current?.show(id); sound.current?.show(id) }
  const hand = useDraftHand({ drafts: readOnly ? noAnnotations : drafts, selected: mine, relations: here.relations, commit, select, show })
  const leave = (by: number) => {
    canvas.current?.settle()
    step(by)
  }
  const leaveForQueue = () => {
    canvas.current?.settle()
    nextForMe()
  }

  const compare = (on: boolean) => {
    if (on && asset.kind === 'audio') session.toast({ tone: 'neutral', text: compareWords.sound })
    else if (on && compared.models.length < 2) session.toast({ tone: 'neutral', text: compareWords.needTwo })
    else {
      state.setState(on ? { comparing: true, lineMode: false, tool: tool === 'pan' ? 'pan' : 'select' } : { comparing: false })
      if (!on) requestAnimationFrame(() => canvas.current?.focus())
    }
  }

  const readLines = useReadLines(asset, state, mine)
  const boxes = useAssistedBoxes({ item, state, mine, labels, extent, commit })
  const alike = useLikeThis({ asset, me, state, mine, all: here.all, unaided, commit, select })
  const path = useReadingPath(here, me, state, commit, asset.kind === 'image')
  useItemCommands({ state, here, shapes: comparing ? noAnnotations : shapes, mine, labels: project.labels, extent, canvas, commit, select, chooseLabel, submit, undo: (way) => void undo(way), leave, nextForMe: leaveForQueue, copyToMine, foreign: foreign.length > 0 && !readOnly, hand, drafts, image: asset.kind === 'image', comparing: comparing ? compared : null, compare })
  useEffect(() => {
    // What an undo or another window took away is not selected any more.
    if (selected.length < selection.length) state.setState({ selection: selected.map(({ id }) => id) })
  }, [selected, selection, state])

  const toolbar = (
    <Toolbar tool={tool} drawing={asset.kind === 'image'} others={<AudioTools />} onTool={(next) => { state.setState({ tool: next, lineMode: false, comparing: comparing && staysComparing(next) }); canvas.current?.focus() }} canUndo={stacks.undo.length > 0} canRedo={stacks.redo.length > 0}
      submitted={here.mySubmission?.state === 'submitted'} adjust={<AdjustPopover state={state} />}
      run={(command) => ({ 'undo': () => void undo('undo'), 'redo': () => void undo('redo'), 'fit': () => canvas.current?.fit(), 'zoom-in': () => canvas.current?.zoomBy(1.25), 'zoom-out': () => canvas.current?.zoomBy(0.8), 'previous': () => leave(-1), 'next': () => leave(1), 'submit': submit })[command]()} />
  )
  return (
    <>
      {toolbar}
      <div className="stage">
        {shown?.failure ? <Notice tone="problem">{words.pictureFailed}</Notice> : null}
        {hidden > 0 ? <div className="stage__notice"><Notice>{words.hidden(hidden)}</Notice></div> : null}
        {asset.kind === 'image' && lineMode ? (
          <LineRoom item={item} asset={asset} picture={shown?.picture ?? null} project={project} me={me} state={state} editable={editable} make={create} onEdit={commit} />
        ) : asset.kind === 'image' && comparing ? (
          <CompareRoom ref={canvas} asset={asset} picture={shown?.picture ?? null} comparing={compared} labels={labels} me={layerOf(me)} state={state} hand={hand} readOnly={readOnly} onSelect={select} />
        ) : asset.kind === 'image' ? (
          <Canvas ref={canvas} asset={asset.id} picture={shown?.picture ?? null} width={asset.width} height={asset.height} annotations={shapes} labels={labels} me={layerOf(me)} selection={selection} hovered={hovered}
            visible={visibleAll} editable={editable} label={drawingLabel} cutouts={cutouts} crosshair={crosshair} create={create} tool={readOnly ? 'pan' : tool} adjust={adjust}
            path={path} onCommit={(name, diff, durationMs) => { commit({ name, diff }, durationMs); boxes.drawn(name, diff); readLines.drawn(name, diff) }} onSelect={select} onPointer={showPointer} onHint={showHint} onQuestion={onQuestion} onHover={(id) => state.setState({ hovered: id })} />
        ) : (
          <AudioItem key={asset.id} handle={sound} walksDrafts={hand.walks(1)} draftInHand={hand.current !== null} item={item} asset={asset} project={project} here={here} me={layerOf(me)} labels={labels} selection={selection} readOnly={readOnly} editable={editable} create={create} whole={whole} onSelect={select} onCommit={commit} onWhole={commitWhole} />
        )}
        {asset.kind === 'image' && !lineMode && !comparing ? <TextLineRoom selected={mine} tool={tool} project={project} onEdit={commit} onDone={() => canvas.current?.focus()} /> : null}
        {tool === 'click-to-segment' && asset.kind === 'image' && !lineMode ? <SegmentBar state={state} /> : null}
        <LikeBar alike={alike} />
        {readOnly || comparing ? null : <DraftBar drafts={drafts} below={below} selected={mine.filter(({ draft }) => draft).length} label={held?.label ? labels.get(held.label) : undefined} hand={hand} docked={asset.kind === 'audio' || lineMode || tool === 'text-line'} />}
      </div>
      <SidePane side="end" label={words.panes.inspector} initial={300} min={220} max={480} collapsed={!inspector || comparing || (lineMode && asset.kind === 'image')} storageKey="label.inspector">
        <Inspector asset={asset} here={here} labels={project.labels} byId={labels} me={me} guideline={project.project.guideline} state={state} hand={hand} onLike={readOnly ? null : alike.begin} onCompare={compared.models.length > 1 ? () => compare(true) : null} unaided={unaided} readOnly={readOnly} selected={mine} foreign={foreign} whole={asset.kind === 'image' ? whole : null} onCopy={copyToMine} onChoose={chooseLabel} onSelect={(id) => { select([id]); show(id) }} onEdit={commit} onWhole={commitWhole} />
      </SidePane>
      <StatusBarContent>
        {asset.kind === 'image' && !lineMode ? <PointerStatus /> : null}
        {selection.length > 0 ? <span>{words.selected(selection.length)}</span> : null}
        {unaided ? <span>{draftWords.unaided}</span> : null}
        {here.mySubmission?.state === 'submitted' ? <span>{words.submitted}</span> : null}
        {handed?.asset === asset.id ? <span className="q-clip q-muted" title={handed.why}>{handed.why}</span> : null}
        <span className="q-clip">{asset.kind === 'image' && !lineMode ? <HintStatus /> : null}</span>
        <BackendStatus />
      </StatusBarContent>
    </>
  )
}

const visibleAll = () => true

function chosenOf(annotations: readonly Annotation[], selection: readonly AnnotationId[]): readonly Annotation[] {
  if (selection.length === 0) return noAnnotations
  const chosen = new Set(selection)
  return annotations.filter(({ id }) => chosen.has(id))
}
const noAnnotations: readonly Annotation[] = []
