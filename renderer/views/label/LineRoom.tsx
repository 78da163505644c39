import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { ProjectState } from '#shared/contract/api.ts'
import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Relation } from '#shared/model/relation.ts'
import { draftVerdictId } from '#shared/model/verdict.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import type { OpenItem } from '#renderer/editor/items.ts'
import { LineMode } from '#renderer/lines/LineMode.tsx'
import type { PageRecords } from '#renderer/lines/useLineActions.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { linesOf } from '#renderer/tools/textLine/lines.ts'
import { useWritingHelp } from '#renderer/writing/useWritingHelp.ts'
import type { LabelStore } from './labelState.ts'

interface Props {
  readonly item: OpenItem
  readonly asset: ImageAsset
  readonly picture: HTMLImageElement | ImageBitmap | null
  readonly project: ProjectState
  readonly me: Author
  readonly state: LabelStore
  readonly editable: (annotation: Annotation) => boolean
  readonly make: (geometry: TextLine) => Annotation
  readonly onEdit: (edit: Edit | null) => void
}

/** The line-by-line mode in the place of the picture. */
export function LineRoom({ item, asset, picture, project, me, state, editable, make, onEdit }: Props) {
  const records = useStore(item.document.state, (document) => document.records)
  const selection = useStore(state, (label) => label.selection)
  const adjust = useStore(state, (label) => label.adjust)
  const page = useMemo(() => pageOf(records, me, editable), [records, me, editable])
  const { help, learn } = useWritingHelp(project)
  const extent = useMemo(() => ({ minX: 0, minY: 0, maxX: asset.width, maxY: asset.height }), [asset.width, asset.height])
  const leave = () => state.setState({ lineMode: false })
  return (
    <LineMode asset={asset} picture={picture} filter={`brightness(${adjust.brightness}) contrast(${adjust.contrast})`} lines={page.lines} read={() => pageOf(item.document.state.getState().records, me, editable)}
      current={selection[0] ?? null} editable={project.readOnly === null} writing={project.project.writing ?? defaultWriting} help={help} extent={extent} make={make}
      onSelect={(id) => state.setState({ selection: [id] })} onEdit={onEdit} onWritten={learn} onLeave={leave} onDraw={() => state.setState({ lineMode: false, tool: 'text-line' })} />
  )
}

/** My lines, and among them the drafts that I have not decided about; where I have neither, those of a layer that I may write in (the final one). */
function pageOf(records: ReadonlyMap<string, AnyRecord>, me: Author, editable: (annotation: Annotation) => boolean): PageRecords {
  const all: Annotation[] = []
  const relations: Relation[] = []
  for (const record of records.values()) {
    if (record.type === 'annotation' && !(record.draft && records.has(draftVerdictId(record.id, me)))) all.push(record)
    else if (record.type === 'relation') relations.push(record)
  }
  const drafted = new Set(all.filter((annotation) => annotation.draft && annotation.geometry.kind === 'text-line' && editable(annotation)).map(({ layer }) => layer))
  const own = [layerOf(me), ...[...drafted].filter((layer) => layer !== layerOf(me))].flatMap((layer) => linesOf(all, relations, layer).filter((line) => layer === layerOf(me) || line.draft)).sort(byOrder)
  if (own.length > 0) return { lines: own, all, relations }
  const open = all.find((annotation) => annotation.geometry.kind === 'text-line' && editable(annotation))
  return { lines: open ? linesOf(all, relations, open.layer).filter(editable) : [], all, relations }
}
