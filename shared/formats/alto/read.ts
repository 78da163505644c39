import type { TextDirection } from '#shared/model/annotation.ts'
import type { FormatInput, Json, Parsed, ParsedItem } from '../format.ts'
import { madeBlock, wordOrder } from '../lines/layout.ts'
import { baseName, textAnnotation } from '../lines/lines.ts'
import { outlineOfRing, wordOf } from '../lines/outline.ts'
import { parts } from '../naming.ts'
import { readEach, type Collector } from '../timed/reading.ts'
import { parseXml, type XmlElement, xmlChildren, xmlText } from '../xml.ts'
import { elementsOf, firstBelow, firstChild, pointsIn, restOf, withoutPrefixes } from '../xmlRead.ts'

const blockNames = new Set(['TextBlock', 'Illustration', 'GraphicalElement', 'ComposedBlock'])
const known = new Set(['ID', 'HPOS', 'VPOS', 'WIDTH', 'HEIGHT', 'CONTENT', 'TAGREFS', 'STYLEREFS', 'PROCESSINGREFS', 'IDNEXT', 'LANG', 'language', 'BASEDIRECTION', 'BASELINE'])
const directions: Readonly<Record<string, TextDirection>> = { ltr: 'ltr', rtl: 'rtl', ttb: 'vertical', btt: 'vertical' }

export const readAlto = (input: FormatInput): Promise<Parsed> => readEach(input, 'alto', (path) => /\.xml$/iu.test(path), (text, to) => readFile(text, input, to))

interface Context { readonly to: Collector; readonly item: ParsedItem; readonly tags: ReadonlyMap<string, string>; /** To pixels, or to shares of the page. */ readonly scale: readonly [number, number]; order: number }

function readFile(text: string, input: FormatInput, to: Collector): void {
  const { root: raw, problem } = parseXml(text)
  const root = raw === null ? null : withoutPrefixes(raw)
  if (root === null || root.name !== 'alto') {
    if (input.files.length === 1 || problem !== null) to.fail(problem === null ? '' : `line ${problem.line}`, problem === null ? 'not-alto' : 'not-xml', problem?.message ?? 'the outermost element is not <alto>.')
    return
  }
  if (problem !== null) to.fail(`line ${problem.line}`, 'not-xml', `${problem.message} What stands before it was read.`)
  const layout = firstChild(root, 'Layout')
  const [page, ...more] = layout === null ? [] : xmlChildren(layout, 'Page')
  for (const each of more) to.fail(`line ${each.line}`, 'several-pages', 'a file of several pages names one picture; only the first page was read. Split it into a file a page.')
  if (page === undefined) {
    to.fail('', 'no-page', 'there is no <Page>.')
    return
  }
  const unit = xmlText(firstBelow(root, 'MeasurementUnit') ?? root).trim().toLowerCase()
  const pixels = !['mm10', 'inch1200'].includes(unit)
  const size = [page.attributes['WIDTH'], page.attributes['HEIGHT']].map(Number)
  const sized = size.every((value) => Number.isFinite(value) && value > 0)
  if (!pixels && !sized) {
    to.fail(`line ${page.line}`, 'no-page-size', `its measures are in ${unit} and the page's WIDTH and HEIGHT are not given, so nothing says how many pixels they are.`)
    return
  }
  const item = itemOf(root, input, to)
  item.source.place = `line ${page.line}`
  item.units = pixels ? 'pixel' : 'fraction'
  if (pixels && sized) [item.width, item.height] = [Math.round(size[0]!), Math.round(size[1]!)]
  const context: Context = { to, item, tags: tagsOf(root), scale: pixels ? [1, 1] : [1 / size[0]!, 1 / size[1]!], order: 0 }
  const blocks = elementsOf(page).flatMap((space) => flat(elementsOf(space).filter(({ name }) => blockNames.has(name))))
  for (const block of inReadingOrder(blocks, layout!)) readBlock(block, context)
}

function itemOf(root: XmlElement, input: FormatInput, to: Collector): ParsedItem {
  const named = xmlText(firstBelow(root, 'fileName') ?? { name: '', attributes: {}, children: [], line: 0 }).trim().replaceAll('\\', '/').replace(/^file:\/+/u, '')
  const folder = to.file.slice(0, -baseName(to.file).length)
  if (named === '') return to.item(parts(to.file).stem, false)
  const beside = [folder + named, folder + baseName(named)].find((path) => input.files.includes(path))
  return to.item(beside ?? named, /\.[a-z0-9]{2,4}$/iu.test(named))
}

function tagsOf(root: XmlElement): Map<string, string> {
  const tags = firstChild(root, 'Tags')
  return new Map(tags === null ? [] : elementsOf(tags).flatMap(({ attributes }) => (attributes['ID'] && attributes['LABEL'] ? [[attributes['ID'], attributes['LABEL']]] : [])))
}

/** Composed blocks hold others; what they say of themselves as a whole is not kept. */
const flat = (blocks: readonly XmlElement[]): XmlElement[] =>
  blocks.flatMap((block) => (block.name === 'ComposedBlock' ? flat(elementsOf(block).filter(({ name }) => blockNames.has(name))) : [block]))

/** By ReadingOrder (4.3 on) where there is one, else by IDNEXT, else as the file has it. */
function inReadingOrder(blocks: readonly XmlElement[], layout: XmlElement): XmlElement[] {
  const order = firstChild(layout, 'ReadingOrder') ?? firstBelow(layout, 'ReadingOrder')
  const places = new Map<string, number>()
  const collect = (element: XmlElement): void => {
    const reference = element.attributes['REF']
    if (reference !== undefined && !places.has(reference)) places.set(reference, places.size)
    for (const child of elementsOf(element)) collect(child)
  }
  if (order !== null) collect(order)
  // A block may be named by its lines alone.
  const placeOf = (block: XmlElement) => Math.min(...[block, ...xmlChildren(block, 'TextLine')].map(({ attributes }) => places.get(attributes['ID'] ?? '') ?? Infinity))
  if (places.size > 0) return [...blocks].sort((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)))
  return byNext(blocks)
}

function byNext(blocks: readonly XmlElement[]): XmlElement[] {
  const byId = new Map(blocks.map((block) => [block.attributes['ID'] ?? '', block]))
  const followed = new Set(blocks.flatMap(({ attributes }) => (byId.has(attributes['IDNEXT'] ?? '') ? [attributes['IDNEXT']!] : [])))
  if (followed.size === 0) return [...blocks]
  const result = new Set<XmlElement>()
  for (const first of blocks) {
    if (followed.has(first.attributes['ID'] ?? '')) continue
    for (let block: XmlElement | undefined = first; block !== undefined && !result.has(block); block = byId.get(block.attributes['IDNEXT'] ?? '')) result.add(block)
  }
  return [...result, ...blocks.filter((block) => !result.has(block))]
}

const labelOf = ({ attributes }: XmlElement, { tags, to }: Context): string | null => {
  const label = (attributes['TAGREFS'] ?? '').split(/\s+/u).flatMap((id) => tags.get(id) ?? [])[0]?.trim().normalize('NFC').slice(0, 200) ?? null
  if (label) to.label(label)
  return label || null
}

/** The outline by Shape/Polygon, else by HPOS and the rest; null when there is neither. */
function ringIn(element: XmlElement, { scale: [sx, sy] }: Context): number[] | null {
  const polygon = firstChild(element, 'Shape')
  const points = polygon === null ? null : pointsIn(firstChild(polygon, 'Polygon')?.attributes['POINTS'] ?? '')
  const { HPOS, VPOS, WIDTH, HEIGHT } = element.attributes
  const [x, y, width, height] = [HPOS, VPOS, WIDTH, HEIGHT].map((value) => (value === undefined || value.trim() === '' ? Number.NaN : Number(value))) as [number, number, number, number]
  const upright = [x, y, x + width, y, x + width, y + height, x, y + height]
  const ring = points !== null && points.length >= 6 ? points : upright
  if (!ring.every((value) => Math.abs(value) <= 1e7) || (ring === upright && (width < 0 || height < 0))) return null
  return ring.map((value, index) => value * (index % 2 === 0 ? sx : sy))
}

function readBlock(block: XmlElement, context: Context): void {
  const { to, item } = context
  const id = block.attributes['ID'] ?? null
  const lines = xmlChildren(block, 'TextLine')
  const loose = id?.startsWith(madeBlock.loose) === true
  const group = lines.length === 0 || loose ? null : `${to.file}\n${id ?? block.line}`
  if (!loose && id?.startsWith(madeBlock.grouped) !== true) {
    const ring = ringIn(block, context)
    const label = labelOf(block, context) ?? (id?.startsWith(madeBlock.plain) === true ? null : block.name)
    if (ring === null) to.note(`line ${block.line}`, 'no-place', `<${block.name}> says not where it is; only its lines were read.`)
    else {
      if (label !== null) to.label(label)
      const outline = outlineOfRing(ring)
      item.annotations.push(textAnnotation(to, context.order++, outline, {
        label, group, language: languageOf(block), direction: directions[block.attributes['BASEDIRECTION'] ?? ''] ?? 'auto', sourceId: id, extra: { element: block.name, ...attributesOf(block) },
      }))
    }
  }
  for (const line of lines) readLine(line, block, group, context)
}

const languageOf = ({ attributes }: XmlElement): string | null => (attributes['LANG'] ?? attributes['language'] ?? '').slice(0, 80) || null
const attributesOf = (element: XmlElement): Record<string, Json> => {
  const rest = restOf(element, known)
  return Object.keys(rest).length === 0 ? {} : { attributes: rest }
}

function readLine(line: XmlElement, block: XmlElement, group: string | null, context: Context): void {
  const { to, item } = context
  const strings = xmlChildren(line, 'String')
  const ring = ringIn(line, context) ?? unionOf(strings.flatMap((each) => ringIn(each, context) ?? []))
  if (ring === null) {
    to.fail(`line ${line.line}`, 'no-place', 'the text line says not where it is, and neither do its words.')
    return
  }
  const spaced = xmlChildren(line, 'SP').length > 0
  let text = ''
  const glued = new Set<XmlElement>()
  let space = false
  for (const child of elementsOf(line)) {
    if (child.name === 'SP') space = true
    if (child.name !== 'String') continue
    if (text !== '' && !space && spaced) glued.add(child)
    text += `${text === '' || glued.has(child) ? '' : ' '}${child.attributes['CONTENT'] ?? ''}`
    space = false
  }
  const hyphen = firstChild(line, 'HYP')
  if (hyphen !== null) text += hyphen.attributes['CONTENT'] ?? ''
  const order = context.order++
  const index = item.annotations.length
  const whole = strings.length === 1 && strings[0]!.attributes['ID'] === undefined && (ringIn(strings[0]!, context) ?? ring).join() === ring.join()
  item.annotations.push(textAnnotation(to, order, { kind: 'text-line', outline: outlineOfRing(ring), baseline: baselineOf(line, ring, context) }, {
    text: text === '' ? null : text, label: labelOf(line, context), group, language: languageOf(line), sourceId: line.attributes['ID'] ?? null,
    direction: directions[line.attributes['BASEDIRECTION'] ?? block.attributes['BASEDIRECTION'] ?? ''] ?? 'auto',
    extra: { ...attributesOf(line), ...(hyphen === null ? {} : { hyphen: { ...hyphen.attributes } }), ...(whole && Object.keys(attributesOf(strings[0]!)).length > 0 ? { string: attributesOf(strings[0]!)['attributes']! } : {}) },
  }))
  if (!whole) readWords(strings, glued, { order, index, group, direction: item.annotations[index]!.direction }, context)
}

function readWords(strings: readonly XmlElement[], glued: ReadonlySet<XmlElement>, line: { order: number; index: number; group: string | null; direction: TextDirection }, context: Context): void {
  const { to, item } = context
  const words = strings.flatMap((element) => {
    const ring = ringIn(element, context)
    return ring === null ? [] : [{ element, ring }]
  })
  for (const [at, { element, ring }] of words.entries()) {
    item.relations.push({ name: wordOf, from: item.annotations.length, to: line.index })
    const content = element.attributes['CONTENT'] ?? ''
    item.annotations.push(textAnnotation(to, wordOrder(line.order, at, words.length), { kind: 'text-line', outline: outlineOfRing(ring), baseline: null }, {
      text: content === '' ? null : content, label: labelOf(element, context), group: line.group, direction: line.direction, language: languageOf(element), sourceId: element.attributes['ID'] ?? null,
      extra: { ...attributesOf(element), ...(glued.has(element) ? { glued: true } : {}) },
    }))
  }
}

function unionOf(values: readonly number[]): number[] | null {
  if (values.length === 0) return null
  const xs = values.filter((_, index) => index % 2 === 0)
  const ys = values.filter((_, index) => index % 2 === 1)
  const [left, top, right, bottom] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  return [left, top, right, top, right, bottom, left, bottom]
}

/** Points since version 4; one number, the height at which the line stands, before. */
function baselineOf(line: XmlElement, ring: readonly number[], { scale: [sx, sy] }: Context): number[] | null {
  const text = (line.attributes['BASELINE'] ?? '').trim()
  if (/^-?\d+(?:\.\d+)?$/u.test(text)) {
    const xs = ring.filter((_, index) => index % 2 === 0)
    return Number(text) > 1e7 ? null : [Math.min(...xs), Number(text) * sy, Math.max(...xs), Number(text) * sy]
  }
  const points = pointsIn(text)
  return points === null || points.length < 4 ? null : points.map((value, index) => value * (index % 2 === 0 ? sx : sy))
}
