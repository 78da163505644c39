import { useMemo } from 'react'
import { useStore } from 'zustand'
import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author, type Layer } from '#shared/model/author.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { newAnnotationId, type AssetId, type LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Submission } from '#shared/model/submission.ts'
import { draftVerdictId } from '#shared/model/verdict.ts'
import type { OpenItem } from '#renderer/editor/items.ts'
import { defaultAttributes } from '#renderer/tools/attributes.ts'
import { isInSight, reaches } from '#renderer/tools/drafts.ts'
import type { LabelStore } from './labelState.ts'

/** An item's records, sorted out for the view. */
export interface OnItem {
  /** Shapes and whole-item remarks, lowest first; those put out of sight are not among them. */
  readonly annotations: readonly Annotation[]
  /** The same in the order of the list: topmost first, on a sound the earliest first. */
  readonly topmostFirst: readonly Annotation[]
  readonly all: readonly Annotation[]
  /** Drafts that wait for my verdict, also those below the least score. */
  readonly drafts: readonly Annotation[]
  readonly relations: readonly Relation[]
  readonly mySubmission: Submission | null
  readonly layers: readonly { readonly layer: Layer; readonly count: number }[]
  readonly counts: ReadonlyMap<LabelId | null, number>
}

const none: ReadonlyMap<string, AnyRecord> = new Map()

export function useOnItem(item: OpenItem, me: Author, state: LabelStore): OnItem {
  const records = useStore(item.document.state, (document) => document.records) ?? none
  const hiddenLayers = useStore(state, (label) => label.hiddenLayers)
  const hiddenLabels = useStore(state, (label) => label.hiddenLabels)
  const leastScore = useStore(state, (label) => label.leastScore)
  const winners = useStore(state, (label) => label.winners)
  const sorted = useMemo(() => {
    const all: Annotation[] = []
    const relations: Relation[] = []
    let mySubmission: Submission | null = null
    for (const record of records.values()) {
      // A draft that I have decided about is out of my sight; it stays for the others.
      if (record.type === 'annotation') { if (!record.draft || !records.has(draftVerdictId(record.id, me))) all.push(record) }
      else if (record.type === 'relation') relations.push(record)
      else if (record.type === 'submission' && record.author === me) mySubmission = record
    }
    return { all: all.sort(byOrder), relations, mySubmission: mySubmission as Submission | null }
  }, [records, me])
  return useMemo(() => {
    const annotations = sorted.all.filter((annotation) => isInSight(annotation, { hiddenLayers, hiddenLabels, winners }) && (!annotation.draft || reaches(annotation, leastScore)))
    return { ...sorted, drafts: sorted.all.filter(({ draft }) => draft), annotations, topmostFirst: item.asset.kind === 'audio' ? annotations.toSorted(byTime) : annotations.toReversed(), layers: layersOf(sorted.all, layerOf(me)), counts: countsOf(sorted.all) }
  }, [sorted, hiddenLayers, hiddenLabels, leastScore, winners, me, item])
}

const startOf = ({ geometry }: Annotation) => (geometry.kind === 'segment' ? geometry.start / geometry.rate : -1)
const byTime = (a: Annotation, b: Annotation) => startOf(a) - startOf(b) || byOrder(a, b)

function layersOf(all: readonly Annotation[], mine: Layer): OnItem['layers'] {
  const counts = new Map<Layer, number>([[mine, 0]])
  for (const { layer } of all) counts.set(layer, (counts.get(layer) ?? 0) + 1)
  return [...counts].map(([layer, count]) => ({ layer, count })).sort((a, b) => Number(b.layer === mine) - Number(a.layer === mine) || (a.layer < b.layer ? -1 : 1))
}

function countsOf(all: readonly Annotation[]): ReadonlyMap<LabelId | null, number> {
  const counts = new Map<LabelId | null, number>()
  for (const { label, draft } of all) if (!draft) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** A new annotation of mine, on top of what is there. */
export function newAnnotation(asset: AssetId, me: Author, geometry: Geometry, label: Label | null, all: readonly Annotation[]): Annotation {
  const top = all.reduce((most, { order }) => Math.max(most, order), 0)
  const fits = label !== null && (label.kinds.length === 0 || label.kinds.includes(geometry.kind))
  return {
    type: 'annotation', id: newAnnotationId(), asset, layer: layerOf(me), author: me, label: fits ? label.id : null, geometry,
    attributes: fits ? defaultAttributes(label) : {}, text: null, direction: 'auto', language: null, group: null, order: top + 1, flags: [], draft: false,
    provenance: { by: 'human', origin: null },
  }
}
