import { unionAll } from '#shared/geometry/bounds.ts'
import { boundsOfPath } from '#shared/geometry/bounds.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Json, Serialized, Snapshot, WrittenFile, WrittenShape } from '../format.ts'
import { isObject } from '../json.ts'
import { type Ids, idsFor, type LayoutBlock, type LayoutLine, layoutOf, leaving, madeBlock, type Placed } from '../lines/layout.ts'
import { baseName, metadataLost, shapeOf } from '../lines/lines.ts'
import { wordOf } from '../lines/outline.ts'
import { LossLog } from '../lossLog.ts'
import { parts } from '../naming.ts'
import { mediaOf, type Picture, pictures } from '../pictures.ts'
import { spellable } from '../xml.ts'
import { tag, type Written, xmlDocument } from '../xmlWrite.ts'
import { customEntry } from './custom.ts'
import { directionWritten, regionNames, textTypes } from './names.ts'

const path = (picture: Picture) => (picture.split === null ? picture.name : `${picture.split}/${picture.name}`)
const flags = ['crowd', 'occluded', 'truncated', 'difficult', 'illegible'] as const
/** The schema asks for dates; the same annotations are to give the same bytes. */
const noDate = '1970-01-01T00:00:00'
const namespace = 'http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'

/** `NAME.xml` beside each picture: PAGE 2019-07-15, whole pixels, regions in reading order. */
export function writePage(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = pictures(snapshot, losses, true, (name) => name === wordOf)
  const files: WrittenFile[] = []
  const proof = new Map<string, WrittenShape[]>()
  let annotations = 0
  for (const picture of all) {
    metadataLost(picture, losses)
    const blocks = layoutOf(picture, snapshot, 'page-xml', { flags, label: true, baseline: true, direction: true, language: true, group: true, shapes: true }, losses)
    files.push({ path: `${parts(path(picture)).stem}.xml`, content: xmlDocument(document(picture, blocks)) })
    const written = leaving(blocks, () => true)
    annotations += written.length
    // A line without a text of its own is read with that of its words.
    const said = new Set<Placed>(blocks.flatMap(({ lines }) => lines.filter(({ annotation, words }) => words.length > 0 && (annotation.text ?? '') === '')))
    proof.set(path(picture), written.map((one) => shapeOf(wholeRing(one.ring), 0, one.label, said.has(one) ? undefined : spellable(one.annotation.text ?? '') || null)))
  }
  return { files, annotations, losses: losses.list, media: all.map((picture) => mediaOf(picture, path(picture))), proof }
}

/** The schema's points are whole numbers from 0 on. */
const wholeRing = (ring: readonly number[]): number[] => ring.map((value) => Math.max(0, Math.round(value)))
const points = (ring: readonly number[]): string => {
  const whole = wholeRing(ring)
  return Array.from({ length: whole.length / 2 }, (_, index) => `${whole[index * 2]},${whole[index * 2 + 1]}`).join(' ')
}

function document({ asset, name }: Picture, blocks: readonly LayoutBlock[]): Written {
  const ids = idsFor(blocks)
  const regions = blocks.map((block) => regionOf(block, ids))
  const order = ids.of(null, 'order')
  const refs = regions.map(({ attributes }, index) => tag('RegionRefIndexed', { index, regionRef: attributes['id'] }))
  return tag('PcGts', { xmlns: namespace }, [
    tag('Metadata', {}, [tag('Creator', {}, ['Quorum']), tag('Created', {}, [noDate]), tag('LastChange', {}, [noDate])]),
    tag('Page', { imageFilename: baseName(name), imageWidth: asset.width, imageHeight: asset.height }, [
      ...(refs.length === 0 ? [] : [tag('ReadingOrder', {}, [tag('OrderedGroup', { id: order }, refs)])]), ...regions,
    ]),
  ])
}

function coords(one: Placed): Written {
  if (one.ring.some((value) => !Number.isInteger(value))) one.lose('coordinates-rounded')
  if (one.ring.some((value) => value < 0)) one.lose('clipped')
  return tag('Coords', { points: points(one.ring) })
}

function regionOf(block: LayoutBlock, ids: Ids): Written {
  const { shape, grouped, lines } = block
  const children = lines.map((line) => lineOf(line, shape, ids))
  if (shape === null) {
    const bounds = unionAll(lines.map(({ ring }) => boundsOfPath(wholeRing(ring))))!
    const { minX, minY, maxX, maxY } = bounds
    return tag('TextRegion', { id: ids.of(null, grouped ? madeBlock.grouped : madeBlock.loose) }, [tag('Coords', { points: points([minX, minY, maxX, minY, maxX, maxY, minX, maxY]) }), ...children])
  }
  const { label, sourceId, annotation } = shape
  const text = lines.length > 0 || annotation.text !== null || annotation.direction !== 'auto' || (label !== null && textTypes.has(label))
  const element = text ? 'TextRegion' : label === null ? 'UnknownRegion' : regionNames.has(label) ? label : 'CustomRegion'
  const type = element === 'CustomRegion' ? label : element === 'TextRegion' && label !== null && textTypes.has(label) ? label : null
  const structure = label === null || type === label || element === label ? null : label
  if (annotation.text !== null && spellable(annotation.text) !== annotation.text) shape.lose('text-changed')
  const attributes = { id: label === null ? ids.of(null, madeBlock.plain) : ids.of(sourceId, 'region'), custom: customOf(shape, structure), type, readingDirection: element === 'TextRegion' ? directionWritten[annotation.direction] : null }
  const kept = element === shape.extra['region'] ? rest(shape) : {}
  return tag(element, { ...kept, ...attributes }, [coords(shape), ...children, ...(text ? readings(shape) : [])])
}

function lineOf(line: LayoutLine, region: Placed | null, ids: Ids): Written {
  const { annotation, sourceId, label, words } = line
  const { geometry, text } = annotation
  if (text !== null && spellable(text) !== text) line.lose('text-changed')
  if (text === '') line.lose('empty-text')
  const inherited = region?.annotation.direction ?? 'auto'
  if (annotation.direction === 'auto' && inherited !== 'auto') line.lose('direction-lost')
  const baseline = geometry.kind === 'text-line' ? geometry.baseline : null
  if (baseline?.some((value) => !Number.isInteger(value) || value < 0) === true) line.lose('coordinates-rounded')
  return tag('TextLine', { ...rest(line), id: ids.of(sourceId, 'line'), custom: customOf(line, label), readingDirection: directionWritten[annotation.direction] }, [
    coords(line), ...(baseline === null ? [] : [tag('Baseline', { points: points(baseline) })]), ...words.map((word) => wordElement(word, annotation.direction, ids)), ...readings(line),
  ])
}

function wordElement(word: Placed, inherited: Annotation['direction'], ids: Ids): Written {
  const { annotation, label, sourceId } = word
  if (annotation.direction === 'auto' && inherited !== 'auto') word.lose('direction-lost')
  if (annotation.text !== null && spellable(annotation.text) !== annotation.text) word.lose('text-changed')
  const direction = annotation.direction === inherited ? null : directionWritten[annotation.direction]
  return tag('Word', { ...rest(word), id: ids.of(sourceId, 'word'), custom: customOf(word, label), readingDirection: direction }, [coords(word), ...readings(word)])
}

const texts = (value: unknown): Record<string, string> => (isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {})
const rest = ({ extra }: Placed): Record<string, string> => texts(extra['attributes'])

function customOf({ annotation, extra }: Placed, label: string | null): string | null {
  const entries = [
    ...(typeof extra['custom'] === 'string' ? [extra['custom']] : []), ...customEntry('structure', { type: label }),
    ...customEntry('quorum', { flags: annotation.flags.join(' '), language: annotation.language }),
  ]
  return entries.length === 0 ? null : entries.join(' ')
}

/** The text, and the other readings of the file that it came from while the first is still the text. */
function readings({ annotation, extra }: Placed): Written[] {
  const kept: Json[] = Array.isArray(extra['readings']) ? extra['readings'] : []
  const [first] = kept
  const equiv = (text: string, attributes: Record<string, string>) => tag('TextEquiv', attributes, [tag('Unicode', {}, text === '' ? [] : [text])])
  if (isObject(first) && (first['text'] || null) === annotation.text) {
    return kept.flatMap((each) => (isObject(each) && typeof each['text'] === 'string' ? [equiv(each['text'], texts(each['attributes']))] : []))
  }
  return annotation.text === null ? [] : [equiv(annotation.text, {})]
}
