import { AnnotationFlag } from '#shared/model/annotation.ts'
import type { FormatInput, Json, Parsed, ParsedAnnotation, ParsedGeometry, ParsedItem } from '../format.ts'
import { madeBlock, wordOrder } from '../lines/layout.ts'
import { baseName, textAnnotation } from '../lines/lines.ts'
import { outlineOfRing, wordOf } from '../lines/outline.ts'
import { parts } from '../naming.ts'
import { readEach, type Collector } from '../timed/reading.ts'
import { parseXml, type XmlElement, xmlChildren, xmlText } from '../xml.ts'
import { elementsOf, firstChild, pointsIn, restOf, withoutPrefixes } from '../xmlRead.ts'
import { readCustom } from './custom.ts'
import { directionRead, otherRegions, regionNames, textTypes } from './names.ts'

export const readPage = (input: FormatInput): Promise<Parsed> => readEach(input, 'page-xml', (path) => /\.xml$/iu.test(path), (text, to) => readFile(text, input, to))

interface Context { readonly to: Collector; readonly item: ParsedItem; order: number; glyphs: number }

function readFile(text: string, input: FormatInput, to: Collector): void {
  const { root: raw, problem } = parseXml(text)
  const root = raw === null ? null : withoutPrefixes(raw)
  if (root === null || root.name !== 'PcGts') {
    if (input.files.length === 1 || problem !== null) to.fail(problem === null ? '' : `line ${problem.line}`, problem === null ? 'not-page' : 'not-xml', problem?.message ?? 'the outermost element is not <PcGts>.')
    return
  }
  if (problem !== null) to.fail(`line ${problem.line}`, 'not-xml', `${problem.message} What stands before it was read.`)
  const page = firstChild(root, 'Page')
  if (page === null) {
    to.fail('', 'no-page', 'there is no <Page>.')
    return
  }
  const named = (page.attributes['imageFilename'] ?? '').trim().replaceAll('\\', '/')
  const folder = to.file.slice(0, -baseName(to.file).length)
  // Transkribus puts the files into a folder `page` beside the pictures.
  const beside = [folder, folder.replace(/[^/]+\/$/u, '')].flatMap((place) => [place + named, place + baseName(named)]).find((path) => named !== '' && input.files.includes(path))
  const item = named === '' ? to.item(parts(to.file).stem, false) : to.item(beside ?? named, true)
  item.source.place = `line ${page.line}`
  const size = [page.attributes['imageWidth'], page.attributes['imageHeight']].map(Number)
  if (size.every((value) => Number.isInteger(value) && value > 0)) [item.width, item.height] = [size[0]!, size[1]!]
  const about = restOf(page, new Set(['imageFilename', 'imageWidth', 'imageHeight']))
  if (Object.keys(about).length > 0) to.extra({ page: about })
  const context: Context = { to, item, order: 0, glyphs: 0 }
  for (const region of inReadingOrder(regionsIn(page), firstChild(page, 'ReadingOrder'))) readRegion(region, context)
  if (context.glyphs > 0) to.note('', 'glyphs-left-out', `${context.glyphs} glyphs were left out; the words that they are in were read.`)
}

const isRegion = ({ name }: XmlElement) => regionNames.has(name) || otherRegions.has(name)
/** Regions inside regions stand beside them here. */
const regionsIn = (element: XmlElement): XmlElement[] => elementsOf(element).flatMap((child) => (isRegion(child) ? [child, ...regionsIn(child)] : []))

function inReadingOrder(regions: readonly XmlElement[], order: XmlElement | null): XmlElement[] {
  const places = new Map<string, number>()
  const collect = (element: XmlElement): void => {
    const reference = element.attributes['regionRef']
    if (reference !== undefined && !places.has(reference)) places.set(reference, places.size)
    const indexOf = ({ attributes }: XmlElement) => Number(attributes['index'] ?? 0)
    for (const child of [...elementsOf(element)].sort((a, b) => indexOf(a) - indexOf(b))) collect(child)
  }
  if (order !== null) collect(order)
  const placeOf = ({ attributes }: XmlElement) => places.get(attributes['id'] ?? '') ?? Number.MAX_SAFE_INTEGER
  return [...regions].sort((a, b) => placeOf(a) - placeOf(b))
}

/** 2013 on: `points`; before: `<Point x y>`. */
function pathIn(element: XmlElement | null): number[] | null {
  if (element === null) return null
  const { points } = element.attributes
  return points === undefined ? pointsIn(xmlChildren(element, 'Point').map(({ attributes }) => `${attributes['x']},${attributes['y']}`).join(' ')) : pointsIn(points)
}

function ringIn(element: XmlElement, to: Collector): number[] | null {
  const ring = pathIn(firstChild(element, 'Coords'))
  if (ring !== null && ring.length >= 6) return ring
  to.fail(`line ${element.line}`, 'no-place', `<${element.name}> ${element.attributes['id'] ?? ''} has no Coords of at least three points.`)
  return null
}

const ownAttributes = ['id', 'readingDirection', 'custom']
const typed = new Set(['TextRegion', 'CustomRegion'])

/** What all of them have in common: custom, direction, and whatever else stands on the element. */
function common(element: XmlElement, context: Context): Partial<ParsedAnnotation> & { extra: Record<string, Json> } {
  const custom = readCustom(element.attributes['custom'] ?? '')
  const quorum = custom.find(({ name }) => name === 'quorum')?.values ?? {}
  const rest = restOf(element, new Set([...ownAttributes, ...(typed.has(element.name) ? ['type'] : [])]))
  const kept = custom.filter(({ name, values }) => name !== 'quorum' && !(name === 'structure' && Object.keys(values).join() === 'type')).map(({ raw }) => raw).join(' ')
  const label = custom.find(({ name }) => name === 'structure')?.values['type']?.trim().normalize('NFC').slice(0, 200) || null
  if (label !== null) context.to.label(label)
  return {
    label, direction: directionRead[element.attributes['readingDirection'] ?? ''] ?? 'auto', language: quorum['language']?.slice(0, 80) || null,
    flags: (quorum['flags'] ?? '').split(' ').flatMap((name) => { const flag = AnnotationFlag.safeParse(name); return flag.success ? [flag.data] : [] }),
    extra: { ...(kept === '' ? {} : { custom: kept }), ...(Object.keys(rest).length === 0 ? {} : { attributes: rest }) },
  }
}

/** The text by the first of the readings; the others, and how sure each is, are kept. */
function textIn(element: XmlElement): { text: string | null; extra: Record<string, Json> } {
  const readings = xmlChildren(element, 'TextEquiv').map((each) => ({ attributes: restOf(each, new Set()), text: xmlText(firstChild(each, 'Unicode') ?? firstChild(each, 'PlainText') ?? { ...each, children: [] }) }))
  const indexOf = ({ attributes }: (typeof readings)[number]) => Number(attributes['index'] ?? 0)
  const [first, ...others] = readings.sort((a, b) => indexOf(a) - indexOf(b))
  if (first === undefined) return { text: null, extra: {} }
  const bare = Object.keys(first.attributes).length === 0 && others.length === 0
  return { text: first.text === '' ? null : first.text, extra: bare ? {} : { readings: [first, ...others] } }
}

function readRegion(region: XmlElement, context: Context): void {
  const { to, item } = context
  const id = region.attributes['id'] ?? null
  const lines = xmlChildren(region, 'TextLine')
  const made = id?.startsWith(madeBlock.loose) === true || id?.startsWith(madeBlock.grouped) === true
  const group = lines.length === 0 || id?.startsWith(madeBlock.loose) === true ? null : `${to.file}\n${id ?? region.line}`
  const ring = made ? null : ringIn(region, to)
  if (ring !== null) {
    const about = common(region, context)
    const label = id?.startsWith(madeBlock.plain) === true ? null : labelOf(region, about.label ?? null)
    if (label !== null) to.label(label)
    const { text, extra } = textIn(region)
    item.annotations.push(textAnnotation(to, context.order++, outlineOfRing(ring) as ParsedGeometry, { ...about, label, text, group, sourceId: id, extra: { ...about.extra, ...extra, region: region.name } }))
  }
  for (const line of lines) readLine(line, region, group, context)
}

function labelOf(region: XmlElement, structure: string | null): string {
  const { type } = region.attributes
  if (region.name === 'CustomRegion') return structure ?? (type?.trim().normalize('NFC').slice(0, 200) || region.name)
  if (region.name !== 'TextRegion') return structure ?? region.name
  return structure ?? (type !== undefined && textTypes.has(type) ? type : region.name)
}

function readLine(line: XmlElement, region: XmlElement, group: string | null, context: Context): void {
  const { to, item } = context
  const ring = ringIn(line, to)
  if (ring === null) return
  const about = common(line, context)
  const inherited = line.attributes['readingDirection'] === undefined ? (directionRead[region.attributes['readingDirection'] ?? ''] ?? 'auto') : about.direction!
  const baseline = pathIn(firstChild(line, 'Baseline'))
  const { text, extra } = textIn(line)
  const words = xmlChildren(line, 'Word')
  const order = context.order++
  const index = item.annotations.length
  item.annotations.push(textAnnotation(to, order, { kind: 'text-line', outline: outlineOfRing(ring), baseline: baseline !== null && baseline.length >= 4 ? baseline : null }, {
    ...about, direction: inherited, group, sourceId: line.attributes['id'] ?? null, extra: { ...about.extra, ...extra },
    text: text ?? (words.length > 0 ? words.map((word) => textIn(word).text ?? '').join(' ').trim() || null : null),
  }))
  for (const [at, word] of words.entries()) {
    context.glyphs += xmlChildren(word, 'Glyph').length
    const outline = ringIn(word, to)
    if (outline === null) continue
    const said = common(word, context)
    const reading = textIn(word)
    item.relations.push({ name: wordOf, from: item.annotations.length, to: index })
    item.annotations.push(textAnnotation(to, wordOrder(order, at, words.length), { kind: 'text-line', outline: outlineOfRing(outline), baseline: null }, {
      ...said, direction: word.attributes['readingDirection'] === undefined ? inherited : said.direction!, text: reading.text, group, sourceId: word.attributes['id'] ?? null, extra: { ...said.extra, ...reading.extra },
    }))
  }
}
