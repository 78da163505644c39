import type { Annotation } from '#shared/model/annotation.ts'
import type { Keypoints } from '#shared/model/geometry.ts'
import { fileBoundsOf } from '../bounds.ts'
import type { Serialized, Snapshot, WrittenFile, WrittenShape } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { mediaOf, type Picture, pictures } from '../pictures.ts'
import { categoriesOf, type Category, categoryRow, namedAttributes, numbered } from './writeCategories.ts'
import { cocoShape, type CocoShape, keypointFields, keypointsAlone } from './writeShape.ts'

/** A row before its numbers are known: one annotation, or a shape and keypoints of one object. */
interface Row {
  picture: Picture
  category: Category
  shape: CocoShape
  of: Annotation
  keypoints: Annotation | null
}

export function writeCoco(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = pictures(snapshot, losses, false)
  const categories = categoriesOf(snapshot.labels)
  const rows = all.flatMap((picture) => rowsOf(picture, categories, losses))
  const imageIds = numbered(all, () => null, 1)
  const annotationIds = numbered(rows, (row) => sourceNumber(row.of), 1)
  const bySplit = all.length === 0 ? new Map([['default', all]]) : Map.groupBy(all, (picture) => picture.split ?? 'default')
  const rowsByPicture = Map.groupBy(rows, (row) => row.picture)
  const points = mostPoints(rows)
  const files = [...bySplit].sort(([a], [b]) => (a < b ? -1 : 1)).map(([split, members]): WrittenFile => ({
    path: `annotations/instances_${split}.json`,
    get content() {
      return document({
        info: [{ description: 'Exported by Quorum', version: '1.0' }], licenses: [],
        categories: [...categories.values()].sort((a, b) => a.id - b.id).map((category) => categoryRow(category, points.get(category) ?? 0)),
        images: members.map((picture) => imageRow(picture, imageIds.get(picture)!)),
        annotations: members.flatMap((picture) => rowsByPicture.get(picture) ?? []).map((row) => annotationRow(row, annotationIds.get(row)!, imageIds.get(row.picture)!)),
      })
    },
  }))
  const proof = new Map(all.map((picture) => [path(picture), (rowsByPicture.get(picture) ?? []).flatMap(expected)]))
  return {
    files, media: all.map((picture) => mediaOf(picture, path(picture))), losses: losses.list, proof,
    annotations: rows.reduce((sum, row) => sum + (row.keypoints !== null && row.keypoints !== row.of ? 2 : 1), 0),
  }
}

const path = (picture: Picture) => `images/${picture.split ?? 'default'}/${picture.name}`

function rowsOf(picture: Picture, categories: ReadonlyMap<string, Category>, losses: LossLog): Row[] {
  const pairs = keypointPairs(picture.annotations)
  const paired = new Set(pairs.values())
  const rows: Row[] = []
  for (const annotation of picture.annotations) {
    if (paired.has(annotation)) continue
    const category = annotation.label === null ? undefined : categories.get(annotation.label)
    const lose = (code: string) => losses.annotation(code, picture.asset, annotation, category?.label.name ?? null)
    if (category === undefined) {
      lose('no-label')
      continue
    }
    const { geometry } = annotation
    const shape = geometry.kind === 'keypoints' ? keypointsAlone(geometry) : cocoShape(geometry, annotation, picture.asset)
    if (shape === null) {
      lose('kind-not-held')
      continue
    }
    const keypoints = geometry.kind === 'keypoints' ? annotation : (pairs.get(annotation) ?? null)
    for (const code of shape.losses) lose(code)
    if (annotation.group !== null && !pairs.has(annotation)) lose('group-lost')
    if (annotation.draft) lose('draft-as-label')
    rows.push({ picture, category, shape, of: annotation, keypoints })
  }
  return rows
}

/** Shape → keypoints, where a group is just one of each with one label: COCO holds both in one row. */
function keypointPairs(annotations: readonly Annotation[]): Map<Annotation, Annotation> {
  const pairs = new Map<Annotation, Annotation>()
  for (const [group, members] of Map.groupBy(annotations, (annotation) => annotation.group)) {
    const [a, b] = members
    if (group === null || a === undefined || b === undefined || members.length !== 2 || a.label !== b.label) continue
    const shape = members.find((member) => ['box', 'rotated-box', 'polygon', 'mask'].includes(member.geometry.kind))
    const keypoints = members.find((member) => member.geometry.kind === 'keypoints')
    if (shape !== undefined && keypoints !== undefined) pairs.set(shape, keypoints)
  }
  return pairs
}

/** The id it had in the COCO file that it came from. */
function sourceNumber({ provenance }: Annotation): number | null {
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  return origin?.by === 'import' && origin.format === 'coco' && origin.sourceId !== null && /^\d{1,15}$/u.test(origin.sourceId) ? Number(origin.sourceId) : null
}

function imageRow({ asset, name }: Picture, id: number): Record<string, unknown> {
  const metadata = Object.fromEntries(Object.entries(asset.metadata).sort(([a], [b]) => (a < b ? -1 : 1)))
  return { id, file_name: name, width: asset.width, height: asset.height, ...(Object.keys(metadata).length > 0 ? { metadata } : {}) }
}

function annotationRow(row: Row, id: number, imageId: number): Record<string, unknown> {
  const { of, shape } = row
  const attributes = namedAttributes(of, row.category.label)
  const mark = {
    ...shape.mark,
    ...(of.direction === 'auto' ? {} : { direction: of.direction }),
    ...(of.language === null ? {} : { language: of.language }),
    ...(of.group === null || (row.keypoints !== null && row.keypoints !== of) ? {} : { group: of.group }),
    ...(of.draft ? { draft: true } : {}),
  }
  return {
    ...unplaced(of),
    id, image_id: imageId, category_id: row.category.id, segmentation: shape.segmentation, area: shape.area, bbox: shape.bbox,
    iscrowd: of.flags.includes('crowd') ? 1 : 0,
    ...(row.keypoints === null ? {} : keypointFields(row.keypoints.geometry as Keypoints)),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
    ...(of.text === null ? {} : { utf8_string: of.text }),
    ...(Object.keys(mark).length > 0 ? { quorum: mark } : {}),
  }
}

/** The fields of the COCO row that it came from and that our model has no place for. */
function unplaced({ provenance }: Annotation): Record<string, unknown> {
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  if (origin?.by !== 'import' || origin.format !== 'coco') return {}
  return Object.fromEntries(Object.entries(origin.extra).filter(([field]) => field !== 'bbox' && field !== 'attributes').sort(([a], [b]) => (a < b ? -1 : 1)))
}

function mostPoints(rows: readonly Row[]): Map<Category, number> {
  const most = new Map<Category, number>()
  for (const { category, keypoints } of rows) {
    if (keypoints?.geometry.kind === 'keypoints') most.set(category, Math.max(most.get(category) ?? 0, keypoints.geometry.points.length))
  }
  return most
}

function expected(row: Row): WrittenShape[] {
  const label = row.category.label.name
  const { bounds, tolerance } = row.shape
  const shapes: WrittenShape[] = [{ label, bounds, tolerance }]
  if (row.keypoints?.geometry.kind === 'keypoints' && row.keypoints !== row.of) {
    shapes.push({ label, bounds: fileBoundsOf(row.keypoints.geometry)!, tolerance })
  }
  return shapes
}

/** JSON with a row a line, so that two exports can be compared by line. */
function document(parts: Record<string, readonly Record<string, unknown>[]>): string {
  const lines = Object.entries(parts).map(([name, rows]) => name === 'info'
    ? `"info": ${JSON.stringify(rows[0])}`
    : `"${name}": [${rows.map((row) => `\n${JSON.stringify(row)}`).join(',')}${rows.length > 0 ? '\n' : ''}]`)
  return `{\n${lines.join(',\n')}\n}\n`
}
