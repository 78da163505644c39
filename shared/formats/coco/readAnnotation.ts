import type { AttributeValue, AttributeValues } from '#shared/model/attribute.ts'
import { decompressCounts, fromCocoCounts } from '#shared/geometry/cocoRle.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import { Annotation, type AnnotationFlag } from '#shared/model/annotation.ts'
import type { Box, Geometry, Keypoints, Polygon, RotatedBox } from '#shared/model/geometry.ts'
import { fileBoundsOf } from '../bounds.ts'
import type { Json, ParsedAnnotation } from '../format.ts'
import { isObject, type JsonObject, notFinite, withoutNotFinite } from '../json.ts'
import { described, number, numbers, RowError, text, whole } from './fields.ts'

type Size = { width: number | null; height: number | null }

/** The fields that have a place in our model; every other one is kept in `provenance.extra`. */
const known = new Set(['id', 'image_id', 'category_id', 'bbox', 'segmentation', 'area', 'iscrowd', 'keypoints', 'num_keypoints', 'attributes', 'utf8_string', 'quorum'])
const flags = ['occluded', 'truncated', 'difficult', 'illegible'] as const satisfies readonly AnnotationFlag[]
/** What CVAT adds to `attributes` beside the user's own. */
const ourAttributes = new Set<string>([...flags, 'rotation'])

/** The shapes of one row: the outline (or box), the keypoints, or both; see docs/formats.md. Throws RowError. */
export function geometriesOf(row: JsonObject, size: Size): Geometry[] {
  const crowd = row.iscrowd === undefined ? 0 : whole(row.iscrowd, 'iscrowd')
  if (crowd > 1) throw new RowError('iscrowd', 'wrong-value', `iscrowd must be 0 or 1, not ${crowd}.`)
  const box = row.bbox === undefined || (Array.isArray(row.bbox) && row.bbox.length === 0) ? null : boxOf(row.bbox)
  if (row.area !== undefined && row.area !== null) number(row.area, 'area')
  const keypoints = keypointsOf(row.keypoints)
  const marked = markedGeometry(row, box)
  const outline = marked === 'none' ? null : (marked ?? segmentationOf(row.segmentation, size) ?? box)
  const geometries: Geometry[] = []
  if (outline !== null && !(keypoints !== null && marked === 'none')) geometries.push(outline)
  if (keypoints !== null) geometries.push(keypoints)
  if (geometries.length === 0) throw new RowError('bbox', 'no-geometry', 'the annotation has neither a bbox nor a segmentation nor keypoints.')
  return geometries
}

/** Our own note of what a shape was where COCO has no such kind; trusted only while it agrees with what stands there. */
function markedGeometry(row: JsonObject, box: Box | null): Geometry | 'none' | null {
  const mark = row.quorum
  if (!isObject(mark)) return null
  if (mark.kind === 'keypoints') return 'none'
  const rings = row.segmentation
  if (mark.kind === 'box' && box !== null && (isObject(rings) || sameNumbers(rings, [rectangle(box)]))) return box
  if (mark.kind === 'rotated-box' && Array.isArray(mark.box) && mark.box.length === 5) {
    const [cx, cy, width, height, angle] = numbers(mark.box, 'quorum.box') as [number, number, number, number, number]
    const rotated: RotatedBox = { kind: 'rotated-box', cx, cy, width, height, angle }
    return sameNumbers(rings, [cornersOfRotated(rotated)]) ? rotated : null
  }
  return null
}

/** The ring that pycocotools' loadRes makes of a box. */
export const rectangle = ({ x, y, width, height }: Box): number[] => [x, y, x, y + height, x + width, y + height, x + width, y]

function sameNumbers(rings: unknown, expected: readonly (readonly number[])[]): boolean {
  if (!Array.isArray(rings) || rings.length !== expected.length) return false
  return rings.every((ring, part) => Array.isArray(ring) && ring.length === expected[part]!.length
    && ring.every((value, index) => typeof value === 'number' && Math.abs(value - expected[part]![index]!) < 1e-6))
}

function boxOf(value: unknown): Box {
  const box = numbers(value, 'bbox')
  if (box.length !== 4) throw new RowError('bbox', 'wrong-value', `bbox must hold 4 numbers (x, y, width, height), not ${box.length}.`)
  const [x, y, width, height] = box as [number, number, number, number]
  if (width < 0 || height < 0) throw new RowError('bbox', 'wrong-value', `bbox has a negative size (${width} × ${height}); COCO's is x, y, width, height.`)
  return { kind: 'box', x, y, width, height }
}

function segmentationOf(value: unknown, size: Size): Geometry | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.length === 0 ? null : polygonOf(value)
  if (isObject(value)) return maskOf(value, size)
  throw new RowError('segmentation', 'wrong-type', `segmentation must be a list of polygons or an RLE object, not ${described(value)}.`)
}

function polygonOf(rings: readonly unknown[]): Polygon {
  // One flat polygon instead of a list of them is a common slip that cannot be mistaken for anything else.
  const list = typeof rings[0] === 'number' ? [rings] : rings
  return {
    kind: 'polygon',
    parts: list.map((ring, part) => {
      const points = numbers(ring, `segmentation[${part}]`)
      if (points.length % 2 !== 0) throw new RowError(`segmentation[${part}]`, 'wrong-value', `segmentation[${part}] holds ${points.length} numbers; x and y come in pairs.`)
      if (points.length > 6 && points[0] === points.at(-2) && points[1] === points.at(-1)) points.length -= 2
      if (points.length < 6) throw new RowError(`segmentation[${part}]`, 'wrong-value', `segmentation[${part}] has ${points.length / 2} points; a polygon needs 3.`)
      return [points]
    }),
  }
}

function maskOf(rle: JsonObject, size: Size): Geometry {
  const dimensions = numbers(rle.size, 'segmentation.size')
  const [height, width] = dimensions as [number, number]
  if (dimensions.length !== 2 || !Number.isInteger(height) || !Number.isInteger(width) || height < 1 || width < 1) {
    throw new RowError('segmentation.size', 'wrong-value', 'segmentation.size must be [height, width] in whole pixels.')
  }
  if ((size.height !== null && size.height !== height) || (size.width !== null && size.width !== width)) {
    throw new RowError('segmentation.size', 'size-differs', `the mask is ${width} × ${height} pixels, its image ${size.width} × ${size.height}.`)
  }
  const counts = typeof rle.counts === 'string' ? decompressCounts(rle.counts) : countList(rle.counts)
  if (counts === null) throw new RowError('segmentation.counts', 'wrong-value', 'segmentation.counts is not a valid compressed run-length string.')
  let total = 0
  for (const count of counts) total += count
  if (total !== width * height) throw new RowError('segmentation.counts', 'wrong-value', `the runs add up to ${total} pixels, the mask has ${width * height}.`)
  return fromCocoCounts({ size: [height, width], counts })
}

const countList = (value: unknown): number[] => {
  if (!Array.isArray(value)) throw new RowError('segmentation.counts', 'wrong-type', `segmentation.counts must be a list or a string, not ${described(value)}.`)
  for (let index = 0; index < value.length; index += 1) {
    const count: unknown = value[index]
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
      throw new RowError(`segmentation.counts[${index}]`, 'wrong-value', `segmentation.counts[${index}] must be a whole number from 0 on, not ${described(count)}.`)
    }
  }
  return value as number[]
}

function keypointsOf(value: unknown): Keypoints | null {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return null
  const flat = numbers(value, 'keypoints')
  if (flat.length % 3 !== 0) throw new RowError('keypoints', 'wrong-value', `keypoints holds ${flat.length} numbers; they come in threes (x, y, visibility).`)
  const points: Keypoints['points'] = []
  for (let index = 0; index < flat.length; index += 3) {
    const visibility = flat[index + 2]!
    if (visibility !== 0 && visibility !== 1 && visibility !== 2) {
      throw new RowError(`keypoints[${index + 2}]`, 'wrong-value', `a keypoint's visibility is 0, 1 or 2, not ${visibility}.`)
    }
    points.push({ x: flat[index]!, y: flat[index + 1]!, visibility })
  }
  return { kind: 'keypoints', points }
}

type Described = Pick<ParsedAnnotation, 'attributes' | 'text' | 'direction' | 'language' | 'order' | 'flags' | 'draft' | 'group'> & { extra: Record<string, Json> }

/** Everything of a row that is not a shape. Throws RowError. */
export function describedBy(row: JsonObject, index: number, geometry: Geometry): Described {
  const mark = isObject(row.quorum) ? row.quorum : {}
  const attributes: AttributeValues = {}
  const raised = new Set<AnnotationFlag>(row.iscrowd === 1 ? ['crowd'] : [])
  const extra: Record<string, Json> = {}
  if (isObject(row.attributes)) {
    const unplaced: Record<string, Json> = {}
    for (const [name, value] of Object.entries(row.attributes)) {
      const flag = flags.find((known) => known === name)
      if (flag !== undefined && typeof value === 'boolean') {
        if (value) raised.add(flag)
      } else if (isAttributeValue(value) && !ourAttributes.has(name)) attributes[name] = value
      else unplaced[name] = withoutNotFinite(value)
    }
    if (Object.keys(unplaced).length > 0) extra.attributes = unplaced
  } else if (row.attributes !== undefined && row.attributes !== null) throw new RowError('attributes', 'wrong-type', `attributes must be an object, not ${described(row.attributes)}.`)
  for (const [field, value] of Object.entries(row)) if (!known.has(field)) extra[field] = withoutNotFinite(value)
  keepMeasures(row, geometry, extra)
  return {
    attributes, extra, flags: [...raised],
    text: row.utf8_string === undefined || row.utf8_string === null ? null : text(row.utf8_string, 'utf8_string'),
    direction: orElse(Annotation.shape.direction.safeParse(mark.direction), 'auto'),
    language: orElse(Annotation.shape.language.safeParse(mark.language), null),
    group: typeof mark.group === 'string' ? mark.group : null,
    order: typeof mark.order === 'number' && Number.isFinite(mark.order) ? mark.order : index,
    draft: mark.draft === true,
  }
}

const orElse = <Value>(outcome: { success: boolean; data?: Value | undefined }, otherwise: Value): Value =>
  outcome.success && outcome.data !== undefined ? outcome.data : otherwise

const isAttributeValue = (value: unknown): value is AttributeValue =>
  (typeof value === 'string' && value !== notFinite) || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ||
  (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))

/** A bbox that is not the shape's own bounds says something of its own. */
function keepMeasures(row: JsonObject, geometry: Geometry, extra: Record<string, Json>): void {
  if (geometry.kind === 'box' || !Array.isArray(row.bbox) || row.bbox.length !== 4 || isObject(row.quorum)) return
  const [x, y, width, height] = row.bbox as [number, number, number, number]
  const bounds = fileBoundsOf(geometry)
  if (bounds === null) return
  const off = Math.max(Math.abs(bounds.minX - x), Math.abs(bounds.minY - y), Math.abs(bounds.maxX - x - width), Math.abs(bounds.maxY - y - height))
  if (off > 1) extra.bbox = [x, y, width, height]
}
