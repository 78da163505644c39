import { useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { GeometryKind } from '#shared/model/geometry.ts'
import { useCommands } from '#renderer/frame/context.tsx'
import type { ToolId } from '#renderer/tools/tool.ts'
import { another, begun, canDivide, canJoin, divided, drawn, duplicated, inHand, joined, removed, undone, walked, type Editing } from './editing.ts'
import type { CanvasEditing } from './ImageStage.tsx'
import { words } from './words.ts'

/** With what more of a kind are drawn; kinds that are missing here are only moved and duplicated. */
const toolFor: Partial<Record<GeometryKind, ToolId>> = { 'box': 'box', 'rotated-box': 'rotated-box', 'polygon': 'polygon', 'mask': 'polygon', 'text-line': 'text-line' }

interface Asked {
  readonly estimates: readonly Annotation[]
  /** The picture's own rectangle; null for a sound. */
  readonly extent: Bounds | null
  /** Whether a gesture on the canvas is under way: its keys are the canvas's. */
  readonly busy: () => boolean
  readonly onSave: (things: readonly Annotation[]) => void
}

export interface EditHand {
  /** Null while nothing is edited. */
  readonly editing: Editing | null
  /** Null where nothing can be drawn. */
  readonly drawing: boolean | null
  readonly canvas: CanvasEditing | null
  readonly begin: () => void
  readonly leave: () => void
  readonly put: (editing: Editing) => void
  readonly draw: () => void
  readonly save: () => void
}

/** The adjudicator's own answer in the making, with its keys. */
export function useEditing({ estimates, extent, busy, onSave }: Asked): EditHand {
  const [editing, put] = useState<Editing | null>(null)
  const [drawing, setDrawing] = useState(false)
  const newest = useRef(editing)
  useEffect(() => { newest.current = editing })
  const tool = extent === null || editing === null ? undefined : toolFor[(inHand(editing) ?? editing.things[0])?.geometry.kind ?? 'item']
  const leave = () => { put(null); setDrawing(false) }
  const save = () => {
    // What is being typed into a field is said with leaving it.
    if (document.activeElement instanceof HTMLElement) { const { activeElement } = document; flushSync(() => activeElement.blur()) }
    if (newest.current !== null) onSave(newest.current.things)
  }
  const draw = () => setDrawing(!drawing)
  const change = (step: (editing: Editing) => Editing) => { if (editing !== null) put(step(editing)) }
  const canvas = useMemo<CanvasEditing | null>(() => (editing === null ? null : {
    things: editing.things, chosen: editing.chosen, tool: drawing && tool !== undefined ? tool : 'select',
    create: (geometry) => {
      const like = inHand(editing) ?? editing.things[0]!
      return another({ ...like, text: like.text === null ? null : '', spans: [] }, geometry)
    },
    onCommit: (diff) => { put((before) => (before === null ? null : drawn(before, diff))); if (Object.keys(diff.added).length > 0) setDrawing(false) },
    onChoose: (id) => put((before) => (before === null || id === null ? before : { ...before, chosen: id })),
  }), [editing, drawing, tool])
  const idle = () => editing !== null && !busy()
  const { group, steps } = words
  useCommands([
    { id: 'consensus.save', name: words.save, group, keys: ['Mod+Enter'], when: () => editing !== null, run: save },
    { id: 'consensus.save-shape', name: words.save, group, keys: ['Enter'], unlisted: true, when: () => idle() && extent !== null && !drawing, run: save },
    { id: 'consensus.leave-edit', name: words.cancel, group, keys: ['Escape'], unlisted: true, when: () => editing !== null, run: () => (drawing ? setDrawing(false) : leave()) },
    { id: 'consensus.edit-draw', name: steps.draw, group, keys: ['D'], when: () => idle() && tool !== undefined, run: draw },
    { id: 'consensus.edit-duplicate', name: steps.duplicate, group, keys: ['Mod+D'], when: idle, run: () => change((before) => duplicated(before, extent)) },
    { id: 'consensus.edit-divide', name: steps.divide, group, keys: ['Mod+Shift+D'], when: () => idle() && editing !== null && canDivide(inHand(editing)?.geometry ?? { kind: 'item' }), run: () => change(divided) },
    { id: 'consensus.edit-join', name: steps.join, group, keys: ['Mod+J'], when: () => idle() && editing !== null && canJoin(editing), run: () => change(joined) },
    { id: 'consensus.edit-remove', name: steps.remove, group, keys: ['Delete', 'Backspace'], when: () => idle() && editing !== null && editing.things.length > 1, run: () => change(removed) },
    { id: 'consensus.edit-next', name: steps.next, group, keys: ['N'], when: idle, run: () => change((before) => walked(before, 1)) },
    { id: 'consensus.edit-previous', name: steps.previous, group, keys: ['Shift+N'], when: idle, run: () => change((before) => walked(before, -1)) },
    { id: 'consensus.edit-undo', name: steps.undo, group, keys: ['Mod+Z'], when: idle, run: () => change(undone) },
  ])
  return { editing, drawing: tool === undefined ? null : drawing, canvas, begin: () => put(begun(estimates)), leave, put, draw, save }
}
