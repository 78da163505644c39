import type { FormatInput, Json, Parsed, ParsedItem } from '../format.ts'
import { hasEnding, readEach, segmentOf, stemOf, tierNamed, type Collector } from '../timed/reading.ts'
import { parseXml, type XmlElement, xmlChildren } from '../xml.ts'
import { mediaOf, tiersOf, type EafAnnotation, type EafTier } from './document.ts'
import { spansOf } from './times.ts'

export const isEaf = (path: string) => hasEnding(path, '.eaf')

/** The name of a relation from an annotation to the one that it refers to or divides. */
export const parentRelation = 'parent'

/** ELAN's annotation format 2.7–3.0 (EAF schema and "EAF Annotation Format", The Language Archive). */
export const readEaf = (input: FormatInput): Promise<Parsed> => readEach(input, 'eaf', isEaf, (text, to) => readFile(text, to, input.files))

function readFile(text: string, to: Collector, files: readonly string[]): void {
  const { root, problem } = parseXml(text)
  if (problem !== null) to.fail(`line ${problem.line}`, 'not-xml', problem.message)
  if (root === null) return
  if (root.name !== 'ANNOTATION_DOCUMENT') {
    to.fail(`line ${root.line}`, 'not-eaf', `the document is a <${root.name.slice(0, 60)}>, not an ANNOTATION_DOCUMENT.`)
    return
  }
  const units = xmlChildren(root, 'HEADER')[0]?.attributes['TIME_UNITS'] ?? 'milliseconds'
  if (units !== 'milliseconds') {
    to.fail('line 1', 'unsupported', `times are in ${units.slice(0, 40)}; only milliseconds are read. Save it anew in ELAN.`)
    return
  }
  const tiers = tiersOf(root, (line, message) => to.fail(`line ${line}`, 'bad-annotation', message))
  const { path, exact } = recordingOf(mediaOf(root), to.file, files)
  readTiers(tiers, slotsOf(root, to), to.item(path, exact), to)
  to.extra(restOf(root))
}

/** The named recording beside the file, else the only one of its name, else one called like the file, else one called alike that comes from elsewhere. */
function recordingOf(media: string | null, file: string, files: readonly string[]): { path: string; exact: boolean } {
  if (media === null) return { path: stemOf(file), exact: false }
  const beside = file.slice(0, file.lastIndexOf('/') + 1) + media
  const named = files.filter((each) => each === media || each.endsWith(`/${media}`))
  if (files.includes(beside)) return { path: beside, exact: true }
  if (named.length === 1) return { path: named[0]!, exact: true }
  const twin = files.some((each) => each !== file && !isEaf(each) && stemOf(each) === stemOf(file))
  return { path: stemOf(named.length === 0 && twin ? file : beside), exact: false }
}

function slotsOf(root: XmlElement, to: Collector): Map<string, number | null> {
  const slots = new Map<string, number | null>()
  for (const order of xmlChildren(root, 'TIME_ORDER')) {
    for (const { attributes, line } of xmlChildren(order, 'TIME_SLOT')) {
      const value = attributes['TIME_VALUE']
      if (value !== undefined && !/^\d{1,12}$/u.test(value)) to.fail(`line ${line}`, value.startsWith('-') ? 'negative-time' : 'not-a-time', `${JSON.stringify(value.slice(0, 40))} is no time in milliseconds.`)
      else slots.set(attributes['TIME_SLOT_ID'] ?? '', value === undefined ? null : Number(value))
    }
  }
  return slots
}

function readTiers(tiers: readonly EafTier[], slots: ReadonlyMap<string, number | null>, item: ParsedItem, to: Collector): void {
  const spans = spansOf(tiers, slots)
  const places = new Map<string, number>()
  const names = tierNames(tiers, to)
  for (const tier of tiers) {
    const name = names.get(tier)!
    const parent = tiers.find((each) => each.name === tier.parent)
    to.tier(name, { constraint: tier.constraint, parent: parent ? (names.get(parent) ?? null) : null })
    for (const annotation of tier.annotations) {
      const span = spans.get(annotation.id)
      if (places.has(annotation.id)) to.fail(`line ${annotation.line}`, 'duplicate-id', `the id ${annotation.id} is used twice.`)
      else if (span === undefined) to.fail(`line ${annotation.line}`, 'no-time', `the annotation ${annotation.id} has no time: ${missing(annotation)}`)
      else if (span.end < span.start) to.fail(`line ${annotation.line}`, 'ends-before-start', `the annotation ${annotation.id} ends before it starts (${span.start} – ${span.end} ms).`)
      else {
        places.set(annotation.id, item.annotations.length)
        item.annotations.push(segmentOf(to, item.annotations.length, name, { ...span, rate: 1000 }, {
          text: annotation.text, sourceId: annotation.id, language: languageOf(annotation, tier), extra: extraOf(annotation, tier, slots),
        }))
      }
    }
  }
  for (const tier of tiers) relate(tier, item, places)
}

/** Two tiers of one name, or one without a name, get names of their own. */
function tierNames(tiers: readonly EafTier[], to: Collector): Map<EafTier, string> {
  const names = new Map<EafTier, string>()
  const taken = new Set<string>()
  for (const tier of tiers) {
    const wanted = tierNamed(tier.name, 'tier')
    let name = wanted
    for (let number = 2; taken.has(name); number++) name = `${wanted.slice(0, 190)} (${number})`
    if (name !== tier.name) to.note(`line ${tier.line}`, 'tier-renamed', `the tier ${JSON.stringify(tier.name.slice(0, 60))} is called ${name}.`)
    taken.add(name)
    names.set(tier, name)
  }
  return names
}

const missing = ({ anchor }: EafAnnotation) => (anchor.kind === 'slots' ? `its time slots ${anchor.from} and ${anchor.to} say none.` : `what it refers to, ${anchor.parent}, is not there.`)

function languageOf({ language }: EafAnnotation, tier: EafTier): string | null {
  const tag = language ?? tier.language
  return tag !== null && tag.length <= 80 ? tag : null
}

/** What a writer needs to give the same file: the tier's attributes, and which ends were not aligned. */
function extraOf({ anchor, extra }: EafAnnotation, { about }: EafTier, slots: ReadonlyMap<string, number | null>): Record<string, Json> {
  const loose = anchor.kind === 'slots' ? [...(slots.get(anchor.from) === null ? ['start'] : []), ...(slots.get(anchor.to) === null ? ['end'] : [])] : []
  return { ...(Object.keys(about).length > 0 ? { tier: about } : {}), ...(Object.keys(extra).length > 0 ? { attributes: extra } : {}), ...(loose.length > 0 ? { unaligned: loose } : {}) }
}

function relate(tier: EafTier, item: ParsedItem, places: ReadonlyMap<string, number>): void {
  for (const { id, anchor } of tier.annotations) {
    const from = places.get(id)
    const to = anchor.kind === 'parent' ? places.get(anchor.parent) : undefined
    if (from !== undefined && to !== undefined) item.relations.push({ name: parentRelation, from, to })
  }
}

/** The document's own attributes and what stands in the header. */
function restOf(root: XmlElement): Record<string, Json> {
  const properties = xmlChildren(root, 'HEADER').flatMap((header) => xmlChildren(header, 'PROPERTY'))
  const entries = properties.map(({ attributes, children }) => [attributes['NAME'] ?? '', children.filter((child) => typeof child === 'string').join('')] as const)
  return { document: { ...root.attributes }, ...(entries.length > 0 ? { properties: Object.fromEntries(entries) } : {}) }
}
