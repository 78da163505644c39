import { boundsOfPath } from '#shared/geometry/bounds.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Serialized, Snapshot, WrittenFile, WrittenShape } from '../format.ts'
import { isObject } from '../json.ts'
import { type Ids, idsFor, type LayoutBlock, type LayoutLine, layoutOf, leaving, madeBlock, type Placed } from '../lines/layout.ts'
import { baseName, metadataLost, shapeOf } from '../lines/lines.ts'
import { wordOf } from '../lines/outline.ts'
import { LossLog } from '../lossLog.ts'
import { parts } from '../naming.ts'
import { mediaOf, type Picture, pictures } from '../pictures.ts'
import { spellable } from '../xml.ts'
import { tag, type Written, xmlDocument } from '../xmlWrite.ts'

const path = (picture: Picture) => (picture.split === null ? picture.name : `${picture.split}/${picture.name}`)
const elements = new Set(['TextBlock', 'Illustration', 'GraphicalElement'])
const directions: Readonly<Record<Annotation['direction'], string | null>> = { auto: null, ltr: 'ltr', rtl: 'rtl', vertical: 'ttb' }

/** `NAME.xml` beside each picture: ALTO 4.4 in pixels, blocks in reading order. */
export function writeAlto(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = pictures(snapshot, losses, true, (name) => name === wordOf)
  const files: WrittenFile[] = []
  const proof = new Map<string, WrittenShape[]>()
  let annotations = 0
  for (const picture of all) {
    metadataLost(picture, losses)
    const blocks = layoutOf(picture, snapshot, 'alto', { flags: [], label: true, baseline: true, direction: true, language: true, group: true, shapes: true }, losses)
    files.push({ path: `${parts(path(picture)).stem}.xml`, content: xmlDocument(document(picture, blocks)) })
    const written = leaving(blocks, wordsHold)
    for (const line of blocks.flatMap(({ lines }) => lines)) if (!wordsHold(line)) for (const word of line.words) word.lose('words-dropped')
    annotations += written.length
    proof.set(path(picture), written.map((one) => shapeOf(one.ring, 1e-6, one.label, one.annotation.geometry.kind === 'text-line' ? contentOf(one.annotation) || null : undefined)))
  }
  return { files, annotations, losses: losses.list, media: all.map((picture) => mediaOf(picture, path(picture))), proof }
}

const contentOf = ({ text }: Annotation): string => spellable(text ?? '').replaceAll(/[\t\n\r]+/gu, ' ')

/** Whether a line's words say what the line says; else somebody changed the line since, and its text stands for itself. */
function wordsHold(line: LayoutLine): boolean {
  const { words } = line
  if (words.length === 0) return false
  const text = words.map(({ annotation, extra }, index) => `${index === 0 || extra['glued'] === true ? '' : ' '}${contentOf(annotation)}`).join('')
  return text + hyphenOf(line, text) === contentOf(line.annotation)
}

/** What a hyphen at the line's end adds to its words: HYP's own content, while the line still ends so. */
function hyphenOf(line: LayoutLine, words: string): string {
  const hyphen = line.extra['hyphen']
  const content = isObject(hyphen) && typeof hyphen['CONTENT'] === 'string' ? hyphen['CONTENT'] : ''
  return content !== '' && contentOf(line.annotation) === words + content ? content : ''
}

function document(picture: Picture, blocks: readonly LayoutBlock[]): Written {
  const ids = idsFor(blocks)
  const own = new Set<Placed>(blocks.flatMap((block) => (block.shape !== null && block.shape.label === elementOf(block) ? [block.shape] : [])))
  const labels = [...new Set(leaving(blocks, wordsHold).flatMap((one) => (one.label === null || own.has(one) ? [] : [one.label])))].sort()
  const tags = new Map(labels.map((label) => [label, ids.of(null, 'tag')]))
  const { width, height } = picture.asset
  const body = blocks.map((block) => blockOf(block, ids, tags))
  return tag('alto', { xmlns: 'http://www.loc.gov/standards/alto/ns-v4#', SCHEMAVERSION: '4.4' }, [
    tag('Description', {}, [tag('MeasurementUnit', {}, ['pixel']), tag('sourceImageInformation', {}, [tag('fileName', {}, [baseName(picture.name)])])]),
    ...(labels.length === 0 ? [] : [tag('Tags', {}, labels.map((label) => tag('LayoutTag', { ID: tags.get(label), LABEL: label })))]),
    tag('Layout', {}, [tag('Page', { ID: ids.of(null, 'page'), PHYSICAL_IMG_NR: 1, WIDTH: width, HEIGHT: height }, [
      tag('PrintSpace', { HPOS: 0, VPOS: 0, WIDTH: width, HEIGHT: height }, body),
    ])]),
  ])
}

function elementOf({ shape, lines }: LayoutBlock): string {
  const before = shape?.extra['element']
  if (shape === null || lines.length > 0) return 'TextBlock'
  return shape.label !== null && elements.has(shape.label) ? shape.label : typeof before === 'string' && elements.has(before) ? before : 'Illustration'
}

function blockOf(block: LayoutBlock, ids: Ids, tags: ReadonlyMap<string, string>): Written {
  const { shape, grouped, lines } = block
  const children = lines.map((line) => lineOf(line, ids, tags))
  if (shape === null) return tag('TextBlock', { ID: ids.of(null, grouped ? madeBlock.grouped : madeBlock.loose) }, children)
  const { label, annotation, sourceId } = shape
  const element = elementOf(block)
  // Lines take their block's direction, so it is written only where they have the same.
  const direction = element === 'TextBlock' && lines.every((line) => line.annotation.direction === annotation.direction) ? directions[annotation.direction] : null
  const text = element === 'TextBlock' ? { LANG: annotation.language, BASEDIRECTION: direction } : {}
  if (element !== 'TextBlock' && annotation.language !== null) shape.lose('language-lost')
  if (annotation.direction !== 'auto' && direction === null) shape.lose('direction-lost')
  if (annotation.text !== null) shape.lose('text-dropped')
  const id = label === null ? ids.of(null, madeBlock.plain) : ids.of(sourceId, 'block')
  return tag(element, { ID: id, ...placeOf(shape), TAGREFS: label === null || label === element ? null : tags.get(label), ...text, ...rest(shape) }, [...outlineOf(shape), ...children])
}

function lineOf(line: LayoutLine, ids: Ids, tags: ReadonlyMap<string, string>): Written {
  const { annotation, label, sourceId } = line
  const { geometry } = annotation
  const content = contentOf(annotation)
  if (content !== (annotation.text ?? '')) line.lose('text-changed')
  if (annotation.text === '') line.lose('empty-text')
  const attributes = {
    ID: ids.of(sourceId, 'line'), ...placeOf(line), TAGREFS: label === null ? null : tags.get(label), LANG: annotation.language, BASEDIRECTION: directions[annotation.direction],
    BASELINE: geometry.kind === 'text-line' && geometry.baseline !== null ? points(geometry.baseline) : null, ...rest(line),
  }
  if (!wordsHold(line)) {
    const string = line.extra['string']
    return tag('TextLine', attributes, [...outlineOf(line), tag('String', { ...placeOf(line), CONTENT: content, ...(isObject(string) ? texts(string) : {}) }, outlineOf(line))])
  }
  const words = line.words.flatMap((word, index) => [
    ...(index > 0 && word.extra['glued'] !== true ? [tag('SP')] : []),
    tag('String', { ID: ids.of(word.sourceId, 'word'), ...placeOf(word), CONTENT: contentOf(word.annotation), TAGREFS: word.label === null ? null : tags.get(word.label), LANG: word.annotation.language, ...rest(word) }, outlineOf(word)),
  ])
  const said = line.words.map(({ annotation: word, extra }, index) => `${index === 0 || extra['glued'] === true ? '' : ' '}${contentOf(word)}`).join('')
  const hyphen = hyphenOf(line, said)
  return tag('TextLine', attributes, [...outlineOf(line), ...words, ...(hyphen === '' ? [] : [tag('HYP', { ...texts(line.extra['hyphen']), CONTENT: hyphen })])])
}

const texts = (value: unknown): Record<string, string> => (isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : {})
const rest = ({ extra }: Placed): Record<string, string> => texts(extra['attributes'])
const points = (values: readonly number[]) => Array.from({ length: values.length / 2 }, (_, index) => `${values[index * 2]},${values[index * 2 + 1]}`).join(' ')

function placeOf({ ring }: Placed): Record<string, number> {
  const { minX, minY, maxX, maxY } = boundsOfPath(ring)!
  return { HPOS: minX, VPOS: minY, WIDTH: maxX - minX, HEIGHT: maxY - minY }
}

/** A polygon for everything that its box does not say exactly. */
function outlineOf(one: Placed): Written[] {
  const { geometry } = one.annotation
  const outline = geometry.kind === 'text-line' ? geometry.outline : geometry
  const exact = outline.kind === 'box' && outline.x + outline.width - outline.x === outline.width && outline.y + outline.height - outline.y === outline.height
  return exact ? [] : [tag('Shape', {}, [tag('Polygon', { POINTS: points(one.ring) })])]
}
