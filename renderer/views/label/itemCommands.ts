import type { RefObject } from 'react'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { CanvasHandle } from '#renderer/canvas/props.ts'
import type { Command } from '#renderer/frame/commands.ts'
import { useCommands } from '#renderer/frame/context.tsx'
import { deleteSelection, duplicate, group, relabel, ungroup } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { bringForward, sendBackward } from '#renderer/tools/ordering.ts'
import { toolbar } from '#renderer/tools/registry.ts'
import type { ToolId } from '#renderer/tools/tool.ts'
import type { Comparing } from './comparing.ts'
import { compareWords } from './compareWords.ts'
import type { DraftHand } from './draftHand.ts'
import { draftWords } from './draftWords.ts'
import { toggled, type LabelStore } from './labelState.ts'
import type { OnItem } from './onItem.ts'
import { words } from './words.ts'

interface Hands {
  readonly state: LabelStore
  readonly here: OnItem
  readonly shapes: readonly Annotation[]
  /** The selected annotations that are mine to change. */
  readonly mine: readonly Annotation[]
  readonly labels: readonly Label[]
  readonly extent: Bounds | null
  readonly canvas: RefObject<CanvasHandle | null>
  readonly image: boolean
  readonly commit: (edit: Edit | null) => void
  readonly select: (ids: readonly AnnotationId[]) => void
  readonly chooseLabel: (label: LabelId) => void
  readonly submit: () => void
  readonly undo: (way: 'undo' | 'redo') => void
  readonly leave: (by: number) => void
  readonly nextForMe: () => void
  /** Whether others' shapes are selected that could be copied. */
  readonly foreign: boolean
  readonly copyToMine: () => void
  readonly hand: DraftHand
  /** Drafts in sight. */
  readonly drafts: readonly Annotation[]
  /** Null unless two models stand side by side. */
  readonly comparing: Comparing | null
  readonly compare: (on: boolean) => void
}

/** Everything a hand can do to the item, with its key: the palette, the cheat sheet and the keyboard read it. */
export function useItemCommands(hands: Hands): void {
  useCommands([...itemCommands(hands), ...(hands.image ? [...toolCommands(hands), ...viewCommands(hands), ...editCommands(hands)] : []), ...labelCommands(hands), ...draftCommands(hands), ...compareCommands(hands)])
}

function itemCommands({ state, submit, undo, leave, nextForMe, comparing }: Hands): Command[] {
  const group = words.groups.items
  const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus()
  return [
    { id: 'label.next', name: words.next, group, keys: comparing ? ['N', 'PageDown'] : ['N', 'D', 'PageDown'], run: () => leave(1) },
    { id: 'label.previous', name: words.previous, group, keys: comparing ? ['Shift+N', 'PageUp'] : ['Shift+N', 'A', 'PageUp'], run: () => leave(-1) },
    { id: 'label.next-for-me', name: words.nextForMe, group, keys: ['Q'], run: nextForMe },
    { id: 'label.submit', name: words.submit, group, keys: ['Mod+Enter'], run: submit },
    { id: 'label.undo', name: words.undo, group, keys: ['Mod+Z'], run: () => undo('undo') },
    { id: 'label.redo', name: words.redo, group, keys: ['Mod+Shift+Z', 'Mod+Y'], run: () => undo('redo') },
    { id: 'label.search', name: words.commands.focusSearch, group, keys: ['Mod+F', '/'], run: () => { state.setState({ itemList: true }); requestAnimationFrame(() => focus('.items input')) } },
    { id: 'label.item-list', name: words.commands.itemList, group, keys: ['['], run: () => state.setState({ itemList: !state.getState().itemList }) },
    { id: 'label.inspector', name: words.commands.inspector, group, keys: [']'], run: () => state.setState({ inspector: !state.getState().inspector }) },
  ]
}

const toolCommands = ({ state, canvas }: Hands): Command[] => toolbar.map(({ id, name, key }) => ({
  id: `tool.${id}`, name, group: words.groups.tools, keys: [key], run: () => { state.setState({ tool: id, lineMode: false, comparing: state.getState().comparing && staysComparing(id) }); canvas.current?.focus() },
}))

function viewCommands({ state, canvas, here }: Hands): Command[] {
  const group = words.groups.view
  const others = () => here.layers.slice(1).map(({ layer }) => layer)
  return [
    { id: 'view.fit', name: words.fit, group, keys: ['F', 'Shift+1', '!'], run: () => canvas.current?.fit() },
    { id: 'view.actual', name: words.actual, group, keys: ['Mod+0'], run: () => canvas.current?.actualSize() },
    { id: 'view.in', name: words.zoomIn, group, keys: ['+', '='], run: () => canvas.current?.zoomBy(1.25) },
    { id: 'view.out', name: words.zoomOut, group, keys: ['-'], run: () => canvas.current?.zoomBy(0.8) },
    { id: 'view.crosshair', name: words.commands.crosshair, group, keys: ['Shift+C'], run: () => state.setState({ crosshair: !state.getState().crosshair }) },
    { id: 'view.others', name: words.commands.toggleOthers, group, keys: ['O'], run: () => state.setState({ hiddenLayers: state.getState().hiddenLayers.length > 0 ? [] : others() }) },
  ]
}

function editCommands(hands: Hands): Command[] {
  const { mine, here, shapes, extent, canvas, commit, select, copyToMine, foreign, state } = hands
  const heading = words.groups.edit
  const some = () => mine.length > 0
  /** The shape after or before the selected one; undefined past the last, where the key goes on to what follows the picture. */
  const neighbour = (by: number) => {
    const at = shapes.findIndex(({ id }) => id === state.getState().selection.at(-1))
    return shapes[at < 0 && by < 0 ? shapes.length - 1 : at + by]
  }
  const cycle = (by: number) => {
    const next = neighbour(by)
    if (next === undefined) return
    select([next.id])
    canvas.current?.show(next.id)
  }
  const copy = () => {
    const edit = duplicate(mine, here.all, extent)
    commit(edit)
    if (edit) select(Object.keys(edit.diff.added) as AnnotationId[])
  }
  const own = here.all.filter(({ layer }) => layer === here.layers[0]?.layer)
  const ids = mine.map(({ id }) => id)
  return [
    { id: 'edit.delete', name: words.commands.remove, group: heading, keys: ['Delete', 'Backspace'], when: some, run: () => { commit(deleteSelection(mine, here.relations)); select([]) } },
    { id: 'edit.duplicate', name: words.commands.duplicate, group: heading, keys: ['Mod+D'], when: some, run: copy },
    { id: 'edit.copy-to-mine', name: words.commands.copyToMine, group: heading, keys: ['C'], when: () => foreign, run: copyToMine },
    { id: 'edit.select-all', name: words.commands.selectAll, group: heading, keys: ['Mod+A'], run: () => select(own.filter((annotation) => shapes.includes(annotation)).map(({ id }) => id)) },
    { id: 'edit.next-shape', name: words.commands.nextShape, group: heading, keys: ['Tab'], when: () => onCanvas() && neighbour(1) !== undefined, run: () => cycle(1) },
    { id: 'edit.previous-shape', name: words.commands.previousShape, group: heading, keys: ['Shift+Tab'], when: () => onCanvas() && neighbour(-1) !== undefined, run: () => cycle(-1) },
    { id: 'edit.forward', name: words.commands.forward, group: heading, keys: ['Mod+]'], when: some, run: () => commit(bringForward(own, ids)) },
    { id: 'edit.backward', name: words.commands.backward, group: heading, keys: ['Mod+['], when: some, run: () => commit(sendBackward(own, ids)) },
    { id: 'edit.group', name: words.commands.group, group: heading, keys: ['Mod+G'], when: () => mine.length > 1, run: () => commit(group(mine)) },
    { id: 'edit.ungroup', name: words.commands.ungroup, group: heading, keys: ['Mod+Shift+G'], when: () => mine.some((annotation) => annotation.group !== null), run: () => commit(ungroup(mine)) },
    { id: 'edit.text', name: words.commands.focusText, group: heading, keys: ['X'], when: () => mine.length === 1, run: () => document.querySelector<HTMLElement>('textarea[data-text-of], [data-text-of] textarea')?.focus() },
  ]
}

/** They stand after the general ones, so that with a draft in hand these come first. */
function draftCommands({ hand, mine, drafts }: Hands): Command[] {
  const { group } = draftWords
  const some = () => mine.some(({ draft }) => draft)
  return [
    { id: 'draft.accept', name: draftWords.accept, group, keys: ['Enter'], when: some, run: hand.accept },
    { id: 'draft.reject', name: draftWords.reject, group, keys: ['Backspace', 'Delete'], when: some, run: hand.reject },
    { id: 'draft.next', name: draftWords.next, group, keys: ['Tab'], when: () => onItem() && hand.walks(1), run: () => hand.step(1) },
    { id: 'draft.previous', name: draftWords.previous, group, keys: ['Shift+Tab'], when: () => onItem() && hand.walks(-1), run: () => hand.step(-1) },
    { id: 'draft.accept-all', name: draftWords.acceptAll, group, keys: ['Shift+Enter'], when: () => drafts.length > 0, run: () => hand.acceptAll(drafts) },
  ]
}

/** Two models side by side. They stand last: while it lasts, A takes and does not leaf back. */
function compareCommands({ comparing, compare, hand, mine, state }: Hands): Command[] {
  const { group } = draftWords
  /** The selected draft; with an empty hand the one under the pointer. */
  const underHand = () => {
    if (comparing === null) return undefined
    const drafts = [...comparing.left.open, ...comparing.right.open]
    return mine.find(({ draft }) => draft) ?? drafts.find(({ id }) => id === state.getState().hovered)
  }
  const take = () => {
    const draft = underHand()
    if (draft) hand.take(draft)
  }
  return [
    { id: 'draft.compare', name: comparing ? compareWords.leave : compareWords.command, group, keys: ['Alt+C'], run: () => compare(comparing === null) },
    { id: 'draft.compare-leave', name: compareWords.leave, group, keys: ['Escape'], unlisted: true, when: () => comparing !== null, run: () => compare(false) },
    { id: 'draft.compare-take', name: compareWords.take, group, keys: ['Enter', 'A'], when: () => underHand() !== undefined, run: take },
  ]
}

/** Tools that draw nothing leave the two models side by side. */
export const staysComparing = (tool: ToolId): boolean => tool === 'select' || tool === 'pan'

function labelCommands({ labels, chooseLabel, mine, commit, state }: Hands): Command[] {
  const group = words.groups.labels
  const keyed = labels.map((label, index) => ({ label, key: label.hotkey ?? (index < 9 ? String(index + 1) : null) }))
  return [
    ...keyed.flatMap(({ label, key }) => (key === null ? [] : [{
      id: `label.choose.${label.id}`, name: words.keyOf(label.name), group, keys: [key.length === 1 ? key.toUpperCase() : key], unlisted: true, run: () => chooseLabel(label.id),
    }])),
    { id: 'label.hide', name: words.commands.toggleLabel, group, keys: ['Shift+H'], when: () => state.getState().label !== null, run: () => state.setState({ hiddenLabels: toggled(state.getState().hiddenLabels, state.getState().label) }) },
    { id: 'label.none', name: words.commands.noLabel, group, keys: ['Mod+Backspace'], when: () => mine.length > 0, run: () => commit(relabel(mine, null)) },
  ]
}

/** Nothing has the focus, or the picture, the sound or the text beneath it. */
const onItem = () => onCanvas() || document.activeElement?.closest('[role=region][data-asset], [data-text-of]') != null
const onCanvas = () => document.activeElement?.getAttribute('role') === 'application' || document.activeElement === document.body
