import { useCallback, useMemo } from 'react'
import { useStore } from 'zustand'
import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { draftVerdictId } from '#shared/model/verdict.ts'
import type { OpenItem } from '#renderer/editor/items.ts'
import { compareDrafts, type DraftComparison } from '#renderer/tools/draftComparison.ts'
import { byWalk, modelOf, reaches, scoreOf } from '#renderer/tools/drafts.ts'
import type { LabelStore } from './labelState.ts'

/** One model's half of the comparison. */
export interface ComparedSide {
  /** Null where no model has drafts for this half. */
  readonly model: string | null
  /** Its drafts from its least score on, also those that I have decided about. */
  readonly drafts: readonly Annotation[]
  /** Those that wait for my verdict. */
  readonly open: readonly Annotation[]
  /** Of the open ones, those whose counterpart I have not taken already: what "take all" takes. */
  readonly takeable: readonly Annotation[]
  /** What its picture shows: the open drafts, and my own shapes. */
  readonly shown: readonly Annotation[]
  /** Least score, 0 … 1; how many drafts it puts out of sight. */
  readonly least: number
  readonly below: number
  /** The mean score of its drafts; null where none has a score. */
  readonly meanScore: number | null
}

export type SideName = 'left' | 'right'

export interface Comparing {
  /** The models with drafts on this item, by name. */
  readonly models: readonly string[]
  readonly left: ComparedSide
  readonly right: ComparedSide
  readonly comparison: DraftComparison
  /** Drafts whose counterpart I have taken: nothing is left to do about them. */
  readonly settled: ReadonlySet<AnnotationId>
  /** The open drafts of both, in the order of the walk; settled ones are passed over. */
  readonly walk: readonly Annotation[]
  readonly choose: (side: SideName, model: string) => void
  readonly setLeast: (side: SideName, least: number) => void
}

interface Sorted { readonly models: ReadonlyMap<string, readonly Annotation[]>; readonly mine: readonly Annotation[]; readonly decided: ReadonlySet<AnnotationId>; readonly taken: ReadonlySet<AnnotationId> }
const none: ReadonlyMap<string, AnyRecord> = new Map()
const nothing: readonly Annotation[] = []

/** The models that have drafts on the item, whatever I decided about them. */
function sortOut(records: ReadonlyMap<string, AnyRecord>, me: Author): Sorted {
  const drafts: Annotation[] = [], mine: Annotation[] = []
  const decided = new Set<AnnotationId>(), taken = new Set<AnnotationId>()
  for (const record of records.values()) {
    if (record.type !== 'annotation') continue
    if (record.layer === layerOf(me)) mine.push(record)
    if (!record.draft || record.provenance.by !== 'model') continue
    drafts.push(record)
    const verdict = records.get(draftVerdictId(record.id, me))
    if (verdict?.type !== 'verdict' || verdict.about.kind !== 'draft') continue
    decided.add(record.id)
    if (verdict.about.into !== null && records.has(verdict.about.into)) taken.add(record.id)
  }
  const models = new Map([...Map.groupBy(drafts.sort(byOrder), (draft) => modelOf(draft)!)].sort(([a], [b]) => (a < b ? -1 : 1)))
  return { models, mine: mine.sort(byOrder), decided, taken }
}

/** The names of the models with drafts on an item: two of them can be compared. */
export function useModelsHere(item: OpenItem, me: Author): readonly string[] {
  const records = useStore(item.document.state, (document) => document.records) ?? none
  return useMemo(() => [...sortOut(records, me).models.keys()], [records, me])
}

/** Two models' drafts of the open item side by side. Which two, and from which score on, is remembered from item to item. */
export function useComparing(item: OpenItem, me: Author, state: LabelStore): Comparing {
  const records = useStore(item.document.state, (document) => document.records) ?? none
  const compared = useStore(state, (label) => label.compared)
  const leastOf = useStore(state, (label) => label.leastOf)
  const sorted = useMemo(() => sortOut(records, me), [records, me])
  const names = useMemo(() => [...sorted.models.keys()], [sorted])
  const left = compared.left ?? names.find((name) => name !== compared.right) ?? null
  const right = compared.right ?? names.find((name) => name !== left) ?? null
  const found = useMemo(() => {
    const above = (model: string | null) => (model === null ? nothing : (sorted.models.get(model) ?? nothing).filter((draft) => reaches(draft, leastOf[model] ?? 0)))
    const drafts = { left: above(left), right: above(right) }
    const comparison = compareDrafts(drafts.left, drafts.right)
    const settled = new Set([...drafts.left, ...drafts.right].filter(({ id }) => sorted.taken.has(comparison.partner.get(id)?.id ?? id)).map(({ id }) => id))
    const side = (name: SideName, model: string | null): ComparedSide => {
      const open = drafts[name].filter(({ id }) => !sorted.decided.has(id))
      const scores = drafts[name].flatMap((draft) => scoreOf(draft) ?? [])
      return {
        model, drafts: drafts[name], open, takeable: open.filter(({ id }) => !settled.has(id)), shown: [...sorted.mine, ...open], least: model === null ? 0 : leastOf[model] ?? 0,
        below: model === null ? 0 : (sorted.models.get(model)?.length ?? 0) - drafts[name].length, meanScore: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      }
    }
    const sides = { left: side('left', left), right: side('right', right) }
    return { ...sides, comparison, settled, walk: [...sides.left.takeable, ...sides.right.takeable].sort(byWalk) }
  }, [sorted, left, right, leastOf])
  const choose = useCallback((side: SideName, model: string) => {
    // The other half keeps what it shows, unless it is this model's.
    const other = side === 'left' ? right : left
    const swapped = other === model ? (side === 'left' ? left : right) : other
    state.setState({ compared: side === 'left' ? { left: model, right: swapped } : { left: swapped, right: model } })
  }, [state, left, right])
  const setLeast = useCallback((side: SideName, least: number) => {
    const model = side === 'left' ? left : right
    if (model !== null) state.setState(({ leastOf: before }) => ({ leastOf: { ...before, [model]: least } }))
  }, [state, left, right])
  return { models: names, ...found, choose, setLeast }
}
