import { createStore, type StoreApi } from 'zustand/vanilla'
import type { AssetFilter } from '#shared/contract/api.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import type { Layer } from '#shared/model/author.ts'
import type { CutoutSettings, ToolId } from '#renderer/tools/tool.ts'

export interface Adjust { readonly brightness: number; readonly contrast: number; readonly gamma: number }
export const noAdjust: Adjust = { brightness: 1, contrast: 1, gamma: 1 }

export const noFilter: AssetFilter = { text: '', kind: null, status: null, label: null, geometry: null, finding: null }

/** What the label view itself remembers while it is open; nothing of it is work. */
export interface LabelState {
  readonly asset: AssetId | null
  /** The item that the queue handed out last, and why. */
  readonly handed: { readonly asset: AssetId; readonly why: string } | null
  readonly filter: AssetFilter
  readonly tool: ToolId
  readonly label: LabelId | null
  readonly selection: readonly AnnotationId[]
  readonly hovered: AnnotationId | null
  readonly hiddenLayers: readonly Layer[]
  readonly hiddenLabels: readonly (LabelId | null)[]
  readonly adjust: Adjust
  readonly crosshair: boolean
  readonly itemList: boolean
  readonly inspector: boolean
  /** Lines of text are typed one after the other, in the place of the picture. */
  readonly lineMode: boolean
  /** The reading order is drawn over the picture. */
  readonly readingPath: boolean
  /** Drafts below it are out of sight, 0 … 1. */
  readonly leastScore: number
  /** By label, the one model whose drafts are shown; null: all are. */
  readonly winners: ReadonlyMap<LabelId | null, string> | null
  /** Two models' drafts stand side by side, in the place of the picture. */
  readonly comparing: boolean
  /** Which two; null: the first that have drafts on the item. */
  readonly compared: { readonly left: string | null; readonly right: string | null }
  /** By model, the score below which its drafts are out of sight while models are compared: scores of two models are two scales. */
  readonly leastOf: Readonly<Record<string, number>>
  /** How what a model cuts out becomes a shape. */
  readonly cutouts: CutoutSettings
  /** Boxes are tightened around their object when drawn. */
  readonly snapBoxes: boolean
  /** Lines are read when drawn. */
  readonly readLines: boolean
}

export type LabelStore = StoreApi<LabelState>

export const createLabelState = (): LabelStore => createStore(() => ({
  asset: null, handed: null, filter: noFilter, tool: 'select', label: null, selection: [], hovered: null, hiddenLayers: [], hiddenLabels: [], adjust: noAdjust, crosshair: false,
  itemList: true, inspector: true, lineMode: false, readingPath: false, leastScore: 0, winners: null, comparing: false, compared: { left: null, right: null }, leastOf: {}, cutouts: { tolerance: 1.5, output: 'polygon' }, snapBoxes: false, readLines: false,
}))

export const toggled = <Value>(list: readonly Value[], value: Value): readonly Value[] =>
  list.includes(value) ? list.filter((other) => other !== value) : [...list, value]
