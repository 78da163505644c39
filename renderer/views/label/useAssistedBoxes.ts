import { useStore } from 'zustand'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { Label } from '#shared/model/label.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { OpenItem } from '#renderer/editor/items.ts'
import { useCommands, useSession } from '#renderer/frame/context.tsx'
import { useBoxHelp } from '#renderer/inference/useBoxHelp.ts'
import { isBox, outlineBoxes, tightenBoxes, type CutBox } from '#renderer/tools/clickToSegment/boxEdits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import type { LabelStore } from './labelState.ts'
import { words } from './words.ts'

interface Hands {
  readonly item: OpenItem
  readonly state: LabelStore
  /** The selected annotations that are mine to change. */
  readonly mine: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly extent: Bounds | null
  readonly commit: (edit: Edit | null) => void
}

/** Boxes with a model's help: the commands, and what follows when a box was drawn. */
export function useAssistedBoxes({ item, state, mine, labels, extent, commit }: Hands): { readonly drawn: (name: string, diff: Diff) => void } {
  const session = useSession()
  const cutOut = useBoxHelp(item.asset)
  const snap = useStore(state, (label) => label.snapBoxes)
  const boxes = mine.filter(isBox)
  /** Boxes that are still as they were when the model looked. */
  const unchanged = (cut: readonly CutBox[]) => cut.filter(({ box }) => sameValue(item.document.state.getState().records.get(box.id), box))
  const tighten = (which: readonly Annotation[]) => {
    if (extent) void cutOut(which).then((cut) => commit(tightenBoxes(unchanged(cut), extent)))
  }
  const toPolygons = () => {
    const { output } = state.getState().cutouts
    const refused = boxes.find(({ label }) => label !== null && (labels.get(label)?.kinds.length ?? 0) > 0 && !labels.get(label)!.kinds.includes(output))
    if (refused) return void session.toast({ tone: 'attention', text: words.notAllowed(labels.get(refused.label!)!.name, words.kinds[output]) })
    void cutOut(boxes).then((cut) => commit(outlineBoxes(unchanged(cut), state.getState().cutouts)))
  }
  const some = () => boxes.length > 0
  useCommands(extent === null ? [] : [
    { id: 'boxes.outline', name: words.boxes.outline, group: words.groups.edit, keys: ['Shift+P'], when: some, run: toPolygons },
    { id: 'boxes.tighten', name: words.boxes.tighten, group: words.groups.edit, keys: ['Shift+B'], when: some, run: () => tighten(boxes) },
    { id: 'boxes.snap', name: snap ? words.boxes.snapOff : words.boxes.snapOn, group: words.groups.tools, keys: ['Alt+B'], run: () => {
      state.setState({ snapBoxes: !snap })
      session.toast({ tone: 'neutral', text: snap ? words.boxes.snapIsOff : words.boxes.snapIsOn })
    } },
  ])
  return {
    drawn: (name, { added }) => {
      if (snap && name === 'draw box') tighten(Object.values(added).filter((record) => record.type === 'annotation').filter(isBox))
    },
  }
}
