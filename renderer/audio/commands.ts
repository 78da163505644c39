import type { RefObject } from 'react'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import type { AnnotationId, TierId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Command } from '#renderer/frame/commands.ts'
import { useCommands } from '#renderer/frame/context.tsx'
import { deleteSelection } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import type { ToastMessage } from '#renderer/ui/toastMessage.ts'
import { speeds, type Player } from './player.ts'
import { soundPreferences } from './preferences.ts'
import { after, drawnSpan, merge, resizedSpan, respan, split, wordsOf, type Room, type Side, type Span } from './segmentEdits.ts'
import { segmentGeometry, timed, type Row, type SegmentIndex, type Timed } from './segments.ts'
import type { SegmentTextHandle } from './SegmentText.tsx'
import type { Stage } from './stage.ts'
import { addTier, newTier } from './tierEdits.ts'
import { audioTool } from './tool.ts'
import { holdCommand, type Pedals } from './usePedals.ts'
import { words } from './words.ts'

export interface AudioHands {
  readonly asset: AudioAsset
  readonly player: Player
  readonly rate: number
  readonly frames: number
  readonly readOnly: boolean
  readonly index: SegmentIndex
  readonly row: Row | null
  readonly tiers: readonly Tier[]
  readonly activeTier: TierId | null
  readonly selection: readonly AnnotationId[]
  readonly segments: readonly Timed[]
  readonly current: Timed | null
  readonly range: Span | null
  readonly relations: readonly Relation[]
  readonly me: Layer
  readonly fresh: (id: AnnotationId) => Annotation | null
  readonly create: (geometry: Annotation['geometry']) => Annotation
  readonly editable: (annotation: Annotation) => boolean
  readonly commit: (edit: Edit | null) => void
  readonly onTiers: (edit: Edit | null) => void
  readonly onSelect: (ids: readonly AnnotationId[]) => void
  readonly goTo: (segment: Timed, play: boolean) => void
  readonly stepSegment: (by: 1 | -1) => void
  readonly setRange: (range: Span | null) => void
  readonly setActive: (tier: TierId) => void
  readonly stage: RefObject<Stage | null>
  readonly text: RefObject<SegmentTextHandle | null>
  readonly toast: (message: Pick<ToastMessage, 'tone' | 'text'>) => void
  readonly pedals: Pedals
  /** Drafts are decided about by the view, whatever their kind; meanwhile these keys are theirs. */
  readonly walksDrafts: boolean
  readonly draftInHand: boolean
}

/** Everything a hand or a foot can do to a sound, with its key. */
export function useAudioCommands(hands: AudioHands): void {
  useCommands([...playing(hands), ...seeing(hands), ...(hands.readOnly ? [] : editing(hands))])
}

const aroundSeconds = 2

function playing({ player, rate, frames, current, range, stepSegment, pedals, walksDrafts }: AudioHands): Command[] {
  const group = words.groups.play
  const stretch = (): Span | null => range ?? (current && current.end > current.start ? { start: current.start, end: current.end } : null)
  const at = () => stretch() ?? { start: player.frame(), end: player.frame() }
  const faster = (by: 1 | -1) => {
    const { speed } = player.state.getState()
    const next = by > 0 ? speeds.find((value) => value > speed) : speeds.findLast((value) => value < speed)
    if (next === undefined) return
    player.set({ speed: next })
    soundPreferences.setState({ speed: next })
  }
  const playSpan = (start: number, end: number) => player.play({ start: Math.max(0, Math.round(start)), end: Math.min(frames, Math.round(end)) })
  return [
    { id: 'audio.toggle', name: words.commands.toggle, group, keys: ['Space', 'F6', 'Mod+Space'], run: () => player.toggle() },
    { id: 'audio.back', name: words.commands.back, group, keys: [',', 'F5', 'Pedal1'], run: () => player.skip(-1) },
    { id: 'audio.forward', name: words.commands.forward, group, keys: ['.', 'F7', 'Pedal3'], run: () => player.skip(1) },
    { id: holdCommand, name: words.commands.holdToPlay, group, keys: ['Pedal2'], unlisted: true, run: () => player.toggle() },
    { id: 'audio.play-segment', name: words.commands.playSegment, group, keys: ['Shift+Space', 'F8'], when: () => stretch() !== null, run: () => player.play(stretch()) },
    { id: 'audio.play-before', name: words.commands.playBefore, group, keys: ['Alt+,', 'Shift+F5'], run: () => playSpan(at().start - aroundSeconds * rate, at().start) },
    { id: 'audio.play-after', name: words.commands.playAfter, group, keys: ['Alt+.', 'Shift+F7'], run: () => playSpan(at().end, at().end + aroundSeconds * rate) },
    { id: 'audio.loop', name: words.commands.loop, group, keys: ['L', 'Alt+L'], run: () => player.set({ loop: !player.state.getState().loop }) },
    { id: 'audio.faster', name: words.commands.faster, group, keys: ['Alt+ArrowUp'], run: () => faster(1) },
    { id: 'audio.slower', name: words.commands.slower, group, keys: ['Alt+ArrowDown'], run: () => faster(-1) },
    { id: 'audio.start', name: words.commands.start, group, keys: ['Home'], run: () => player.seek(0) },
    { id: 'audio.end', name: words.commands.end, group, keys: ['End'], run: () => player.seek(frames) },
    { id: 'audio.next-segment', name: words.next, group, keys: ['Tab', 'Alt+ArrowRight'], when: () => inHand() && !walksDrafts, run: () => stepSegment(1) },
    { id: 'audio.previous-segment', name: words.previous, group, keys: ['Shift+Tab', 'Alt+ArrowLeft'], when: () => inHand() && !walksDrafts, run: () => stepSegment(-1) },
    { id: 'audio.connect-pedal', name: words.pedal.connect, group, keys: [], run: () => pedals.connect() },
  ]
}

/** Tab belongs to the segments while the sound, its text or nothing has the focus. */
const inHand = () => document.activeElement === document.body || document.activeElement?.closest('[role=region]') != null || document.activeElement?.closest('[data-text-of]') != null

function seeing({ stage, current, range }: AudioHands): Command[] {
  const group = words.groups.view
  const span = () => range ?? current
  return [
    { id: 'audio.tool-select', name: words.tools.select, group: words.toolGroup, keys: ['V'], run: () => audioTool.setState({ tool: 'select' }) },
    { id: 'audio.tool-segment', name: words.tools.segment, group: words.toolGroup, keys: ['S'], run: () => audioTool.setState({ tool: 'segment' }) },
    { id: 'audio.zoom-in', name: words.zoomIn, group, keys: ['+', '='], run: () => stage.current?.zoomBy(2) },
    { id: 'audio.zoom-out', name: words.zoomOut, group, keys: ['-'], run: () => stage.current?.zoomBy(0.5) },
    { id: 'audio.fit', name: words.fit, group, keys: ['F'], run: () => stage.current?.fit() },
    { id: 'audio.zoom-to', name: words.zoomTo, group, keys: ['Z'], when: () => span() !== null, run: () => { const to = span(); if (to) stage.current?.show(to.start, to.end) } },
    { id: 'audio.cancel', name: words.commands.cancel, group, keys: ['Escape'], unlisted: true, run: () => { stage.current?.cancel() } },
  ]
}

function editing(hands: AudioHands): Command[] {
  const { player, rate, frames, index, tiers, activeTier, segments, current, range, relations, me, fresh, create, editable, commit, onTiers, onSelect, setRange, setActive, text, toast, draftInHand } = hands
  const group = words.groups.segments
  const mine = segments.filter(({ annotation }) => editable(annotation))
  const own = current && editable(current.annotation) ? current : null
  /** What is typed is saved first, so that what is cut or joined is all of it. */
  const settled = (segment: Timed): Timed => {
    text.current?.settle()
    const record = fresh(segment.annotation.id)
    return (record && timed(record, rate)) ?? segment
  }
  const roomOf = (tier: Tier, layer: Layer): Room => ({ tier, row: index.row(tier.id, layer), from: 0, to: frames, rate })
  const endHere = (side: Side) => {
    const tier = own && tiers.find(({ id }) => id === own.tier)
    if (own && tier) commit(respan('move boundary', own, resizedSpan(own, side, player.frame(), roomOf(tier, own.annotation.layer)), rate))
  }
  const splitHere = () => {
    if (!own) return
    const caret = text.current?.caret() ?? null
    commit(split(settled(own), player.frame(), caret, rate))
  }
  const mergeNext = () => {
    if (mine.length > 1) return commit(merge(mine.map(settled), relations, rate))
    const next = own && after(index.row(own.tier, own.annotation.layer), own)
    if (own && next) commit(merge([settled(own), next], relations, rate))
  }
  const make = () => {
    const tier = tiers.find(({ id }) => id === activeTier)
    if (!range || !tier) return
    const span = drawnSpan(roomOf(tier, me), range.start, range.end)
    if (!span) return toast({ tone: 'attention', text: words.hints['no-overlap'] })
    const annotation = create(segmentGeometry(tier.id, span.start, span.end, rate))
    commit({ name: 'draw segment', diff: adding(annotation) })
    setRange(null)
    onSelect([annotation.id])
  }
  const intoWords = () => {
    if (!own) return
    const segment = settled(own)
    let count = 0
    const known = tiers.find(({ parent }) => parent === segment.tier)
    const name = tiers.find(({ id }) => id === segment.tier)?.name ?? words.firstTier
    const child = known ?? newTier(words.wordsOf(name), tiers, { parent: segment.tier, constraint: 'time-subdivision' })
    const edit = wordsOf(segment, child, rate, (geometry, word) => {
      const made = create(geometry)
      return { ...made, label: null, attributes: {}, text: word, order: made.order + count++ }
    })
    const taken = known ? index.row(known.id, me).segments.some(({ start, end }) => start < segment.end && end > segment.start) : false
    if (!edit || taken) return
    if (!known) onTiers(addTier(child))
    commit(edit)
  }
  const tierBy = (by: 1 | -1) => {
    const next = tiers[tiers.findIndex(({ id }) => id === activeTier) + by]
    if (!next) return
    setActive(next.id)
    onSelect([])
  }
  return [
    { id: 'audio.split', name: words.commands.split, group, keys: ['K', 'Alt+K'], when: () => own !== null, run: splitHere },
    { id: 'audio.merge', name: words.commands.merge, group, keys: ['M', 'Alt+M'], when: () => own !== null || mine.length > 1, run: mergeNext },
    { id: 'audio.start-here', name: words.commands.startHere, group, keys: ['I', 'Alt+I'], when: () => own !== null, run: () => endHere('start') },
    { id: 'audio.end-here', name: words.commands.endHere, group, keys: ['O', 'Alt+O'], when: () => own !== null, run: () => endHere('end') },
    { id: 'audio.words', name: words.commands.words, group, keys: ['W', 'Alt+W'], when: () => own !== null && (own.annotation.text ?? '') !== '', run: intoWords },
    { id: 'audio.make', name: words.commands.make, group, keys: ['Enter'], when: () => range !== null, run: make },
    { id: 'audio.write', name: words.commands.write, group, keys: ['X', 'F2'], when: () => current !== null && range === null, run: () => text.current?.focus() },
    { id: 'audio.write-now', name: words.commands.write, group, keys: ['Enter'], unlisted: true, when: () => current !== null && range === null && !draftInHand, run: () => text.current?.focus() },
    { id: 'audio.delete', name: words.commands.remove, group, keys: ['Delete', 'Backspace'], when: () => mine.length > 0 && !draftInHand, run: () => { commit(deleteSelection(mine.map(({ annotation }) => annotation), relations, 'delete segment')); onSelect([]) } },
    { id: 'audio.select-all', name: words.commands.allOf, group, keys: ['Mod+A'], run: () => onSelect(activeTier === null ? [] : index.row(activeTier, me).segments.map(({ annotation }) => annotation.id)) },
    { id: 'audio.next-tier', name: words.commands.nextTier, group, keys: ['ArrowDown'], when: inHand, run: () => tierBy(1) },
    { id: 'audio.previous-tier', name: words.commands.previousTier, group, keys: ['ArrowUp'], when: inHand, run: () => tierBy(-1) },
  ]
}
