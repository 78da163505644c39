import { messageOf } from '#shared/contract/errors.ts'
import type { FormatInput, Json, Parsed, ParsedAnnotation, ParsedItem, Rejected } from '../format.ts'
import { decodeText } from './decode.ts'
import { ticksOf } from './decimal.ts'

/** What a reader of one file collects; see `readEach`. */
export interface Collector {
  readonly file: string
  readonly format: string
  /** The item of a recording, made on first use. `exact: false`: the name has no ending. */
  item(path: string, exact: boolean): ParsedItem
  /** Says what the tool or the file knows of a tier beforehand. */
  tier(name: string, about: Partial<Omit<Parsed['tiers'][number], 'name'>>): void
  label(name: string): void
  fail(place: string, code: string, message: string): void
  note(place: string, code: string, message: string): void
  extra(value: Record<string, Json>): void
}

export const linesOf = (text: string): string[] => {
  const lines = text.split(/\r\n|\n|\r/u)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** Path and name without the ending: what a recording beside its transcript is called. */
export const stemOf = (file: string): string => file.replace(/\.[^./]*$/u, '')

/** A tier's name as our model takes it: not empty, at most 200 characters. */
export const tierNamed = (name: string, fallback: string): string => name.normalize('NFC').trim().slice(0, 200).toWellFormed() || fallback

/** Reads every file that `isOurs` names, one after the other; a file that cannot be read is one failed row. */
export async function readEach(
  input: FormatInput, format: string, isOurs: (path: string) => boolean, read: (text: string, to: Collector) => void,
): Promise<Parsed> {
  const parsed: Parsed = { labels: [], tiers: [], items: [], failed: [], notes: [], extra: {} }
  const items = new Map<string, ParsedItem>()
  for (const file of input.files.filter(isOurs)) {
    const to = collector(parsed, items, file, format)
    try {
      const { text, encoding } = decodeText(await input.readBytes(file))
      if (encoding === 'windows-1252') to.note('', 'not-utf-8', 'the file is not UTF-8; it was read as windows-1252.')
      read(text, to)
    } catch (error) {
      to.fail('', 'unreadable', `the file cannot be read (${messageOf(error)}).`)
    }
  }
  for (const item of parsed.items) settleTiers(parsed, item)
  return parsed
}

function collector(parsed: Parsed, items: Map<string, ParsedItem>, file: string, format: string): Collector {
  const row = (place: string, code: string, message: string): Rejected => ({ file, place, code, message })
  return {
    file, format,
    item(path, exact) {
      const known = items.get(path)
      if (known) return known
      const item: ParsedItem = {
        media: { path, exact }, source: { file, place: '' }, width: null, height: null, units: 'pixel', split: null, metadata: {}, annotations: [], relations: [],
      }
      items.set(path, item)
      parsed.items.push(item)
      return item
    },
    tier: (name, about) => void Object.assign(tierOf(parsed, name), about),
    label(name) {
      if (!parsed.labels.some((label) => label.name === name)) parsed.labels.push({ name, parent: null, externalId: null, color: null, keypoints: null, attributes: [] })
    },
    fail: (place, code, message) => void parsed.failed.push(row(place, code, message)),
    note: (place, code, message) => void parsed.notes.push(row(place, code, message)),
    extra: (value) => {
      parsed.extra[file] = value
    },
  }
}

function tierOf(parsed: Parsed, name: string): Parsed['tiers'][number] {
  const known = parsed.tiers.find((tier) => tier.name === name)
  if (known) return known
  const tier: Parsed['tiers'][number] = { name, constraint: 'none', points: false, overlap: false }
  parsed.tiers.push(tier)
  return tier
}

/** Makes the tiers that occur, and lets those overlap whose segments do. */
function settleTiers(parsed: Parsed, item: ParsedItem): void {
  const last = new Map<string, number>()
  const segments = item.annotations.flatMap(({ geometry }) => (geometry.kind === 'segment' ? [geometry] : []))
  for (const { tier, start, end, rate } of segments.sort((a, b) => a.start / a.rate - b.start / b.rate)) {
    const before = last.get(tier) ?? 0
    const about = tierOf(parsed, tier)
    if (start / rate < before) about.overlap = true
    last.set(tier, Math.max(before, end / rate))
  }
}

export interface Times { readonly start: number; readonly end: number; readonly rate: number }

const reasons = {
  'not-a-time': 'is not a time', 'negative-time': 'is before the beginning', 'out-of-range': 'is too large', 'ends-before-start': 'ends before it starts',
} as const

/** A start and an end in seconds as ticks; says what is wrong, or what was rounded. `literal` are the texts when ticks can't hold them. */
export function timesOf(start: string, end: string, rate: number, place: string, to: Collector): (Times & { literal: Record<string, Json> }) | null {
  const [from, until] = [ticksOf(start, rate), ticksOf(end, rate)]
  const fail = (code: keyof typeof reasons, text: string) => {
    to.fail(place, code, `the time ${JSON.stringify(text.slice(0, 40))} ${reasons[code]}.`)
    return null
  }
  if (!from.ok) return fail(from.code, start)
  if (!until.ok) return fail(until.code, end)
  if (until.ticks < from.ticks) return fail('ends-before-start', `${start} – ${end}`)
  return { start: from.ticks, end: until.ticks, rate, literal: from.exact && until.exact ? {} : { start, end } }
}

/** An annotation of a stretch of time, with everything that a reader leaves as it is. */
export function segmentOf(
  to: Collector, order: number, tier: string, { start, end, rate }: Times,
  about: { text: string | null; label?: string | null; sourceId?: string | null; language?: string | null; extra?: Record<string, Json> },
): ParsedAnnotation {
  return {
    label: about.label ?? null, geometry: { kind: 'segment', tier, start, end, rate }, attributes: {}, text: about.text, direction: 'auto',
    language: about.language ?? null, order, flags: [], draft: false, group: null,
    provenance: { by: 'import', format: to.format, source: to.file, sourceId: about.sourceId ?? null, extra: about.extra ?? {} },
  }
}

/** Whether any file has one of these endings; for `detect`. */
export const hasEnding = (path: string, ...endings: string[]) => endings.some((ending) => path.toLowerCase().endsWith(ending))
