import type { Annotation } from '#shared/model/annotation.ts'
import { byOrder } from '#shared/model/annotation.ts'
import type { Label } from '#shared/model/label.ts'
import { fileBoundsOf } from '../bounds.ts'
import { namedAttributes } from '../coco/writeCategories.ts'
import type { Serialized, Snapshot, SnapshotItem, WrittenMedia, WrittenSegment, WrittenShape } from '../format.ts'
import { wordOf } from '../lines/outline.ts'
import { LossLog } from '../lossLog.ts'
import { exportNames, parts } from '../naming.ts'
import { importedExtra } from '../timed/recordings.ts'
import { csvCell, guarded } from './cells.ts'
import { cellsOf, geometryColumns } from './geometry.ts'

const columns = ['item', 'split', 'id', 'label', ...geometryColumns, 'text', 'direction', 'language', 'group', 'order', 'flags', 'draft', 'word_of', 'author', 'attributes'] as const
type Column = (typeof columns)[number]
type Row = Partial<Record<Column, string>>
/** Text cells that a spreadsheet could take for a formula; numbers are left as they are. */
const texts: ReadonlySet<string> = new Set<Column>(['item', 'split', 'id', 'label', 'tier', 'text', 'language', 'group', 'word_of', 'author', 'attributes'])

/** `annotations.csv`: a row an annotation, and a row for each item without any; UTF-8 with a mark, which Excel asks for, and CRLF (RFC 4180). */
export function writeCsv(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const names = exportNames(snapshot.items.map(({ asset }) => asset), true)
  const known = { labels: new Map(snapshot.labels.map((label) => [label.id, label])), tiers: new Map<string, string>(snapshot.tiers.map(({ id, name }) => [id, name])) }
  const media: WrittenMedia[] = []
  const proof = new Map<string, WrittenShape[]>()
  const segments = new Map<string, WrittenSegment[]>()
  const wholes = new Map<string, string[]>()
  const rows: Row[] = []
  let annotations = 0
  const placed = snapshot.items.map((item) => ({ item, path: `${item.split === null ? '' : `${item.split}/`}${names.get(item.asset.id)!}` }))
  for (const { item, path } of placed.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const { asset } = item
    mediaLost(item, names.get(asset.id)!, losses)
    media.push({ asset: asset.id, path, bakeOrientation: asset.kind === 'image' && asset.orientation !== 1 })
    const sorted = [...item.annotations].sort(byOrder)
    const base: Row = { item: path, split: item.split ?? '' }
    if (sorted.length === 0) rows.push(base)
    const lines = new Map(item.relations.flatMap(({ name, from, to }) => (name === wordOf ? [[from, to] as const] : [])))
    for (const annotation of sorted) rows.push({ ...base, ...rowOf(annotation, item, { ...known, lines }, losses) })
    annotations += sorted.length
    const label = ({ label: id }: Annotation) => (id === null ? null : (known.labels.get(id)?.name ?? null))
    if (asset.kind === 'image') proof.set(path, sorted.flatMap((each) => shapeOf(each, label)))
    else segments.set(parts(path).stem, sorted.flatMap(segmentOf))
    const whole = sorted.filter(({ geometry }) => geometry.kind === 'item').map(({ text }) => (text ?? '').toWellFormed())
    if (whole.length > 0) wholes.set(path, whole)
  }
  const lines = [columns.join(','), ...rows.map((row) => columns.map((column) => csvCell(texts.has(column) ? guarded((row[column] ?? '').toWellFormed()) : (row[column] ?? ''))).join(','))]
  return { files: [{ path: 'annotations.csv', content: `\uFEFF${lines.map((line) => `${line}\r\n`).join('')}` }], media, losses: losses.list, annotations, proof, segments, texts: wholes }
}

function mediaLost({ asset, relations }: SnapshotItem, name: string, losses: LossLog): void {
  if (name !== asset.name) losses.add('name-changed', asset.kind, `${JSON.stringify(asset.name)} → ${name}`)
  if (asset.kind === 'image' && asset.orientation !== 1) losses.add('orientation-baked', 'image', asset.name)
  if (Object.keys(asset.metadata).some((column) => column !== 'split')) losses.add('metadata-dropped', asset.kind, asset.name)
  for (const { name: relation, id } of relations) if (relation !== wordOf) losses.add('relation-lost', 'relation', `${asset.name} · ${relation} · ${id}`)
}

interface Known { readonly labels: ReadonlyMap<Label['id'], Label>; readonly tiers: ReadonlyMap<string, string>; /** Word → line. */ readonly lines: ReadonlyMap<string, string> }

function rowOf(annotation: Annotation, { asset }: SnapshotItem, known: Known, losses: LossLog): Row {
  const label = annotation.label === null ? null : (known.labels.get(annotation.label) ?? null)
  const lose = (code: string) => losses.annotation(code, asset, annotation, label?.name ?? null)
  const tier = (id: string) => known.tiers.get(id) ?? id
  if (annotation.text === '') lose('empty-text')
  if (annotation.text?.isWellFormed() === false) lose('text-changed')
  if ((annotation.spans ?? []).length > 0) lose('spans-lost')
  const attributes = label === null ? annotation.attributes : namedAttributes({ ...annotation, flags: [] }, label)
  const author = importedExtra(annotation, 'csv')['author']
  return {
    id: annotation.id, label: label?.name ?? '', ...cellsOf(annotation.geometry, tier), text: annotation.text ?? '',
    direction: annotation.direction === 'auto' ? '' : annotation.direction, language: annotation.language ?? '', group: annotation.group ?? '', order: `${annotation.order}`,
    flags: annotation.flags.join(' '), draft: annotation.draft ? 'yes' : '', word_of: known.lines.get(annotation.id) ?? '', author: annotation.provenance.by === 'import' && typeof author === 'string' ? author : annotation.author,
    attributes: Object.keys(attributes).length === 0 ? '' : JSON.stringify(attributes),
  }
}

function shapeOf(annotation: Annotation, label: (annotation: Annotation) => string | null): WrittenShape[] {
  const bounds = fileBoundsOf(annotation.geometry)
  return bounds === null ? [] : [{ label: label(annotation), bounds, tolerance: 1e-9, text: annotation.text === null || annotation.text === '' ? null : annotation.text.toWellFormed() }]
}

function segmentOf({ geometry, text }: Annotation): WrittenSegment[] {
  if (geometry.kind !== 'segment') return []
  const { start, end, rate } = geometry
  return [{ start: start / rate, end: end / rate, tolerance: 1e-9, text: text === null || text.trim() !== text ? null : text.toWellFormed() }]
}
